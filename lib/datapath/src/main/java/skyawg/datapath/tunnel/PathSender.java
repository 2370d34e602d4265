package skyawg.datapath.tunnel;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Aead;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.edge.FlowHash;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.multipath.AckBlock;
import skyawg.protocol.multipath.PathRole;
import skyawg.protocol.multipath.Scheduler;
import skyawg.protocol.multipath.SendPath;
import skyawg.protocol.multipath.SendPaths;
import skyawg.protocol.onion.HopMessage;
import skyawg.protocol.onion.IngressForward;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.onion.SendEpoch;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.WireClock;

/**
 * The sending half of a tunnel's end: chooses the path of each packet, seals it with an ACK block where one is welcome
 * and fits, and sends empty packets where blocks or heartbeats are due. The packet thread's; nothing is allocated for a
 * packet.
 *
 * <p>A path carries nothing of its own accord before something has come through it: until then its hops may not know
 * its labels.
 */
final class PathSender {
    private final TunnelEnds node;
    private final EpochCiphers ciphers;
    private final Scheduler scheduler;
    private final FlowHash flowHash;
    private final SendPaths paths = new SendPaths();
    private final @Nullable PathEnd[] ends = new @Nullable PathEnd[SendPaths.MAX_PATHS];
    /** What each path is to be once something has come through it. */
    private final PathRole[] roles = new PathRole[SendPaths.MAX_PATHS];

    PathSender(TunnelEnds node, EpochCiphers ciphers, Scheduler scheduler, FlowHash flowHash) {
        this.node = node;
        this.ciphers = ciphers;
        this.scheduler = scheduler;
        this.flowHash = flowHash;
    }

    /** @return its slot; negative when there are {@link SendPaths#MAX_PATHS} already */
    int add(SendPath path) {
        return paths.add(path);
    }

    void begin(PathEnd end) {
        ends[end.slot()] = end;
        roles[end.slot()] = PathRole.RETIRED;
    }

    void remove(PathEnd end) {
        paths.remove(end.slot());
        ends[end.slot()] = null;
    }

    void setRole(PathEnd end, PathRole role) {
        roles[end.slot()] = role;
        applyRole(end);
    }

    /** To be called when the first packet has come through a path. */
    void applyRole(PathEnd end) {
        if (end.receiving().hasReceived()) {
            paths.setRole(end.slot(), roles[end.slot()]);
        }
    }

    /** Takes the ACK block that a packet brought; see {@link SendPaths#onAck}. */
    int onAck(long block, int blockSentMicros, long nowNanos) {
        return paths.onAck(block, blockSentMicros, nowNanos);
    }

    @Nullable
    PathEnd end(int slot) {
        return ends[slot];
    }

    /** Slots in use, as bits. */
    int used() {
        return paths.used();
    }

    /** Looks at the clock. @return slots that have become suspect just now */
    int checkSuspicion(long intervalNanos, long nowNanos) {
        return paths.checkSuspicion(intervalNanos, nowNanos);
    }

    /**
     * Sends a user's packet.
     *
     * @return null when it was sent, else why it was dropped
     */
    @Nullable
    TunnelDrop send(long packet, int length, long nowNanos) {
        SendEpoch epoch = ciphers.sealing();
        if (epoch == null || epoch.number() == 0) {
            return TunnelDrop.NO_KEYS;
        }
        int flow = scheduler.readsFlowHash() ? flowHash.of(packet, length) : 0;
        int chosen = scheduler.choose(paths, bodyLength(length), flow, nowNanos);
        if (chosen == SendPaths.NONE) {
            return TunnelDrop.NO_PATH;
        }
        long sequence = epoch.takeTunnelSequence();
        for (int rest = chosen; rest != SendPaths.NONE; rest &= rest - 1) {
            PathEnd end = ends[Integer.numberOfTrailingZeros(rest)];
            if (end != null && end.out().isOpen()) {
                sendUser(end, epoch, sequence, packet, length, nowNanos);
            }
        }
        return null;
    }

    private void sendUser(PathEnd end, SendEpoch epoch, long sequence, long packet, int length, long nowNanos) {
        long labelled = node.scratch();
        long plaintext = labelled + LabelledPacket.BODY_OFFSET;
        boolean hasBlock = length <= Plaintext.MESH_MTU - AckBlock.LENGTH
                && end.receiving().isAckWelcome(nowNanos);
        putHead(end, plaintext, Kind.IP_PACKET, hasBlock, nowNanos);
        int offset = Plaintext.contentOffset(plaintext);
        Memory.copy(packet, plaintext + offset, length);
        int plaintextLength = offset + length;
        end.sending().onSent(plaintextLength + Aead.TAG_LENGTH, true, nowNanos);
        if (end.sealer().sendUser(epoch, sequence, labelled, plaintextLength)) {
            node.send(end, labelled, nowNanos);
        }
    }

    /** Sends a packet of control, without a block. */
    void sendControl(PathEnd end, int kind, byte[] content, long nowNanos) {
        if (!end.out().isOpen()) {
            return;
        }
        long plaintext = node.scratch() + LabelledPacket.BODY_OFFSET;
        Plaintext.putHead(plaintext, kind, WireClock.micros(nowNanos));
        Memory.copy(content, 0, plaintext + Plaintext.HEAD_LENGTH, content.length);
        seal(end, Plaintext.HEAD_LENGTH + content.length, nowNanos);
    }

    /** Asks a transit of an LSP that begins here for an answer; not in mode fast, and not too often. */
    void sendHopEcho(PathEnd end, int hop, long token, long nowNanos) {
        if (!end.out().isOpen()
                || !(end.sealer() instanceof IngressForward forward)
                || hop > forward.transits()
                || !end.asked().allow(nowNanos)) {
            return;
        }
        int length = HopMessage.drawLength(node.entropy());
        HopMessage.putEcho(node.scratch(), Kind.HOP_ECHO_REQUEST, WireClock.micros(nowNanos), token, length);
        if (forward.sendToHop(hop, node.scratch(), length)) {
            node.send(end, node.scratch(), nowNanos);
        }
    }

    /** A transit says that the path is broken: users' packets avoid it from now on. */
    void suspect(PathEnd end) {
        paths.suspect(end.slot());
    }

    /** Sends an empty packet with the block about this path, if there is anything to report. */
    void sendCover(PathEnd end, long nowNanos) {
        sendCover(end, end, nowNanos);
    }

    private void sendCover(PathEnd over, PathEnd about, long nowNanos) {
        if (!over.out().isOpen()) {
            return; // its ciphers end soon
        }
        long plaintext = node.scratch() + LabelledPacket.BODY_OFFSET;
        putHead(about, plaintext, Kind.NOTHING, about.receiving().hasReceived(), nowNanos);
        seal(over, Plaintext.contentOffset(plaintext), nowNanos);
    }

    /** Sends the block about a path: on it, and while it is suspect on another too. */
    void sendBlock(PathEnd about, long nowNanos) {
        for (int rest = paths.ackSlots(about.slot()); rest != SendPaths.NONE; rest &= rest - 1) {
            PathEnd over = ends[Integer.numberOfTrailingZeros(rest)];
            if (over != null) {
                sendCover(over, about, nowNanos);
            }
        }
    }

    /** Sends a heartbeat where one is due. @return when the next one is */
    long beat(PathEnd end, long intervalNanos, Entropy entropy, long nowNanos) {
        if (end.sending().role() == PathRole.RETIRED) {
            return Long.MAX_VALUE;
        }
        if (nowNanos - end.sending().heartbeatDueNanos(intervalNanos) >= 0) {
            sendCover(end, nowNanos);
            end.sending().drawHeartbeat(intervalNanos, entropy);
        }
        return end.sending().heartbeatDueNanos(intervalNanos);
    }

    private void seal(PathEnd end, int plaintextLength, long nowNanos) {
        SendEpoch epoch = ciphers.sealing();
        if (epoch == null) {
            return;
        }
        end.sending().onSent(plaintextLength + Aead.TAG_LENGTH, false, nowNanos);
        if (end.sealer().sendControl(epoch, node.scratch(), plaintextLength)) {
            node.send(end, node.scratch(), nowNanos);
        }
    }

    private static void putHead(PathEnd about, long plaintext, int kind, boolean hasBlock, long nowNanos) {
        if (hasBlock) {
            Plaintext.putHeadWithAckBlock(plaintext, kind, WireClock.micros(nowNanos));
            about.receiving().writeBlock(plaintext + Plaintext.HEAD_LENGTH);
        } else {
            Plaintext.putHead(plaintext, kind, WireClock.micros(nowNanos));
        }
    }

    private static int bodyLength(int packetLength) {
        return Plaintext.HEAD_LENGTH + packetLength + Aead.TAG_LENGTH;
    }
}
