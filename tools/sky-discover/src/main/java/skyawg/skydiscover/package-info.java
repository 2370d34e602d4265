/**
 * The command {@code sky-discover}: publishes this node's record and finds those of others, for the daemon of the same
 * machine; see sky-discover(8). A process of its own, because its libraries are larger than the daemon.
 *
 * <pre>
 *   OwnRecord ---&gt; Publication ---&gt; discv5.Discovery          what the daemon says of this node, into the network
 *   RecordSource ---&gt; Sample ---&gt; Feeder ---&gt; RecordSink      what sources find, to the daemon
 * </pre>
 *
 * <p>{@link skyawg.skydiscover.Rounds} drives both, on one thread; the library has threads of its own. Parts that wait
 * are told the time, so that tests run them on a virtual clock.
 *
 * <p>What a source finds is a claim: whether a record is true shows when the node is used (mesh specification §7). So
 * nothing is judged here but form, network and expiry, and all that is kept is bounded.
 */
@NullMarked
package skyawg.skydiscover;

import org.jspecify.annotations.NullMarked;
