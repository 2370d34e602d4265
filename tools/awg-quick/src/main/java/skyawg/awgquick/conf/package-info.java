/**
 * The config file of an interface as {@code awg-quick} sees it: where it lies, which keys of {@code [Interface]} are
 * for {@code awg-quick} itself, whether its hooks may be trusted, and how it is written back whole.
 *
 * <p>Terms: a <em>quick key</em> is one that {@code awg-quick} takes out (Address, MTU, DNS, Table, the hooks,
 * SaveConfig); all other lines are the <em>rest</em>, which {@code awg setconf} understands. See awg.conf(5).
 */
@NullMarked
package skyawg.awgquick.conf;

import org.jspecify.annotations.NullMarked;
