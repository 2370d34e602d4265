package skyawg.datapath.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.wire.Memory;

final class StagedFramesTest {
    private static final int MAX_FRAMES = 128;
    private static final int MEBIBYTE = 1 << 20;

    private final Arena arena = Arena.ofConfined();
    private final long frame = Memory.allocate(arena, 2 * MEBIBYTE);
    private final StagedFrames staged = new StagedFrames();

    @AfterEach
    void free() {
        arena.close();
    }

    private int add(int number, int length) {
        Memory.putByte(frame, number);
        return staged.add(frame, length);
    }

    @SuppressWarnings("NullAway") // the caller knows that there is one
    private byte[] take() {
        return staged.take();
    }

    @Test
    void keepsTheNewest128FramesInOrder() {
        for (int i = 0; i < 200; i++) {
            assertThat(add(i, 100 + i)).isEqualTo(i < MAX_FRAMES ? 0 : 1);
        }
        assertThat(staged.size()).isEqualTo(MAX_FRAMES);
        for (int i = 200 - MAX_FRAMES; i < 200; i++) {
            byte[] oldest = take();
            assertThat(oldest).hasSize(100 + i);
            assertThat(oldest[0]).isEqualTo((byte) i);
        }
        assertThat(staged.isEmpty()).isTrue();
        assertThat(staged.take()).isNull();
    }

    @Test
    void keepsNoMoreThanAMebibyteButAlwaysTheNewestFrame() {
        int large = 65_000;
        int fitting = MEBIBYTE / large;
        int dropped = 0;
        for (int i = 0; i < 40; i++) {
            dropped += add(i, large);
        }
        assertThat(staged.size()).isEqualTo(fitting);
        assertThat(dropped).isEqualTo(40 - fitting);
        assertThat(add(99, MEBIBYTE + 1)).isEqualTo(fitting);
        assertThat(staged.size()).isEqualTo(1);
        assertThat(take()[0]).isEqualTo((byte) 99);
    }

    @Test
    void countsBytesAnewAfterClearAndTake() {
        add(1, MEBIBYTE);
        staged.clear();
        assertThat(staged.isEmpty()).isTrue();
        assertThat(add(2, MEBIBYTE)).isZero();
        take();
        assertThat(add(3, MEBIBYTE)).isZero();
    }
}
