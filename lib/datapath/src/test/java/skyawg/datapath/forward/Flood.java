package skyawg.datapath.forward;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import skyawg.datapath.udp.SendBatch;
import skyawg.datapath.udp.UdpSockets;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * A stranger who sends datagrams of all shapes to a tunnel's port, as fast as it can take them: it waits whenever the
 * tunnel is behind, so that every datagram is looked at. One thread.
 */
final class Flood implements AutoCloseable {
    private static final int POOL_BYTES = 4 << 20;
    private static final int MAX_LENGTH = 65_507;
    private static final int WORKSPACE = 8 << 20;
    private static final int MAX_BEHIND = 3000;
    private static final int RUN_BYTES = 60_000;

    private final Arena arena = Arena.ofConfined();
    private final UdpSockets sockets = UdpSockets.open(0, 0, true);
    private final SendBatch batch = new SendBatch(arena);
    private final long pool = Memory.allocate(arena, POOL_BYTES);
    private final long workspace = Memory.allocate(arena, WORKSPACE);
    private final Random random;
    private final TunnelEnd target;
    private final UdpPath path;
    private final List<byte[]> genuine;
    private final long handledBefore;
    private int used;
    private long sent;

    /** @param genuine datagrams of a real session, to be cut and changed */
    Flood(TunnelEnd target, List<byte[]> genuine, long seed) throws IOException {
        this.target = target;
        this.genuine = genuine;
        random = new Random(seed);
        path = UdpPath.to(TunnelPair.V4, 0, target.port());
        handledBefore = handled(target.tunnel);
        byte[] bytes = new byte[POOL_BYTES];
        random.nextBytes(bytes);
        Memory.copy(bytes, 0, pool, POOL_BYTES);
    }

    /** Datagrams from the network that a tunnel has dropped or given an answer about. */
    static long handled(Tunnel tunnel) {
        long count = 0;
        for (DropReason reason : List.of(
                DropReason.UNKNOWN_TYPE,
                DropReason.UNKNOWN_INDEX,
                DropReason.EXPIRED_SESSION,
                DropReason.REPLAYED,
                DropReason.NOT_AUTHENTIC,
                DropReason.BAD_INNER_PACKET,
                DropReason.WRONG_SOURCE,
                DropReason.WRONG_MAC1,
                DropReason.HANDSHAKE_QUEUE_FULL)) {
            count += tunnel.drops(reason);
        }
        for (Verdict verdict : Verdict.values()) {
            count += tunnel.verdicts(verdict);
        }
        return count;
    }

    long sent() {
        return sent;
    }

    void sendOfAllShapes() {
        switch (random.nextInt(64)) {
            case 0 -> add(random(MAX_LENGTH - random.nextInt(20_000)), 0);
            case 1, 2, 3 -> addRun();
            case 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> addCut();
            case 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35 -> addChanged();
            case 36, 37, 38, 39 -> addHandshakeLike();
            case 40, 41, 42 -> add(random(1 + random.nextInt(31)), 0);
            default -> add(random(1 + random.nextInt(1500)), 0);
        }
    }

    /** A decoy as peers send them: some dozens of random bytes. */
    void sendJunk() {
        add(random(40 + random.nextInt(31)), 0);
    }

    /** Sends what is prepared and waits until the tunnel has seen it. */
    void await() {
        flush();
        Await.until(
                () -> "handled " + (handled(target.tunnel) - handledBefore) + " of " + sent + ": " + target.events(),
                () -> handled(target.tunnel) - handledBefore >= sent);
    }

    private int random(int length) {
        int room = reserve(length);
        Memory.copy(pool + random.nextInt(POOL_BYTES - length), workspace + room, length);
        return length;
    }

    private int copyOf(byte[] datagram, int length) {
        int room = reserve(length);
        Memory.copy(datagram, 0, workspace + room, length);
        return length;
    }

    /** A valid datagram without its end. */
    private void addCut() {
        byte[] datagram = genuine.get(random.nextInt(genuine.size()));
        add(copyOf(datagram, 1 + random.nextInt(datagram.length - 1)), 0);
    }

    /** A valid datagram with one to four other bytes. */
    private void addChanged() {
        byte[] datagram = genuine.get(random.nextInt(genuine.size()));
        int length = copyOf(datagram, datagram.length);
        for (int i = random.nextInt(4); i >= 0; i--) {
            long at = workspace + used + random.nextInt(length);
            Memory.putByte(at, Memory.getByte(at) + 1 + random.nextInt(60));
        }
        add(length, 0);
    }

    /** Of a handshake message's size and with its type word, or a run of them: what reaches the handshake queue. */
    private void addHandshakeLike() {
        int type = 1 + random.nextInt(3);
        int size = new int[] {148, 92, 64}[type - 1];
        int count = 1 + random.nextInt(3);
        int length = random(size * count);
        for (int i = 0; i < count; i++) {
            Memory.putIntLe(workspace + used + (long) i * size, type);
        }
        add(length, size);
    }

    /** Datagrams of one size that travel as one, as a fast peer's do; the last may be shorter. */
    private void addRun() {
        int size = 1 + random.nextInt(1400);
        int count = 1 + random.nextInt(Math.min(SendBatch.MAX_SEGMENTS, RUN_BYTES / size));
        add(random(size * count - (count > 1 ? random.nextInt(size) : 0)), size);
    }

    private int reserve(int length) {
        if (used + length > WORKSPACE || batch.isFull()) {
            flush();
        }
        return used;
    }

    /** Adds what {@link #reserve} made room for and the caller has written. */
    private void add(int length, int size) {
        int each = size == 0 ? length : size;
        batch.add(path, workspace + used, length, each);
        used += length;
        sent += (length + each - 1) / each;
    }

    private void flush() {
        int refused = batch.flush(sockets);
        if (refused > 0) {
            throw new AssertionError("the system did not take " + refused + " datagrams");
        }
        used = 0;
        Await.until(
                () -> "it keeps up: " + sent + " sent, " + target.events(),
                () -> sent - (handled(target.tunnel) - handledBefore) < MAX_BEHIND);
    }

    @Override
    public void close() {
        sockets.close();
        arena.close();
    }
}
