package skyawg.datapath.tunnel;

import java.util.List;
import skyawg.datapath.forward.EventCounters;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.agenda.Agenda;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.edge.FlowHash;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.multipath.Heartbeat;
import skyawg.protocol.multipath.PathRole;
import skyawg.protocol.multipath.ReceivePath;
import skyawg.protocol.multipath.ReorderDeadline;
import skyawg.protocol.multipath.Scheduler;
import skyawg.protocol.multipath.SendPaths;
import skyawg.protocol.onion.HopMessage;
import skyawg.protocol.onion.IngressReverse;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.onion.OriginIv;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.onion.SendEpoch;
import skyawg.protocol.onion.Verdict;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.wire.Memory;

/**
 * One end of a tunnel on the packet thread: opens what its LSPs bring, puts users' packets back in order, seals what is
 * to be sent and chooses its path, and keeps every path alive.
 *
 * <p>The conductor's methods say what is to be; they take effect on the packet thread in their order.
 */
public final class TunnelEnd extends Agenda.Entry {
    /** How often a tunnel in use looks at the clock. */
    private static final long BUSY_TICK_NANOS = 5_000_000L;

    private static final long BUSY_NANOS = 1_000_000_000L;
    private static final int QUIET_LOOKS_AN_INTERVAL = 4;

    private final TunnelEnds node;
    private final boolean isIngress;
    private final TunnelEndListener listener;
    private final EventCounters<Verdict> verdicts = new EventCounters<>(Verdict.class);
    private final EventCounters<TunnelDrop> drops = new EventCounters<>(TunnelDrop.class);

    // The packet thread's.
    private final EpochCiphers ciphers = new EpochCiphers();
    private final PathSender sender;
    private final Reorderer reorderer;
    private final Heartbeat heartbeat;
    private final ReceivePath[] receiving = new ReceivePath[SendPaths.MAX_PATHS];
    private int receivingCount;
    private int newestEpoch;
    /** Of whose paths it was said that they are spoiled, or worn out. */
    private int spoiledSlots;

    private int wornOutSlots;
    private long userDataNanos;
    private boolean isClosed;

    private volatile boolean isRenewalDue;

    /**
     * @param isIngress which end it is
     * @param scheduler the tunnel's own
     * @param outlet where users' packets go
     */
    public TunnelEnd(
            TunnelEnds node,
            boolean isIngress,
            Scheduler scheduler,
            TunnelEndListener listener,
            Outlet outlet,
            long nowNanos) {
        this.node = node;
        this.isIngress = isIngress;
        this.listener = listener;
        this.heartbeat = new Heartbeat(nowNanos);
        this.userDataNanos = nowNanos - BUSY_NANOS;
        this.sender = new PathSender(
                node, ciphers, scheduler, new FlowHash(node.entropy().nextLong()));
        this.reorderer = new Reorderer(node.budget(), node.held(), outlet);
        node.execute(now -> node.schedule(this, now + BUSY_TICK_NANOS));
    }

    /** How often packets had this fate. Any thread. */
    public long verdicts(Verdict verdict) {
        return verdicts.get(verdict);
    }

    /** How often users' packets were dropped for this reason. Any thread. */
    public long drops(TunnelDrop reason) {
        return drops.get(reason);
    }

    /** For the packet thread. */
    EventCounters<TunnelDrop> drops() {
        return drops;
    }

    /** Whether so many packets were sealed in this epoch that the next one must be agreed on. Any thread. */
    public boolean isRenewalDue() {
        return isRenewalDue;
    }

    /** Packets of this epoch are opened from now on. The keys are copied before this returns. */
    public void usable(EpochKeys keys) {
        int epoch = keys.epoch();
        SendEpoch sealing = new SendEpoch(epoch, isIngress ? keys.forward() : keys.reverse());
        long opening = KeyVault.allocate();
        Memory.copyShort(isIngress ? keys.reverse() : keys.forward(), opening, KeyVault.KEY_LENGTH);
        node.execute(_ -> {
            ciphers.add(sealing, opening);
            KeyVault.release(opening);
        });
    }

    /** Packets of this epoch are not opened any more; our copies of its keys are zeroed. */
    public void erased(EpochKeys keys) {
        int epoch = keys.epoch();
        node.execute(_ -> ciphers.remove(epoch));
    }

    /** Packets are sealed in this epoch from now on. */
    public void sealIn(int epoch) {
        node.execute(_ -> ciphers.sealIn(epoch));
    }

    /** Packets of this LSP belong to the tunnel from now on. */
    public void attach(Lsp<TunnelPeer, LspCiphers> lsp) {
        node.execute(now -> begin(lsp, now));
    }

    public void detach(Lsp<TunnelPeer, LspCiphers> lsp) {
        node.execute(_ -> {
            PathEnd end = node.remove(lsp);
            if (end != null) {
                sender.remove(end);
                listReceiving();
            }
        });
    }

    /**
     * Which LSPs carry user data, and which are kept ready for it; others of the tunnel do neither.
     *
     * @param active none: user data is dropped
     */
    public void carryOn(List<Lsp<TunnelPeer, LspCiphers>> active, List<Lsp<TunnelPeer, LspCiphers>> warm) {
        node.execute(_ -> {
            for (int rest = sender.used(); rest != SendPaths.NONE; rest &= rest - 1) {
                PathEnd end = sender.end(Integer.numberOfTrailingZeros(rest));
                if (end != null) {
                    sender.setRole(end, role(end.lsp(), active, warm));
                }
            }
        });
    }

    private static PathRole role(
            Lsp<TunnelPeer, LspCiphers> lsp,
            List<Lsp<TunnelPeer, LspCiphers>> active,
            List<Lsp<TunnelPeer, LspCiphers>> warm) {
        return active.contains(lsp) ? PathRole.ACTIVE : warm.contains(lsp) ? PathRole.WARM : PathRole.RETIRED;
    }

    /**
     * Seals and sends a packet of control.
     *
     * @param content not changed afterwards
     */
    public void send(Lsp<TunnelPeer, LspCiphers> lsp, int kind, byte[] content) {
        node.execute(now -> {
            PathEnd end = node.find(lsp);
            if (end != null) {
                sender.sendControl(end, kind, content, now);
            }
        });
    }

    /** Asks a transit for an answer with this token. At an ingress. */
    public void askHop(Lsp<TunnelPeer, LspCiphers> lsp, int hop, long token) {
        node.execute(now -> {
            PathEnd end = node.find(lsp);
            if (end != null) {
                sender.sendHopEcho(end, hop, token, now);
            }
        });
    }

    /** Zeroes all keys. */
    public void close() {
        node.execute(now -> {
            isClosed = true;
            node.unschedule(this);
            reorderer.close(now);
            ciphers.close();
        });
    }

    /** Sends a user's packet, which may be changed afterwards, or drops and counts it. On the packet thread. */
    public void send(long packet, int length, long nowNanos) {
        TunnelDrop drop = sender.send(packet, length, nowNanos);
        if (drop != null) {
            drops.count(drop);
            return;
        }
        noteUserData(nowNanos);
    }

    private void begin(Lsp<TunnelPeer, LspCiphers> lsp, long nowNanos) {
        Nhlfe<TunnelPeer, LspCiphers> out = isIngress ? lsp.forward() : lsp.reverse();
        if (isClosed || out == null || !out.isOpen() || Integer.bitCount(sender.used()) == SendPaths.MAX_PATHS) {
            return;
        }
        PathEnd end = PathEnd.of(this, lsp, out, sender, nowNanos);
        spoiledSlots &= ~(1 << end.slot());
        wornOutSlots &= ~(1 << end.slot());
        sender.begin(end);
        node.add(lsp, end);
        listReceiving();
    }

    private void listReceiving() {
        receivingCount = 0;
        for (int rest = sender.used(); rest != SendPaths.NONE; rest &= rest - 1) {
            PathEnd end = sender.end(Integer.numberOfTrailingZeros(rest));
            if (end != null) {
                receiving[receivingCount++] = end.receiving();
            }
        }
    }

    /** A packet of one of its LSPs. On the packet thread. */
    void arrive(PathEnd end, Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        if (isClosed) {
            return;
        }
        int length = LabelledPacket.lengthWithoutPadding(packet);
        Verdict verdict = end.opener().receive(ciphers.receivers(), packet);
        verdicts.count(verdict);
        if (end.failures().count(verdict, nowNanos)) {
            spoiled(end);
        }
        if (verdict == Verdict.HOP_MESSAGE) {
            takeHopMessage(end, packet, nowNanos);
        }
        if (verdict != Verdict.ACCEPTED && verdict != Verdict.DUPLICATE) {
            return;
        }
        entry.count(length, nowNanos);
        long plaintext = packet + LabelledPacket.BODY_OFFSET;
        int kind = Plaintext.kind(plaintext);
        note(end, packet, kind, nowNanos);
        if (verdict == Verdict.DUPLICATE) {
            return;
        }
        int epoch = OriginIv.epoch(packet + LabelledPacket.IV_OFFSET);
        if (epoch > newestEpoch) {
            newestEpoch = epoch;
            if (!isIngress) {
                ciphers.follow(epoch); // at once: the answer to this very packet may be on its way before the conductor
            }
            node.report(now -> listener.opened(end.lsp(), epoch, now));
        }
        if (kind == Kind.IP_PACKET) {
            takeUserData(end, packet, epoch, nowNanos);
        } else if (kind != Kind.NOTHING) {
            takeControl(end, packet, epoch, kind, nowNanos);
        }
    }

    /** Counts a genuine packet on its path, and reads the block that it may bring. */
    private void note(PathEnd end, long packet, int kind, long nowNanos) {
        ReceivePath path = end.receiving();
        boolean isFirst = !path.hasReceived();
        long plaintext = packet + LabelledPacket.BODY_OFFSET;
        int sentMicros = Plaintext.sendTimeMicros(plaintext);
        path.onReceived(
                OriginIv.pathSequence(packet + LabelledPacket.IV_OFFSET),
                sentMicros,
                LabelledPacket.bodyLength(packet),
                kind == Kind.NOTHING,
                nowNanos);
        if (isFirst) {
            sender.applyRole(end);
        }
        if (Plaintext.hasAckBlock(plaintext)) {
            int recovered = sender.onAck(plaintext + Plaintext.HEAD_LENGTH, sentMicros, nowNanos);
            PathEnd trusted = recovered == SendPaths.NONE ? null : sender.end(Integer.numberOfTrailingZeros(recovered));
            if (trusted != null) {
                report(trusted, PathNews.TRUSTED);
            }
        }
        if (nowNanos - path.ackDueNanos(heartbeat.intervalNanos(nowNanos)) >= 0) {
            sender.sendBlock(end, nowNanos);
        }
    }

    private void takeUserData(PathEnd end, long packet, int epoch, long nowNanos) {
        long plaintext = packet + LabelledPacket.BODY_OFFSET;
        int offset = Plaintext.contentOffset(plaintext);
        int length = Plaintext.contentLength(plaintext, LabelledPacket.plaintextLength(packet));
        end.receiving().onUserData(nowNanos);
        noteUserData(nowNanos);
        long sequence = OriginIv.tunnelSequence(packet + LabelledPacket.IV_OFFSET);
        reorderer.take(epoch, sequence, plaintext + offset, length, nowNanos);
    }

    private void takeControl(PathEnd end, long packet, int epoch, int kind, long nowNanos) {
        long plaintext = packet + LabelledPacket.BODY_OFFSET;
        int offset = Plaintext.contentOffset(plaintext);
        byte[] content = Memory.bytes(plaintext + offset, LabelledPacket.plaintextLength(packet) - offset);
        node.report(now -> listener.control(end.lsp(), epoch, kind, content, now));
        wakeBy(nowNanos + BUSY_TICK_NANOS);
    }

    private void takeHopMessage(PathEnd end, long packet, long nowNanos) {
        if (!(end.opener() instanceof IngressReverse reverse) || !end.heard().allow(nowNanos)) {
            return;
        }
        int hop = reverse.lastMessageHop();
        switch (HopMessage.kind(packet)) {
            case Kind.HOP_ECHO_ANSWER -> report(end, new HopWord.Answer(hop, HopMessage.token(packet)));
            case Kind.HOP_BROKEN -> {
                sender.suspect(end);
                report(end, new HopWord.Broken(hop, HopMessage.reason(packet)));
            }
            default -> {
                // Of a later version.
            }
        }
    }

    private void report(PathEnd end, HopWord word) {
        node.report(now -> listener.hopMessage(end.lsp(), word, now));
    }

    private void noteUserData(long nowNanos) {
        userDataNanos = nowNanos;
        heartbeat.onUserData(nowNanos);
        wakeBy(nowNanos + BUSY_TICK_NANOS);
    }

    private void wakeBy(long nanos) {
        if (nanos - dueNanos() < 0) {
            node.schedule(this, nanos);
        }
    }

    private void spoiled(PathEnd end) {
        int bit = 1 << end.slot();
        if ((spoiledSlots & bit) == 0) {
            spoiledSlots |= bit;
            report(end, PathNews.SPOILED);
        }
    }

    private void wornOut(PathEnd end) {
        int bit = 1 << end.slot();
        if ((wornOutSlots & bit) == 0) {
            wornOutSlots |= bit;
            report(end, PathNews.WORN_OUT);
        }
    }

    private void report(PathEnd end, PathNews news) {
        node.report(now -> listener.news(end.lsp(), news, now));
    }

    /** Does what time demands. @return when it is next to be called */
    long tick(long nowNanos) {
        long interval = heartbeat.intervalNanos(nowNanos);
        reorderer.setDeadline(ReorderDeadline.nanos(receiving, receivingCount, nowNanos));
        reorderer.deliverDue(nowNanos);
        SendEpoch sealing = ciphers.sealing();
        isRenewalDue = sealing != null && sealing.isRenewalDue();
        int fallen = sender.checkSuspicion(interval, nowNanos);
        boolean isBusy = nowNanos - userDataNanos < BUSY_NANOS;
        long next = nowNanos + (isBusy ? BUSY_TICK_NANOS : interval / QUIET_LOOKS_AN_INTERVAL);
        for (int rest = sender.used(); rest != SendPaths.NONE; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            PathEnd end = sender.end(slot);
            if (end != null) {
                next = Math.min(next, attend(end, (fallen >>> slot & 1) != 0, interval, nowNanos));
            }
        }
        return Math.min(next, reorderer.wakeNanos());
    }

    private long attend(PathEnd end, boolean hasFallen, long intervalNanos, long nowNanos) {
        if (hasFallen && end.sending().role() != PathRole.RETIRED) {
            sender.sendCover(end, nowNanos);
            report(end, PathNews.SUSPECT);
        }
        if (end.sending().isWornOut()) {
            wornOut(end);
        }
        if (nowNanos - end.receiving().ackDueNanos(intervalNanos) >= 0) {
            sender.sendBlock(end, nowNanos);
        }
        long beat = sender.beat(end, intervalNanos, node.entropy(), nowNanos);
        return Math.min(beat, end.receiving().ackDueNanos(intervalNanos));
    }
}
