/**
 * What the whole-system tests and the benchmark put on the wire: packets counted by sequence number, a relay that
 * spoils them by a seed, floods, handshakes made ahead; and the wire itself, links with a rate and a delay. One
 * program, {@link skyawg.lab.Lab}, one subcommand each; every one prints one JSON object when it is done, but for the
 * shaper, which answers orders. The scripts that use it are in tests/netns and tests/bench.
 */
@NullMarked
package skyawg.lab;

import org.jspecify.annotations.NullMarked;
