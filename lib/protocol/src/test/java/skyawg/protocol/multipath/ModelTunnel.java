package skyawg.protocol.multipath;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A tunnel of several paths in virtual time, and one TCP flow through it.
 *
 * <pre>
 *   TCP source -- 1 Gbit/s -- ingress == paths == egress -- 1 Gbit/s -- TCP sink
 * </pre>
 *
 * <p>Two ends whose clocks differ by some minutes. A path's rate counts what travels in its AmneziaWG sessions: label,
 * length, IV and body, so that a path of 100 Mbit/s carries at most 94 Mbit/s of a flow of full segments.
 */
final class ModelTunnel {
    /** One direction's rate and delay; the other is alike. */
    record Path(double mbitPerSecond, double oneWayMillis, double jitterMillis, double loss, long queueBytes) {
        /** Without jitter or random loss, and with a queue of one bandwidth-delay product. */
        static Path plain(double mbitPerSecond, double roundTripMillis) {
            return new Path(mbitPerSecond, roundTripMillis / 2, 0, 0, (long) (mbitPerSecond * roundTripMillis * 125));
        }

        Path withJitter(double millis) {
            return new Path(mbitPerSecond, oneWayMillis, millis, loss, queueBytes);
        }

        Path withLoss(double share) {
            return new Path(mbitPerSecond, oneWayMillis, jitterMillis, share, queueBytes);
        }
    }

    /** What was seen between two times. */
    record Outcome(
            double mbitPerSecond,
            double outOfOrderShare,
            double rawOutOfOrderShare,
            List<Double> pathShares,
            double controlShare,
            long lossEvents,
            long timeouts,
            long suspicions) {}

    /** Paths have been measured by then, as they are before a tunnel counts as up. */
    static final long FLOW_BEGINS = 3 * ModelTime.SECOND;

    private static final long ACCESS_QUEUE = 64 << 20;

    final ModelTime time = new ModelTime();
    final ModelEnd ingress;
    final ModelEnd egress;
    final ModelTcp tcp;
    private final List<ModelLink<ModelPacket>> forward = new ArrayList<>();
    private final List<ModelLink<ModelPacket>> backward = new ArrayList<>();

    ModelTunnel(long seed, boolean isCubic, Supplier<Scheduler> scheduler, Path... paths) {
        Random random = new Random(seed);
        ModelTcp[] flow = new ModelTcp[1];
        ModelLink<ModelSegment> toSink =
                new ModelLink<>(time, random, 1000, 0.1, 0, 0, ACCESS_QUEUE, segment -> flow[0].onData(segment));
        ModelLink<ModelSegment> toSource =
                new ModelLink<>(time, random, 1000, 0.1, 0, 0, ACCESS_QUEUE, segment -> flow[0].onAck(segment));
        ingress = new ModelEnd(
                time, 123_456_789_012L, scheduler.get(), seed + 1, ack -> toSource.send(ack, ack.length()));
        egress = new ModelEnd(
                time, -98_765_432_109L, scheduler.get(), seed + 2, data -> toSink.send(data, data.length()));
        ModelLink<ModelSegment> toIngress =
                new ModelLink<>(time, random, 1000, 0.1, 0, 0, ACCESS_QUEUE, ingress::sendInner);
        ModelLink<ModelSegment> toEgress =
                new ModelLink<>(time, random, 1000, 0.1, 0, 0, ACCESS_QUEUE, egress::sendInner);
        tcp = new ModelTcp(
                time, isCubic, segment -> (segment.isData() ? toIngress : toEgress).send(segment, segment.length()));
        flow[0] = tcp;
        for (int i = 0; i < paths.length; i++) {
            forward.add(link(random, paths[i], egress::receive));
            backward.add(link(random, paths[i], ingress::receive));
            ingress.addPath(i + 1, PathRole.ACTIVE, forward.get(i));
            egress.addPath(i + 1, PathRole.ACTIVE, backward.get(i));
        }
        ingress.start();
        egress.start();
        time.at(FLOW_BEGINS, tcp::start);
    }

    private ModelLink<ModelPacket> link(Random random, Path path, Consumer<ModelPacket> out) {
        return new ModelLink<>(
                time,
                random,
                path.mbitPerSecond,
                path.oneWayMillis,
                path.jitterMillis,
                path.loss,
                path.queueBytes,
                out);
    }

    /** Data no longer gets through on this path, in one direction or both. */
    void cut(int path, boolean isForward, boolean isBackward) {
        forward.get(path).setCut(isForward);
        backward.get(path).setCut(isBackward);
    }

    /** Runs to {@code until}, and says what was seen from {@code from} on. */
    Outcome measure(long from, long until) {
        time.runUntil(from);
        long bytes = tcp.goodBytes();
        long delivered = egress.delivered;
        long disorder = egress.deliveredOutOfOrder;
        long rawDisorder = egress.rawOutOfOrder;
        long control = ingress.controlBytes + egress.controlBytes;
        long[] before = ingress.userPackets.clone();
        time.runUntil(until);
        double share = Math.max(1, egress.delivered - delivered);
        List<Double> pathShares = new ArrayList<>();
        for (int i = 0; i < forward.size(); i++) {
            pathShares.add((ingress.userPackets[i] - before[i]) / share);
        }
        double good = tcp.goodBytes() - bytes;
        return new Outcome(
                good * 8000 / (until - from),
                (egress.deliveredOutOfOrder - disorder) / share,
                (egress.rawOutOfOrder - rawDisorder) / share,
                pathShares,
                (ingress.controlBytes + egress.controlBytes - control) / Math.max(1, good),
                tcp.lossEvents,
                tcp.timeouts,
                ingress.suspicions + egress.suspicions);
    }
}
