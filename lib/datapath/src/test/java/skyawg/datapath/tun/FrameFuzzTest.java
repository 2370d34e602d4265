package skyawg.datapath.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.datapath.sys.GuardedMemory;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Frames and packets of any bytes, each flush against a page that may not be touched: whatever they say about
 * themselves, nothing outside of them is read or written.
 */
final class FrameFuzzTest {
    private static final int INPUTS = 1_000_000;
    private static final int POOL_BYTES = 1 << 20;
    private static final int LONGEST = 2000;

    private final Random random = new Random(31);

    private long pool(Arena arena) {
        long pool = Memory.allocate(arena, POOL_BYTES);
        InnerPackets.fillRandom(pool, POOL_BYTES, random);
        return pool;
    }

    /** Half of all are almost right, or nothing would get past the first check. */
    private void makePlausible(long packet, int length) {
        boolean isV6 = random.nextBoolean();
        if (length < 24 || random.nextInt(2) == 0) {
            return;
        }
        int protocol = random.nextInt(8) == 0 ? random.nextInt(256) : random.nextBoolean() ? 6 : 17;
        if (isV6) {
            Memory.putByte(packet, 0x60);
            Memory.putShortBe(packet + IpHeader.V6_PAYLOAD_LENGTH_OFFSET, Math.max(0, length - 40));
            Memory.putByte(packet + IpHeader.V6_NEXT_HEADER_OFFSET, protocol);
        } else {
            Memory.putByte(packet, random.nextInt(8) == 0 ? 0x40 + random.nextInt(16) : 0x45);
            Memory.putShortBe(packet + IpHeader.V4_TOTAL_LENGTH_OFFSET, length);
            Memory.putByte(packet + IpHeader.V4_PROTOCOL_OFFSET, protocol);
        }
    }

    @Test
    void theSegmenterStaysInsideItsFrame() {
        long inputs = Campaign.size("frames cut", INPUTS);
        GuardedMemory guarded = new GuardedMemory(LONGEST);
        try (Arena arena = Arena.ofConfined()) {
            long pool = pool(arena);
            Segmenter segmenter = new Segmenter(arena);
            int[] types = {0, 1, 4, 5, 3, 0x81, 0x84};
            long accepted = 0;
            long packets = 0;
            for (long i = 0; i < inputs; i++) {
                int length = VirtioHeader.SIZE + random.nextInt(LONGEST - VirtioHeader.SIZE);
                long frame = guarded.end() - length;
                Memory.copy(pool + random.nextInt(POOL_BYTES - length), frame, length);
                makePlausible(frame + VirtioHeader.SIZE, length - VirtioHeader.SIZE);
                VirtioHeader.put(
                        frame,
                        types[random.nextInt(types.length)],
                        random.nextInt(128),
                        random.nextInt(8) == 0 ? random.nextInt(65536) : 1 + random.nextInt(600),
                        random.nextInt(8) == 0 ? random.nextInt(65536) : random.nextBoolean() ? 20 : 40,
                        random.nextInt(8) == 0 ? random.nextInt(65536) : random.nextBoolean() ? 6 : 16);
                if (segmenter.begin(frame, length)) {
                    accepted++;
                }
                int payload = 0;
                while (segmenter.next()) {
                    packets++;
                    long packet = segmenter.packet();
                    payload += segmenter.length();
                    if (packet < frame + VirtioHeader.SIZE || packet + segmenter.length() > guarded.end()) {
                        throw new AssertionError("packet outside its frame, input " + i);
                    }
                }
                if (payload < 0) {
                    throw new AssertionError("input " + i);
                }
            }
            System.out.println(accepted + " frames accepted, " + packets + " packets");
            assertThat(accepted).isGreaterThan(inputs / 20);
            assertThat(packets).isGreaterThan(accepted);
        } finally {
            guarded.free();
        }
    }

    @Test
    void theCoalescerStaysInsideItsPackets() {
        long inputs = Campaign.size("packets joined", INPUTS);
        int each = 64;
        GuardedMemory[] guarded = new GuardedMemory[each];
        for (int i = 0; i < each; i++) {
            guarded[i] = new GuardedMemory(LONGEST);
        }
        try (Arena arena = Arena.ofConfined()) {
            long pool = pool(arena);
            Coalescer coalescer = new Coalescer(arena, true);
            CountingSink sink = new CountingSink();
            long bytes = 0;
            for (long i = 0; i < inputs; i += each) {
                for (int k = 0; k < each; k++) {
                    int length = 20 + random.nextInt(LONGEST - 40);
                    long packet = guarded[k].end() - length;
                    Memory.copy(pool + random.nextInt(1 << 12), packet, length);
                    makePlausible(packet, length);
                    int confirmed = IpHeader.packetLength(packet, length);
                    if (confirmed > 0) {
                        coalescer.add(packet, confirmed);
                        bytes += confirmed;
                    }
                }
                assertThat(coalescer.flush(sink)).isZero();
            }
            System.out.println(sink.frames + " frames of " + bytes + " bytes in packets, check sum " + sink.sum);
            assertThat(sink.frames).isGreaterThan(inputs / 20);
            assertThat(sink.bytes).isLessThanOrEqualTo(bytes + sink.frames * VirtioHeader.SIZE);
        } finally {
            for (GuardedMemory memory : guarded) {
                memory.free();
            }
        }
    }

    /** Touches the first and the last byte of every piece. */
    private static final class CountingSink implements FrameSink {
        private long frames;
        private long bytes;
        private int sum;

        @Override
        public boolean write(long frame, int length) {
            frames++;
            bytes += length;
            sum += Memory.getByte(frame);
            sum += Memory.getByte(frame + length - 1);
            return true;
        }

        @Override
        public boolean writev(long iovecs, int count) {
            frames++;
            for (int i = 0; i < count; i++) {
                long length = Memory.getLongLe(iovecs + 16L * i + 8);
                bytes += length;
                sum += Memory.getByte(Memory.getLongLe(iovecs + 16L * i));
                sum += Memory.getByte(Memory.getLongLe(iovecs + 16L * i) + length - 1);
            }
            return true;
        }
    }
}
