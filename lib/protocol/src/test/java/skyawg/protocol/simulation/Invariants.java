package skyawg.protocol.simulation;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.Verdict;

/** What must hold at every moment of a simulation. A breach is an {@link AssertionError} that says when. */
final class Invariants implements Observer {
    private static final byte[] MARK = {'p', 'l', 'a', 'i', 'n', 't', 'e', 'x', 't', '!', '!', '!'};
    private static final int HEAD_LENGTH = 1 + MARK.length + Long.BYTES;

    private final World world;
    private final Trace trace;
    private final IdentityHashMap<Keypair, Long> lastCounters = new IdentityHashMap<>();
    private final Map<Long, Integer> sentLengths = new HashMap<>();
    private final Map<Long, Long> deliveredAt = new HashMap<>();
    private long packets;
    private long digest;

    Invariants(World world, Trace trace) {
        this.world = world;
        this.trace = trace;
    }

    /** A packet that is recognised wherever it shows, with a number of its own. */
    byte[] newPacket(int extraLength) {
        byte[] packet = new byte[HEAD_LENGTH + extraLength];
        packet[0] = 0x45;
        System.arraycopy(MARK, 0, packet, 1, MARK.length);
        ByteBuffer.wrap(packet).putLong(1 + MARK.length, ++packets);
        Arrays.fill(packet, HEAD_LENGTH, packet.length, (byte) packets);
        sentLengths.put(packets, packet.length);
        return packet;
    }

    static long numberOf(byte[] packet) {
        return ByteBuffer.wrap(packet).getLong(1 + MARK.length);
    }

    /** {@link Long#MAX_VALUE} while it has not come out. */
    long deliveredAt(long number) {
        return deliveredAt.getOrDefault(number, Long.MAX_VALUE);
    }

    long deliveredCount() {
        return deliveredAt.size();
    }

    long sentCount() {
        return packets;
    }

    /** Changes with everything that is carried: equal after two runs of one seed. */
    long digest() {
        return digest;
    }

    /** Nothing on the wire shows what is inside. */
    void onWire(byte[] datagram) {
        digest = digest * 31 + Arrays.hashCode(datagram);
        for (int i = 0; i + MARK.length <= datagram.length; i++) {
            if (datagram[i] == MARK[0] && Arrays.equals(datagram, i, i + MARK.length, MARK, 0, MARK.length)) {
                throw breach("plaintext on the wire");
            }
        }
    }

    /** No nonce comes twice under one key. */
    @Override
    public void sealing(Node node, Keypair keypair, long counter) {
        trace.add(() -> node + ": seals " + counter + " under " + keypair);
        Long last = lastCounters.put(keypair, counter);
        if (last != null && Long.compareUnsigned(counter, last) <= 0) {
            throw breach("nonce " + counter + " used after " + last + " under " + keypair);
        }
    }

    /** What comes out was put in, unchanged, and comes out once. */
    @Override
    public void delivered(Node node, Peer from, byte[] packet) {
        if (packet.length < HEAD_LENGTH || !Arrays.equals(packet, 1, 1 + MARK.length, MARK, 0, MARK.length)) {
            throw breach("a packet that nobody sent came out at " + node);
        }
        long number = numberOf(packet);
        trace.add(() -> node + ": packet " + number + " comes out");
        int length = sentLengths.getOrDefault(number, 0);
        for (int i = HEAD_LENGTH; i < packet.length; i++) {
            if (packet[i] != (i < length ? (byte) number : 0)) {
                throw breach("packet " + number + " came out changed");
            }
        }
        if (length == 0 || deliveredAt.putIfAbsent(number, world.now()) != null) {
            throw breach("packet " + number + " came out twice");
        }
    }

    @Override
    public void handshakeMessage(Node node, Verdict verdict) {
        trace.add(() -> node + ": " + verdict);
    }

    AssertionError breach(String what) {
        return new AssertionError(what + " at " + world.now() / World.MILLI + " ms");
    }
}
