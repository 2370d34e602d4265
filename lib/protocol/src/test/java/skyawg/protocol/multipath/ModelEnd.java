package skyawg.protocol.multipath;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.WireClock;

/** One end of a tunnel: schedules, counts, answers with ACK blocks, resequences, as the data path does. */
final class ModelEnd {
    private static final long TICK = ModelTime.MILLI;
    private static final int EPOCH = 1;
    private static final int LARGEST_BODY = ModelPacket.BODY_OVERHEAD + Plaintext.MESH_MTU;

    private final ModelTime time;
    /** What this end's clock shows more than the model's. */
    private final long clockOffset;

    private final Scheduler scheduler;
    private final Consumer<ModelSegment> inner;
    private final SeededEntropy entropy;
    private final Arena arena = Arena.ofAuto();
    private final long block = Memory.allocate(arena, AckBlock.LENGTH);
    final SendPaths sendPaths = new SendPaths();
    final List<ReceivePath> receivePaths = new ArrayList<>();
    private final List<ModelLink<ModelPacket>> links = new ArrayList<>();
    private final Heartbeat heartbeat;
    final Resequencer resequencer = new Resequencer(new ByteBudget(ByteBudget.NODE_DEFAULT));
    private final Map<Long, ModelPacket> held = new HashMap<>();
    /** The replay window over tunnel sequences, without an end. */
    private final BitSet seen = new BitSet();

    private long nextSequence;
    private long highestDelivered = -1;
    private int ticks;
    final long[] userPackets = new long[SendPaths.MAX_PATHS];
    long delivered;
    long deliveredOutOfOrder;
    long rawOutOfOrder;
    private long highestRaw = -1;
    long controlBytes;
    long suspicions;

    ModelEnd(ModelTime time, long clockOffset, Scheduler scheduler, long seed, Consumer<ModelSegment> inner) {
        this.time = time;
        this.clockOffset = clockOffset;
        this.scheduler = scheduler;
        this.inner = inner;
        this.entropy = new SeededEntropy(seed);
        this.heartbeat = new Heartbeat(now());
    }

    void addPath(int lspNumber, PathRole role, ModelLink<ModelPacket> link) {
        sendPaths.add(new SendPath(lspNumber, role, now()));
        receivePaths.add(new ReceivePath(lspNumber));
        links.add(link);
    }

    void start() {
        for (int slot = 0; slot < links.size(); slot++) {
            send(slot, 0, null, false);
        }
        tick();
    }

    private long now() {
        return time.now() + clockOffset;
    }

    void sendInner(ModelSegment segment) {
        heartbeat.onUserData(now());
        int bodyLength = ModelPacket.BODY_OVERHEAD + segment.length();
        int slots = scheduler.choose(sendPaths, bodyLength, 1, now());
        long sequence = nextSequence++;
        for (int rest = slots; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            userPackets[slot]++;
            boolean hasRoom = bodyLength + AckBlock.LENGTH <= LARGEST_BODY;
            send(slot, sequence, segment, hasRoom && receivePaths.get(slot).isAckWelcome(now()));
        }
    }

    private void send(int slot, long tunnelSequence, @Nullable ModelSegment segment, boolean withAck) {
        sendAbout(slot, slot, tunnelSequence, segment, withAck);
    }

    private void sendAbout(
            int slot, int aboutSlot, long tunnelSequence, @Nullable ModelSegment segment, boolean withAck) {
        ModelPacket.Ack ack = null;
        if (withAck) {
            receivePaths.get(aboutSlot).writeBlock(block);
            ack = ModelPacket.Ack.copyOf(block);
        }
        int bodyLength =
                ModelPacket.BODY_OVERHEAD + (segment == null ? 0 : segment.length()) + (withAck ? AckBlock.LENGTH : 0);
        int pathSequence = sendPaths.path(slot).onSent(bodyLength, segment != null, now());
        ModelPacket packet =
                new ModelPacket(slot, pathSequence, tunnelSequence, WireClock.micros(now()), bodyLength, ack, segment);
        controlBytes += segment == null ? packet.payloadLength() : withAck ? AckBlock.LENGTH : 0;
        links.get(slot).send(packet, packet.payloadLength());
    }

    void receive(ModelPacket packet) {
        long now = now();
        boolean isCover = packet.inner() == null;
        receivePaths
                .get(packet.slot())
                .onReceived(packet.pathSequence(), packet.sentMicros(), packet.bodyLength(), isCover, now);
        ModelPacket.Ack ack = packet.ack();
        if (ack != null) {
            ack.copyTo(block);
            sendPaths.onAck(block, packet.sentMicros(), now);
        }
        if (!isCover) {
            receivePaths.get(packet.slot()).onUserData(now);
            heartbeat.onUserData(now);
            int sequence = (int) packet.tunnelSequence();
            if (!seen.get(sequence)) {
                seen.set(sequence);
                resequence(packet, now);
            }
        }
    }

    private void resequence(ModelPacket packet, long now) {
        long sequence = packet.tunnelSequence();
        rawOutOfOrder += sequence < highestRaw ? 1 : 0;
        highestRaw = Math.max(highestRaw, sequence);
        Placement placement = resequencer.place(EPOCH, sequence, packet.bodyLength());
        while (placement == Placement.DRAIN_FIRST) {
            drain(now);
            placement = resequencer.place(EPOCH, sequence, packet.bodyLength());
        }
        if (placement == Placement.HOLD) {
            held.put(sequence, packet);
            resequencer.hold(sequence, sequence, now);
        } else {
            deliver(packet);
        }
        drain(now);
    }

    private void drain(long now) {
        for (long handle = resequencer.poll(now); handle != Resequencer.NOTHING; handle = resequencer.poll(now)) {
            ModelPacket packet = held.remove(handle);
            if (packet == null) {
                throw new IllegalStateException("handle was given twice: " + handle);
            }
            deliver(packet);
        }
    }

    private void deliver(ModelPacket packet) {
        ModelSegment segment = packet.inner();
        if (segment == null) {
            throw new IllegalStateException("no inner packet");
        }
        delivered++;
        deliveredOutOfOrder += packet.tunnelSequence() < highestDelivered ? 1 : 0;
        highestDelivered = Math.max(highestDelivered, packet.tunnelSequence());
        inner.accept(segment);
    }

    private void tick() {
        long now = now();
        long interval = heartbeat.intervalNanos(now);
        if (ticks++ % 5 == 0) {
            ReceivePath[] paths = receivePaths.toArray(new ReceivePath[0]);
            resequencer.setDeadline(ReorderDeadline.nanos(paths, paths.length, now));
            for (int fallen = sendPaths.checkSuspicion(interval, now); fallen != 0; fallen &= fallen - 1) {
                int slot = Integer.numberOfTrailingZeros(fallen);
                send(slot, 0, null, receivePaths.get(slot).hasReceived());
                suspicions++;
            }
        }
        for (int slot = 0; slot < links.size(); slot++) {
            ReceivePath receivePath = receivePaths.get(slot);
            if (receivePath.ackDueNanos(interval) <= now) {
                for (int on = sendPaths.ackSlots(slot); on != 0; on &= on - 1) {
                    sendAbout(Integer.numberOfTrailingZeros(on), slot, 0, null, true);
                }
            } else if (sendPaths.path(slot).heartbeatDueNanos(interval) <= now) {
                sendPaths.path(slot).drawHeartbeat(interval, entropy);
                send(slot, 0, null, receivePath.hasReceived());
                int others = sendPaths.ackSlots(slot) & ~(1 << slot);
                if (others != 0 && receivePath.hasReceived()) {
                    sendAbout(Integer.numberOfTrailingZeros(others), slot, 0, null, true);
                }
            }
        }
        drain(now);
        time.at(time.now() + TICK, this::tick);
    }
}
