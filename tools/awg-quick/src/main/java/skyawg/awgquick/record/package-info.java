/**
 * What {@code up} did that outlives the interface, so that it can be undone.
 *
 * <p>A {@link skyawg.awgquick.record.UndoRecord} is the file {@code /run/awg-quick/IF}: one line for each step, written
 * before the step is taken. {@code down}, a failed {@code up} and the next {@code up} after a crash all undo what is
 * written there and nothing else, whether the daemon lives or not. Addresses and routes need no line: they end with the
 * interface.
 */
@NullMarked
package skyawg.awgquick.record;

import org.jspecify.annotations.NullMarked;
