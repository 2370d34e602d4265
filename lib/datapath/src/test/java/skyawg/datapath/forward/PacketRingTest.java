package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import skyawg.protocol.wire.Memory;

final class PacketRingTest {
    private static final int SLOTS = 8;
    private static final int HEADROOM = 10;
    private static final int LONGEST = 64;

    private final Arena arena = Arena.ofAuto();
    private final long packet = Memory.allocate(arena, LONGEST + 1);
    private final PacketRing<String> ring = new PacketRing<>(arena, SLOTS, HEADROOM, LONGEST);

    private boolean put(int number, int length) {
        Memory.putIntLe(packet, number);
        Memory.putByte(packet + length - 1, number);
        return ring.put("of " + number, packet, length);
    }

    private void assertOldestIs(int number, int length) {
        assertThat(ring.companion()).isEqualTo("of " + number);
        assertThat(ring.length()).isEqualTo(length);
        assertThat(Memory.getIntLe(ring.packet())).isEqualTo(number);
        assertThat(Memory.getByte(ring.packet() + length - 1)).isEqualTo((byte) number);
    }

    @Test
    void keepsOrderAndRefusesWhenFull() {
        int taken = 0;
        int given = 0;
        for (int round = 0; round < 5; round++) {
            while (put(given, 20 + given)) {
                given++;
            }
            assertThat(ring.size()).isEqualTo(SLOTS);
            for (int i = 0; i < 3; i++) {
                assertOldestIs(taken, 20 + taken);
                ring.remove();
                taken++;
            }
        }
        assertThat(ring.size()).isEqualTo(SLOTS - 3);
    }

    @Test
    void refusesWhatIsLongerThanASlot() {
        assertThat(put(1, LONGEST)).isTrue();
        assertThat(put(2, LONGEST + 1)).isFalse();
        assertThat(ring.size()).isEqualTo(1);
    }

    @Test
    void whatIsWrittenInFrontOfAPacketTouchesNoOther() {
        for (int i = 0; i < SLOTS; i++) {
            assertThat(put(i, LONGEST)).isTrue();
        }
        for (int i = 0; i < SLOTS; i++) {
            Memory.fill(ring.packet() - HEADROOM, HEADROOM, 0xff);
            assertOldestIs(i, LONGEST);
            ring.remove();
        }
    }
}
