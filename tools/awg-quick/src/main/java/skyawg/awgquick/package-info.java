/**
 * The program {@code awg-quick}: brings an interface up and down as its config file says, with the routes, rules,
 * firewall, name servers and hooks around it.
 *
 * <p>{@link skyawg.awgquick.AwgQuick} picks the verb; {@link skyawg.awgquick.Up}, {@link skyawg.awgquick.Down},
 * {@link skyawg.awgquick.Save} and {@link skyawg.awgquick.Strip} are the verbs, each readable from top to bottom. Below
 * them: {@code conf} reads and writes the file, {@code net} knows routes, rules, firewall, MTU and name servers,
 * {@code record} keeps what must be undone, {@code exec} runs commands.
 *
 * <p>All work is done on the main thread. A signal is noticed by a shutdown hook, which makes the main thread stop at
 * its next step and undo what it did: see {@link skyawg.awgquick.exec.Stop}.
 */
@NullMarked
package skyawg.awgquick;

import org.jspecify.annotations.NullMarked;
