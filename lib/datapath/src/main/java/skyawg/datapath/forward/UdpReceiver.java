package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.udp.ReceiveBatch;
import skyawg.datapath.udp.UdpSocket;
import skyawg.datapath.udp.UdpSockets;
import skyawg.protocol.crypto.ChaCha20Block;
import skyawg.protocol.crypto.ChaCha20Lanes;
import skyawg.protocol.noise.IndexTable;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.Mac1Checker;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TransportHeader;
import skyawg.protocol.wire.UdpPath;

/**
 * The receiving duty cycle: takes datagrams, finds the session by receiver index, opens them in place, and hands
 * payloads to the sink. What is not transport data goes to the conductor if it is a handshake message for us.
 *
 * <p>A datagram that fits several message types is transport data first, if its receiver index is a session's: so no
 * data is lost to a chance likeness. The others are told apart by their mac1, which is checked here: so a flood of
 * wrong ones takes no place in the conductor's queue and does not wake it.
 */
final class UdpReceiver implements Worker {
    private static final int MIN_DATAGRAM = 32;
    private static final int MAX_SEGMENTS = 2048;

    private final SharedState shared;
    private final PayloadSink sink;
    private final HandshakeQueue handshakes;
    private final Mac1Checker mac1Checker;
    private final ReceiveBatch batch;
    private final EventCounters<DropReason> drops;

    private final ChaCha20Lanes lanes = new ChaCha20Lanes();
    private final long nonces;
    private final long keystreams;

    // What the present batch has brought for one peer; reported once, when another peer's turn comes or the batch ends.
    private @Nullable Keypair keypair;
    private int message;
    private int useful;
    private long rxBytes;
    private boolean hasData;
    private boolean hasHandshakes;

    /** @param drops counts what is dropped here and what the sink drops */
    UdpReceiver(
            Arena arena,
            SharedState shared,
            PayloadSink sink,
            HandshakeQueue handshakes,
            Mac1Checker mac1Checker,
            EventCounters<DropReason> drops) {
        this.shared = shared;
        this.sink = sink;
        this.drops = drops;
        this.handshakes = handshakes;
        this.mac1Checker = mac1Checker;
        this.batch = new ReceiveBatch(arena);
        this.nonces = Memory.allocate(arena, (long) MAX_SEGMENTS * ChaCha20Block.NONCE_LENGTH);
        this.keystreams = Memory.allocate(arena, (long) MAX_SEGMENTS * ChaCha20Lanes.STREAM_LENGTH);
    }

    EventCounters<DropReason> drops() {
        return drops;
    }

    @Override
    public int descriptors() {
        return 2;
    }

    @Override
    public void watch(long pollFds) {
        UdpSockets sockets = shared.settings().sockets();
        watch(pollFds, sockets == null ? null : sockets.v4());
        watch(pollFds + PollFd.SIZE, sockets == null ? null : sockets.v6());
    }

    private static void watch(long pollFd, @Nullable UdpSocket socket) {
        PollFd.set(pollFd, socket == null ? -1 : socket.fd(), PollFd.POLLIN);
    }

    @Override
    public int doWork(long pollFds, long nowNanos) {
        TunnelSettings settings = shared.settings();
        UdpSockets sockets = settings.sockets();
        if (sockets == null) {
            return 0;
        }
        int work = 0;
        if (PollFd.returned(pollFds) != 0) {
            work += receive(settings, sockets.v4(), nowNanos);
        }
        if (PollFd.returned(pollFds + PollFd.SIZE) != 0) {
            work += receive(settings, sockets.v6(), nowNanos);
        }
        return work;
    }

    private int receive(TunnelSettings settings, @Nullable UdpSocket socket, long nowNanos) {
        if (socket == null) {
            return 0;
        }
        useful = 0;
        int messages = batch.receive(socket);
        for (int i = 0; i < messages; i++) {
            takeMessage(settings.profile(), i, nowNanos);
        }
        report(nowNanos);
        sink.flush();
        if (hasHandshakes) {
            hasHandshakes = false;
            shared.conductor().wake();
        }
        return useful + (batch.isFull() ? 1 : 0); // more waits: no time for a rest
    }

    private void takeMessage(ObfuscationProfile profile, int index, long nowNanos) {
        long data = batch.data(index);
        int length = batch.length(index);
        int size = Math.max(batch.segmentSize(index), 1);
        if (profile.isHeaderProtected()) {
            makeKeystreams(profile, data, length, size);
        }
        long keystream = keystreams;
        for (int at = 0; at < length; at += size) {
            take(profile, index, data + at, Math.min(size, length - at), keystream, nowNanos);
            keystream += ChaCha20Lanes.STREAM_LENGTH;
        }
    }

    /** For all datagrams of a message at once; a rest too short for a nonce is too short for a message as well. */
    private void makeKeystreams(ObfuscationProfile profile, long data, int length, int size) {
        int count = 0;
        for (int at = 0; at + ChaCha20Block.NONCE_LENGTH <= length && count < MAX_SEGMENTS; at += size) {
            long nonce = nonces + (long) count * ChaCha20Block.NONCE_LENGTH;
            Memory.putLongLe(nonce, Memory.getLongLe(data + at));
            Memory.putIntLe(nonce + 8, Memory.getIntLe(data + at + 8));
            count++;
        }
        lanes.headers(profile.headerProtectionKey(), nonces, count, keystreams);
    }

    private void take(ObfuscationProfile profile, int index, long datagram, int length, long keystream, long nowNanos) {
        if (length < MIN_DATAGRAM) {
            drops.count(DropReason.UNKNOWN_TYPE);
            return;
        }
        int types = profile.candidates(datagram, length, keystream);
        if (MessageType.TRANSPORT.isIn(types) && takeTransport(profile, index, datagram, length, keystream, nowNanos)) {
            return;
        }
        int handshakeTypes = types & ~MessageType.TRANSPORT.bit();
        if (handshakeTypes == 0) {
            drops.count(types == 0 ? DropReason.UNKNOWN_TYPE : DropReason.UNKNOWN_INDEX);
            return;
        }
        UdpPath source = batch.path(index);
        boolean isQueued = queue(profile, MessageType.INITIATION, handshakeTypes, datagram, source);
        isQueued |= queue(profile, MessageType.RESPONSE, handshakeTypes, datagram, source);
        isQueued |= queue(profile, MessageType.COOKIE_REPLY, handshakeTypes, datagram, source);
        if (!isQueued) {
            drops.count(handshakes.isFull() ? DropReason.HANDSHAKE_QUEUE_FULL : DropReason.WRONG_MAC1);
        }
    }

    /** Hands a message to the conductor if it is of this type; a cookie reply's tag is for the conductor to check. */
    private boolean queue(ObfuscationProfile profile, MessageType type, int types, long datagram, UdpPath source) {
        if (!type.isIn(types)) {
            return false;
        }
        if (handshakes.isFull()) {
            hasHandshakes = true;
            return false;
        }
        long message = handshakes.unmask(profile, type, datagram);
        if (type != MessageType.COOKIE_REPLY && !mac1Checker.isGenuine(type, message)) {
            return false;
        }
        handshakes.put(type, source);
        hasHandshakes = true;
        useful++;
        return true;
    }

    /** Returns false when no session has the receiver index: then it may be something else. */
    private boolean takeTransport(
            ObfuscationProfile profile, int index, long datagram, int length, long keystream, long nowNanos) {
        int padding = profile.padding(MessageType.TRANSPORT);
        long header = datagram + padding;
        long receiverAndType = Memory.getLongLe(header);
        long counter = TransportHeader.counter(header);
        if (profile.isHeaderProtected()) {
            receiverAndType ^= Memory.getLongLe(keystream);
            counter ^= Memory.getLongLe(keystream + 8);
        }
        Keypair session = sessionOf((int) (receiverAndType >>> 32));
        if (session == null) {
            return false;
        }
        if (!session.isValidForReceiving(nowNanos)) {
            drops.count(DropReason.EXPIRED_SESSION);
            return true;
        }
        if (!session.replay().check(counter)) {
            drops.count(DropReason.REPLAYED);
            return true;
        }
        long content = header + TransportHeader.LENGTH;
        int sealedLength = length - padding - TransportHeader.LENGTH;
        if (!session.opener().open(counter, content, sealedLength, content)) {
            drops.count(DropReason.NOT_AUTHENTIC);
            return true;
        }
        session.replay().accept(counter);
        note(session, index, nowNanos);
        deliver(profile, session, content, length - padding - TransportHeader.MIN_MESSAGE_LENGTH, nowNanos);
        return true;
    }

    private @Nullable Keypair sessionOf(int receiverIndex) {
        Keypair recent = keypair;
        if (recent != null && recent.localIndex() == receiverIndex) {
            return recent;
        }
        IndexTable.Entry entry = shared.indexTable().lookup(receiverIndex);
        return entry == null ? null : entry.keypair();
    }

    /** The present datagram is authentic and belongs to this session. */
    private void note(Keypair session, int index, long nowNanos) {
        if (session != keypair) {
            report(nowNanos);
            keypair = session;
        }
        useful++;
        message = index;
        if (session.claimConfirmation()) {
            shared.conductor().confirm(session);
        }
    }

    private void deliver(ObfuscationProfile profile, Keypair session, long packet, int length, long nowNanos) {
        rxBytes += length + TransportHeader.MIN_MESSAGE_LENGTH;
        Peer peer = session.peer();
        if (profile.hasRandomTrailers()) {
            peer.raiseTrailerWindow(profile.windowAfterReceive(peer.trailerWindow(), length));
        }
        if (length == 0 || Memory.getByte(packet) == 0) {
            return;
        }
        hasData = true;
        sink.deliver(peer, packet, length, nowNanos);
    }

    /** Tells timers, counters and path of the peer what this batch has brought so far. */
    private void report(long nowNanos) {
        Keypair session = keypair;
        if (session == null) {
            return;
        }
        Peer peer = session.peer();
        peer.addRxBytes(rxBytes);
        peer.timers().onAuthenticatedReceived(nowNanos);
        if (hasData) {
            peer.timers().onDataReceived(nowNanos);
        }
        UdpPath path = peer.path();
        if (path == null || !batch.cameBy(message, path)) {
            peer.learnPath(batch.path(message));
        }
        if (session.claimRekeyAfterReceiving(nowNanos) && peer.claimHandshakeRequest()) {
            shared.conductor().wishHandshake(peer);
        }
        keypair = null;
        rxBytes = 0;
        hasData = false;
    }
}
