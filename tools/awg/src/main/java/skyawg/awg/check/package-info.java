/**
 * {@code awg check}: what is wrong in a configuration file, line by line, and what to do about it.
 *
 * <p>{@link skyawg.awg.check.ConfigText} cuts the file into lines, {@link skyawg.awg.check.ConfigCheck} walks them and
 * collects {@link skyawg.awg.check.Finding}s: of single values ({@link skyawg.awg.check.ValueCheck}), of peers that
 * stand in each other's way ({@link skyawg.awg.check.PeerCheck}), of obfuscation parameters that do not fit together
 * ({@link skyawg.awg.check.ParameterCheck}). {@link skyawg.awg.check.CorrectedFile} repairs what a program can repair.
 *
 * <p>A value is taken or refused by the reader of {@code awg setconf}, {@link skyawg.control.config.ConfigValue}, so
 * that both agree; only the words differ. No finding repeats a key. One thread; nothing here asks the network.
 */
@NullMarked
package skyawg.awg.check;

import org.jspecify.annotations.NullMarked;
