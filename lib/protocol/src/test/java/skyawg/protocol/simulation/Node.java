package skyawg.protocol.simulation;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Aead;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.HandshakeEngine;
import skyawg.protocol.noise.IndexTable;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.Outbox;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.TimerWake;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.noise.WallClock;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.TimingParameters;
import skyawg.protocol.wire.DatagramBatch;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TransportHeader;
import skyawg.protocol.wire.UdpPath;

/**
 * One end of tunnels: the daemon's protocol classes with the plainest data path that can use them. What packet threads
 * would tell the conductor waits in a list until the engine's call is over.
 */
public final class Node implements Outbox, TimerWake, AutoCloseable {
    private static final int ROOM = 4096;

    private final String name;
    private final Entropy entropy;
    private final Wire wire;
    private final Observer observer;
    private final IndexTable indexTable;
    private final HandshakeEngine engine;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final Arena arena = Arena.ofConfined();
    private final long datagram = Memory.allocate(arena, ROOM);
    private final long message = Memory.allocate(arena, ROOM);
    private final long keystream = Memory.allocate(arena, ObfuscationProfile.HEADER_KEYSTREAM_ROOM);
    private ObfuscationProfile profile = ObfuscationProfile.compile(ParameterSet.DEFAULTS, 0);
    private int mtu = 1420;
    private long headerKey;
    private long now;
    private int handshakeQueueLength;

    public Node(String name, Entropy entropy, WallClock wallClock, Wire wire, Observer observer) {
        this.name = name;
        this.entropy = entropy;
        this.wire = wire;
        this.observer = observer;
        this.indexTable = new IndexTable(entropy);
        this.engine = new HandshakeEngine(entropy, wallClock, Aeads.best(), indexTable, this);
    }

    public HandshakeEngine engine() {
        return engine;
    }

    public IndexTable indexTable() {
        return indexTable;
    }

    public PublicKey publicKey() {
        return engine.publicKey().orElseThrow();
    }

    public void setParameters(ParameterSet parameters, long nowNanos) {
        long oldKey = headerKey;
        Secret secret = parameters.headerProtectionKey();
        headerKey = secret.isZero() ? 0 : KeyVault.store(secret);
        profile = ObfuscationProfile.compile(parameters, headerKey);
        engine.setProfile(profile, TimingParameters.of(parameters), nowNanos);
        if (oldKey != 0) {
            KeyVault.release(oldKey);
        }
    }

    public void setMtu(int newMtu) {
        mtu = newMtu;
    }

    /** How many handshake messages the node is to believe are waiting. */
    public void setHandshakeQueueLength(int length) {
        handshakeQueueLength = length;
    }

    public Peer addPeer(PublicKey key, Optional<Secret> presharedKey, @Nullable UdpPath path, long nowNanos) {
        SimulatedPeer peer = new SimulatedPeer(key, this);
        presharedKey.ifPresent(psk -> engine.setPresharedKey(peer, psk));
        if (path != null) {
            peer.learnPath(path);
        }
        engine.addPeer(peer, nowNanos);
        return peer;
    }

    /** A peer as this node has them, which is not part of the engine yet. */
    public Peer newPeer(PublicKey key) {
        return new SimulatedPeer(key, this);
    }

    /** A packet of the operating system's for this peer. */
    public void sendPacket(Peer peer, byte[] packet, long nowNanos) {
        now = nowNanos;
        SimulatedPeer simulated = (SimulatedPeer) peer;
        simulated.stage(packet);
        flush(simulated);
        runTasks();
    }

    /**
     * Lets the engine work.
     *
     * @return the next deadline
     */
    public long run(long nowNanos) {
        now = nowNanos;
        runTasks();
        engine.runTimers(nowNanos);
        runTasks();
        return engine.runTimers(nowNanos);
    }

    /** A datagram from the network. */
    public void receive(byte[] bytes, UdpPath source, long nowNanos) {
        now = nowNanos;
        int types = candidates(bytes);
        if (MessageType.TRANSPORT.isIn(types) && receiveTransport(bytes, source)) {
            types = 0;
        }
        for (MessageType type : List.of(MessageType.INITIATION, MessageType.RESPONSE, MessageType.COOKIE_REPLY)) {
            if (type.isIn(types)) {
                load(bytes);
                profile.unmask(type, datagram, message);
                engine.underLoad(handshakeQueueLength, nowNanos);
                Verdict verdict = engine.receive(type, message, source, nowNanos);
                observer.handshakeMessage(this, verdict);
                if (verdict != Verdict.WRONG_MAC1 && verdict != Verdict.UNKNOWN_INDEX) {
                    break;
                }
            }
        }
        runTasks();
    }

    private void load(byte[] bytes) {
        Memory.copy(bytes, 0, datagram, bytes.length);
    }

    private int candidates(byte[] bytes) {
        if (bytes.length > ROOM || bytes.length < TransportHeader.MIN_MESSAGE_LENGTH) {
            return 0;
        }
        load(bytes);
        if (profile.isHeaderProtected()) {
            profile.headerKeystream(datagram, keystream);
        }
        return profile.candidates(datagram, bytes.length, keystream);
    }

    private boolean receiveTransport(byte[] bytes, UdpPath source) {
        if (profile.isHeaderProtected()) {
            profile.maskTransportHeader(datagram, keystream);
        }
        int padding = profile.padding(MessageType.TRANSPORT);
        long header = datagram + padding;
        IndexTable.Entry entry = indexTable.lookup(TransportHeader.receiverIndex(header));
        Keypair keypair = entry == null ? null : entry.keypair();
        if (keypair == null || !keypair.isValidForReceiving(now)) {
            return false;
        }
        long counter = TransportHeader.counter(header);
        long content = header + TransportHeader.LENGTH;
        int sealedLength = bytes.length - padding - TransportHeader.LENGTH;
        if (!keypair.replay().check(counter)) {
            observer.replayed(this, keypair.peer());
            return true;
        }
        if (!keypair.opener().open(counter, content, sealedLength, content)) {
            return false;
        }
        keypair.replay().accept(counter);
        accept(keypair, content, sealedLength - Aead.TAG_LENGTH, source);
        return true;
    }

    private void accept(Keypair keypair, long content, int length, UdpPath source) {
        Peer peer = keypair.peer();
        peer.learnPath(source);
        peer.addRxBytes(length + TransportHeader.MIN_MESSAGE_LENGTH);
        peer.raiseTrailerWindow(profile.windowAfterReceive(peer.trailerWindow(), length));
        if (keypair.claimConfirmation()) {
            tasks.add(() -> engine.onFirstTransportUnderNext(keypair, now));
        }
        peer.timers().onAuthenticatedReceived(now);
        if (length == 0 || Memory.getByte(content) == 0) {
            observer.keptAlive(this, peer);
        } else {
            peer.timers().onDataReceived(now);
            byte[] packet = new byte[length];
            Memory.copy(content, packet, 0, length);
            observer.delivered(this, peer, packet);
        }
        if (keypair.claimRekeyAfterReceiving(now) && peer.claimHandshakeRequest()) {
            tasks.add(() -> engine.requestHandshake(peer, now));
        }
    }

    /** @return false when no usable session is there */
    private boolean seal(SimulatedPeer peer, byte[] packet) {
        Keypair keypair = peer.current();
        long counter =
                keypair == null || !keypair.isUsableForSending(now) ? Keypair.NO_COUNTER : keypair.reserveCounters(1);
        if (keypair == null || counter == Keypair.NO_COUNTER) {
            wishHandshake(peer);
            return false;
        }
        observer.sealing(this, keypair, counter);
        int padding = profile.padding(MessageType.TRANSPORT);
        long header = datagram + padding;
        profile.writeTransportPadding(datagram, entropy);
        TransportHeader.write(
                header, profile.drawTypeWord(MessageType.TRANSPORT, entropy), keypair.remoteIndex(), counter);
        long content = header + TransportHeader.LENGTH;
        Memory.copy(packet, 0, content, packet.length);
        int zeros = profile.contentPadding(packet.length, mtu, peer.trailerWindow(), entropy);
        keypair.sealer().seal(counter, content, packet.length, zeros, content);
        if (profile.isHeaderProtected()) {
            profile.headerKeystream(datagram, keystream);
            profile.maskTransportHeader(datagram, keystream);
        }
        peer.raiseTrailerWindow(profile.windowAfterSend(peer.trailerWindow(), packet.length));
        byte[] bytes = new byte[padding + TransportHeader.LENGTH + packet.length + zeros + Aead.TAG_LENGTH];
        Memory.copy(datagram, bytes, 0, bytes.length);
        peer.timers().onAuthenticatedSent(now);
        if (packet.length > 0) {
            peer.timers().onDataSent(now);
        }
        transmit(peer, bytes);
        if (keypair.isRekeyDueAfterSending(now)) {
            wishHandshake(peer);
        }
        return true;
    }

    private void transmit(Peer peer, byte[] bytes) {
        UdpPath path = peer.path();
        if (path != null) {
            peer.addTxBytes(bytes.length);
            wire.transmit(this, path, bytes);
        }
    }

    private void wishHandshake(Peer peer) {
        if (peer.claimHandshakeRequest()) {
            tasks.add(() -> engine.requestHandshake(peer, now));
        }
    }

    private void flush(SimulatedPeer peer) {
        for (byte[] packet = peer.nextStaged(); packet != null; packet = peer.nextStaged()) {
            if (!seal(peer, packet)) {
                return;
            }
            peer.removeStaged();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public void send(Peer peer, DatagramBatch datagrams) {
        for (byte[] bytes : copies(datagrams)) {
            transmit(peer, bytes);
        }
    }

    @Override
    public void reply(UdpPath to, DatagramBatch datagrams) {
        for (byte[] bytes : copies(datagrams)) {
            wire.transmit(this, to, bytes);
        }
    }

    private static List<byte[]> copies(DatagramBatch datagrams) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < datagrams.count(); i++) {
            byte[] bytes = new byte[datagrams.length(i)];
            Memory.copy(datagrams.address(i), bytes, 0, bytes.length);
            all.add(bytes);
        }
        return all;
    }

    @Override
    public void sendKeepalive(Peer peer) {
        SimulatedPeer simulated = (SimulatedPeer) peer;
        if (simulated.hasStaged()) {
            flush(simulated);
        } else {
            seal(simulated, new byte[0]);
        }
    }

    @Override
    public void flushStaged(Peer peer) {
        flush((SimulatedPeer) peer);
    }

    @Override
    public void dropStaged(Peer peer) {
        ((SimulatedPeer) peer).dropStaged();
    }

    @Override
    public void retire(Keypair keypair) {
        keypair.destroy();
    }

    @Override
    public void sessionEstablished(Peer peer) {}

    @Override
    public void wake(Peer peer) {
        tasks.add(() -> engine.reschedule(peer));
    }

    @Override
    public void close() {
        engine.close();
        tasks.clear();
        if (headerKey != 0) {
            KeyVault.release(headerKey);
        }
        arena.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
