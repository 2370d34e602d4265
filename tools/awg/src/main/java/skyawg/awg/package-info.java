/**
 * The tool {@code awg}: what {@code wg} is to WireGuard, for AmneziaWG interfaces of any daemon.
 *
 * <p>{@link skyawg.awg.Awg} finds the subcommand. All are parsed by hand and load little: those that scripts call
 * (show, showconf, set, setconf and its kin, the key commands) answer in a tenth of a second. How an interface looks is
 * in the {@code Show...} classes, which are functions from a snapshot to text. What {@code genconf} draws is a
 * {@link skyawg.awg.ConfigPair}; what {@code check} looks at is in {@code skyawg.awg.check}.
 */
@NullMarked
package skyawg.awg;

import org.jspecify.annotations.NullMarked;
