/**
 * What the command line tools share: where they read and write, exit statuses, colours, JSON.
 *
 * <p>A command is given a {@link skyawg.control.cli.CommandIo} and returns an exit status; it never touches the
 * process, so tests run it in place. The classes that every command touches are plain on purpose: a short-lived process
 * pays for each lambda, regular expression and string template it uses.
 */
@NullMarked
package skyawg.control.cli;

import org.jspecify.annotations.NullMarked;
