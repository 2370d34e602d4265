package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.onion.OriginIv;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.onion.ReceiveEpochs;
import skyawg.protocol.onion.ReceivingEnd;
import skyawg.protocol.onion.SendEpoch;
import skyawg.protocol.onion.SendingEnd;
import skyawg.protocol.onion.Verdict;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.wire.Memory;

/**
 * One end of a tunnel on the packet thread: opens what its LSPs bring, seals what they are to carry. It carries packets
 * of control only; users' packets are opened, counted and dropped.
 *
 * <p>The conductor's methods say what is to be; they take effect on the packet thread in their order.
 */
public final class TunnelEnd {
    private static final int MICROS = 1000;

    private final MeshDevice device;
    private final boolean isIngress;
    private final TunnelEndListener listener;
    private final EventCounters<Verdict> verdicts = new EventCounters<>(Verdict.class);
    private final Arena arena = Arena.ofAuto();

    // The packet thread's.
    private final long packet = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
    private final Map<Integer, SendEpoch> sendEpochs = new HashMap<>();
    private final ReceiveEpochs receiveEpochs = new ReceiveEpochs();
    private @Nullable SendEpoch sealing;
    private boolean isClosed;

    /** @param isIngress which end it is */
    public TunnelEnd(MeshDevice device, boolean isIngress, TunnelEndListener listener) {
        this.device = device;
        this.isIngress = isIngress;
        this.listener = listener;
    }

    /** How often packets had this fate. Any thread. */
    public long verdicts(Verdict verdict) {
        return verdicts.get(verdict);
    }

    /** Packets of this epoch are opened from now on. The keys are copied before this returns. */
    public void usable(EpochKeys keys) {
        int epoch = keys.epoch();
        SendEpoch sender = new SendEpoch(epoch, isIngress ? keys.forward() : keys.reverse());
        long opening = KeyVault.allocate();
        Memory.copyShort(isIngress ? keys.reverse() : keys.forward(), opening, KeyVault.KEY_LENGTH);
        device.executeOnPackets(_ -> {
            sendEpochs.put(epoch, sender);
            receiveEpochs.add(epoch, opening);
            KeyVault.release(opening);
        });
    }

    /** Packets of this epoch are not opened any more; our copies of its keys are zeroed. */
    public void erased(EpochKeys keys) {
        int epoch = keys.epoch();
        device.executeOnPackets(_ -> {
            SendEpoch sender = sendEpochs.remove(epoch);
            if (sender != null) {
                sender.close();
            }
            receiveEpochs.remove(epoch);
        });
    }

    /** Packets are sealed in this epoch from now on. */
    public void sealIn(int epoch) {
        device.executeOnPackets(_ -> sealing = sendEpochs.get(epoch));
    }

    /**
     * Seals and sends a packet of control.
     *
     * @param content not changed afterwards
     */
    public void send(Lsp<TunnelPeer, LspCiphers> lsp, int kind, byte[] content) {
        device.executeOnPackets(now -> seal(lsp, kind, content, now));
    }

    /** Zeroes all keys. */
    public void close() {
        device.executeOnPackets(_ -> {
            isClosed = true;
            sealing = null;
            sendEpochs.values().forEach(SendEpoch::close);
            sendEpochs.clear();
            receiveEpochs.close();
        });
    }

    private void seal(Lsp<TunnelPeer, LspCiphers> lsp, int kind, byte[] content, long nowNanos) {
        Nhlfe<TunnelPeer, LspCiphers> entry = isIngress ? lsp.forward() : lsp.reverse();
        SendEpoch epoch = sealing;
        if (entry == null || !entry.isOpen() || epoch == null) {
            return;
        }
        LspCiphers ciphers = entry.keys();
        SendingEnd end = ciphers == null ? null : ciphers.sendingEnd();
        long plaintext = packet + LabelledPacket.BODY_OFFSET;
        Plaintext.putHead(plaintext, kind, (int) (nowNanos / MICROS));
        Memory.copy(content, 0, plaintext + Plaintext.HEAD_LENGTH, content.length);
        if (end != null && end.sendControl(epoch, packet, Plaintext.HEAD_LENGTH + content.length)) {
            device.send(entry, packet, nowNanos);
        }
    }

    /** A packet of one of its LSPs. On the packet thread. */
    void arrive(Nhlfe<TunnelPeer, LspCiphers> entry, long arrived, long nowNanos) {
        Lsp<TunnelPeer, LspCiphers> lsp = entry.lsp();
        LspCiphers ciphers = entry.keys();
        ReceivingEnd end = ciphers == null ? null : ciphers.receivingEnd();
        if (isClosed || lsp == null || end == null) {
            return;
        }
        int length = LabelledPacket.lengthWithoutPadding(arrived);
        Verdict verdict = end.receive(receiveEpochs, arrived);
        verdicts.count(verdict);
        if (verdict != Verdict.ACCEPTED) {
            return;
        }
        entry.count(length, nowNanos);
        long plaintext = arrived + LabelledPacket.BODY_OFFSET;
        int kind = Plaintext.kind(plaintext);
        if (kind == Kind.IP_PACKET) {
            return;
        }
        int epoch = OriginIv.epoch(arrived + LabelledPacket.IV_OFFSET);
        int offset = Plaintext.contentOffset(plaintext);
        byte[] content = Memory.bytes(plaintext + offset, LabelledPacket.plaintextLength(arrived) - offset);
        device.execute(now -> listener.control(lsp, epoch, kind, content, now));
    }
}
