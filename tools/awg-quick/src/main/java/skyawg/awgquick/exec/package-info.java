/**
 * Running other programs: each command is shown as {@code [#] command} before it runs, its failure ends the verb with
 * its status, and a signal stops the verb between two commands. Main thread only, but for
 * {@link skyawg.awgquick.exec.Stop}, which the shutdown hook calls too.
 */
@NullMarked
package skyawg.awgquick.exec;

import org.jspecify.annotations.NullMarked;
