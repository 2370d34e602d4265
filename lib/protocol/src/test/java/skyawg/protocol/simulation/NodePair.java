package skyawg.protocol.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.wire.UdpPath;

/**
 * Two nodes that know each other, joined by a wire without delay that the test may cut, and a clock that the test
 * moves. Everything that happened is written down.
 */
public final class NodePair implements Observer, AutoCloseable {
    /** 2026-06-01. */
    public static final long START_OF_TIME = 1_780_272_000L * 1_000_000_000L;

    public static final long SECOND = 1_000_000_000L;
    public static final long MILLI = 1_000_000L;

    public final UdpPath pathToA = UdpPath.to(IpAddress.parse("192.0.2.1"), 0, 1001);
    public final UdpPath pathToB = UdpPath.to(IpAddress.parse("192.0.2.2"), 0, 1002);
    public final Node a;
    public final Node b;
    public final Peer peerB;
    public final Peer peerA;

    /** What each node has sent, with the time, whether or not the wire carried it. */
    public final List<Sent> sent = new ArrayList<>();

    public final List<String> delivered = new ArrayList<>();
    public final List<Verdict> verdicts = new ArrayList<>();
    public int keepalives;
    public int replays;
    public boolean isCut;

    private final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
    private long now = 1_000 * SECOND;
    private long wallOffset;

    /** One datagram. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Sent(Node from, long nanos, byte[] bytes) {}

    public NodePair(long seed) {
        this(seed, ParameterSet.DEFAULTS);
    }

    public NodePair(long seed, ParameterSet parameters) {
        a = new Node("a", new SeededEntropy(seed), this::unixNanos, this::transmit, this);
        b = new Node("b", new SeededEntropy(seed + 1), this::unixNanos, this::transmit, this);
        SeededEntropy keys = new SeededEntropy(seed + 2);
        a.setParameters(parameters, now);
        b.setParameters(parameters, now);
        try (Secret keyOfA = secret(keys);
                Secret keyOfB = secret(keys);
                Secret presharedKey = secret(keys)) {
            a.engine().setPrivateKey(keyOfA, now);
            b.engine().setPrivateKey(keyOfB, now);
            peerB = a.addPeer(b.publicKey(), Optional.of(presharedKey), pathToB, now);
            peerA = b.addPeer(a.publicKey(), Optional.of(presharedKey), pathToA, now);
        }
        a.engine().start(now);
        b.engine().start(now);
    }

    private static Secret secret(SeededEntropy entropy) {
        byte[] bytes = new byte[Secret.LENGTH];
        entropy.fill(bytes);
        return Secret.owning(bytes);
    }

    public long now() {
        return now;
    }

    public long unixNanos() {
        return START_OF_TIME + wallOffset + now;
    }

    /** Sets the time of day, which both nodes share, forward or back. */
    public void turnClock(long nanos) {
        wallOffset += nanos;
    }

    private void transmit(Node from, UdpPath to, byte[] bytes) {
        Sent one = new Sent(from, now, bytes);
        sent.add(one);
        boolean arrives = from == a ? to.hasSameRemote(pathToB) : to.hasSameRemote(pathToA);
        if (!isCut && arrives) {
            inFlight.add(one);
        }
    }

    /** A sends a packet to B. */
    public void aSends(String text) {
        a.sendPacket(peerB, packet(text), now);
        settle();
    }

    /** B sends a packet to A. */
    public void bSends(String text) {
        b.sendPacket(peerA, packet(text), now);
        settle();
    }

    /** A test packet begins with a byte that is not zero, as IP packets do. */
    public static byte[] packet(String text) {
        return ("E" + text).getBytes(StandardCharsets.UTF_8);
    }

    /** Gives a datagram to a node as if it came from the other. */
    public void inject(Node to, byte[] bytes) {
        to.receive(bytes, to == b ? pathToA : pathToB, now);
    }

    /** Carries datagrams until nothing is under way. */
    public void settle() {
        for (Sent next = inFlight.poll(); next != null; next = inFlight.poll()) {
            inject(next.from == a ? b : a, next.bytes);
        }
    }

    /** Lets time pass, stopping at every deadline of either node. */
    public void advance(long nanos) {
        long end = now + nanos;
        while (true) {
            settle();
            long next = Math.min(a.run(now), b.run(now));
            settle();
            next = Math.min(next, Math.min(a.run(now), b.run(now)));
            if (next > end) {
                break;
            }
            now = Math.max(next, now + 1);
        }
        now = end;
        settle();
    }

    /** Moves the clock without letting the nodes act. */
    public void jump(long nanos) {
        now += nanos;
    }

    /** Datagrams of a node so far. */
    public List<Sent> sentBy(Node node) {
        return sent.stream().filter(one -> one.from == node).toList();
    }

    /** Datagrams of a node with this length. */
    public List<Sent> sentBy(Node node, int length) {
        return sentBy(node).stream().filter(one -> one.bytes.length == length).toList();
    }

    @Override
    public void sealing(Node node, Keypair keypair, long counter) {}

    @Override
    public void delivered(Node node, Peer from, byte[] packet) {
        String padded = new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8);
        delivered.add(node + ":" + padded.replace("\0", ""));
    }

    @Override
    public void keptAlive(Node node, Peer from) {
        keepalives++;
    }

    @Override
    public void handshakeMessage(Node node, Verdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public void replayed(Node node, Peer from) {
        replays++;
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
