package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.udp.SendBatch;
import skyawg.datapath.udp.UdpSockets;
import skyawg.protocol.crypto.Aead;
import skyawg.protocol.crypto.ChaCha20Block;
import skyawg.protocol.crypto.ChaCha20Lanes;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TransportHeader;
import skyawg.protocol.wire.UdpPath;

/**
 * Transport messages on their way out: sealed one behind the other into one buffer, in runs that the kernel cuts into
 * datagrams.
 *
 * <pre>
 *   | S4 random | header, masked | sealed content | tag | S4 random | ...
 * </pre>
 *
 * <p>A run goes on while peer and datagram size stay the same; a shorter datagram ends it. Headers are masked at the
 * end, for all datagrams at once. Belongs to the sending thread; nothing is allocated.
 */
final class SealedRuns {
    /** Some datagrams more than the longest frame makes, and small enough to stay in a core's cache. */
    private static final int BUFFER_LENGTH = 256 << 10;

    private static final int MAX_DATAGRAMS = 1024;

    /** Runs that the batch must have room for before a packet is added: the open one, and the one it may begin. */
    private static final int ROOM_TO_GO_ON = 2;

    private final long buffer;
    private final SendBatch batch;
    private final Entropy entropy;
    private final EventCounters<DropReason> drops;

    private final ChaCha20Lanes lanes = new ChaCha20Lanes();
    private final long[] datagrams = new long[MAX_DATAGRAMS];
    private final long nonces;
    private final long keystreams;
    private int count;
    private int used;

    private @Nullable Peer runPeer;
    private @Nullable UdpPath runPath;
    private int runStart;
    private int runSize;
    private int runCount;

    SealedRuns(Arena arena, Entropy entropy, EventCounters<DropReason> drops) {
        this.buffer = Memory.allocate(arena, BUFFER_LENGTH);
        this.batch = new SendBatch(arena);
        this.entropy = entropy;
        this.drops = drops;
        this.nonces = Memory.allocate(arena, (long) MAX_DATAGRAMS * ChaCha20Block.NONCE_LENGTH);
        this.keystreams = Memory.allocate(arena, (long) MAX_DATAGRAMS * ChaCha20Lanes.STREAM_LENGTH);
    }

    /**
     * Seals a packet to the peer; flushes before it when there is no room.
     *
     * @param zeroPadding content padding
     * @return false when the keypair has no counter left
     */
    boolean append(
            TunnelSettings settings,
            Peer peer,
            UdpPath path,
            Keypair keypair,
            long packet,
            int length,
            int zeroPadding) {
        ObfuscationProfile profile = settings.profile();
        int padding = profile.padding(MessageType.TRANSPORT);
        int size = padding + TransportHeader.LENGTH + length + zeroPadding + Aead.TAG_LENGTH;
        if (used + size > BUFFER_LENGTH || count == MAX_DATAGRAMS || batch.free() < ROOM_TO_GO_ON) {
            flush(settings);
        }
        long counter = keypair.reserveCounters(1);
        if (counter == Keypair.NO_COUNTER) {
            return false;
        }
        long datagram = buffer + used;
        profile.writeTransportPadding(datagram, entropy);
        long header = datagram + padding;
        int typeWord = profile.drawTypeWord(MessageType.TRANSPORT, entropy);
        TransportHeader.write(header, typeWord, keypair.remoteIndex(), counter);
        keypair.sealer().seal(counter, packet, length, zeroPadding, header + TransportHeader.LENGTH);
        extendRun(peer, path, size);
        datagrams[count++] = datagram;
        used += size;
        return true;
    }

    /** Masks and sends everything. */
    void flush(TunnelSettings settings) {
        closeRun();
        if (count > 0) {
            mask(settings.profile());
            UdpSockets sockets = settings.sockets();
            int refused = sockets == null ? count : batch.flush(sockets);
            if (refused > 0) {
                drops.count(DropReason.SEND_REFUSED, refused);
            }
        }
        count = 0;
        used = 0;
    }

    @SuppressWarnings(
            "ReferenceEquality") // another path object with the same content begins a new run: rare and harmless
    private void extendRun(Peer peer, UdpPath path, int size) {
        boolean extendsRun = peer == runPeer
                && path == runPath
                && size <= runSize
                && runCount < SendBatch.MAX_SEGMENTS
                && used + size - runStart <= SendBatch.MAX_RUN_BYTES;
        if (!extendsRun) {
            closeRun();
            runPeer = peer;
            runPath = path;
            runStart = used;
            runSize = size;
            runCount = 1;
            return;
        }
        runCount++;
        if (size < runSize) {
            closeRun(used + size);
        }
    }

    private void closeRun() {
        closeRun(used);
    }

    private void closeRun(int end) {
        Peer peer = runPeer;
        UdpPath path = runPath;
        if (peer == null || path == null) {
            return;
        }
        batch.add(path, buffer + runStart, end - runStart, runSize);
        peer.addTxBytes(end - runStart);
        runPeer = null;
        runPath = null;
    }

    private void mask(ObfuscationProfile profile) {
        if (!profile.isHeaderProtected()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            long nonce = nonces + (long) i * ChaCha20Block.NONCE_LENGTH;
            Memory.putLongLe(nonce, Memory.getLongLe(datagrams[i]));
            Memory.putIntLe(nonce + 8, Memory.getIntLe(datagrams[i] + 8));
        }
        lanes.headers(profile.headerProtectionKey(), nonces, count, keystreams);
        for (int i = 0; i < count; i++) {
            profile.maskTransportHeader(datagrams[i], keystreams + (long) i * ChaCha20Lanes.STREAM_LENGTH);
        }
    }
}
