package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.wire.Memory;

/** What each cipher promises by {@link Aead}, and that all of them make the same bytes. */
final class AeadTest {
    private static final int GUARD = 0xa5;

    static List<Aeads> all() {
        return Aeads.all();
    }

    static Stream<Aeads> allocationFree() {
        return Aeads.all().stream().filter(aeads -> !aeads.name().equals("jdk"));
    }

    @Property(tries = 300)
    void allSealAlikeAndOpenEachOther(
            @ForAll long seed,
            @ForAll long counter,
            @ForAll @IntRange(max = 2000) int length,
            @ForAll @IntRange(max = 80) int padding) {
        byte[] plaintext = randomBytes(seed, length);
        int sealedLength = length + padding + Aead.TAG_LENGTH;
        try (OffHeap memory = new OffHeap()) {
            long key = memory.put(randomBytes(~seed, 32));
            byte[] expected = {};
            for (Aeads aeads : all()) {
                try (Aead aead = aeads.create(key)) {
                    long from = guarded(memory, plaintext, sealedLength);
                    long apart = guarded(memory, new byte[0], sealedLength);
                    aead.seal(counter, from, length, padding, apart);
                    assertThat(OffHeap.get(from, length)).as("input is kept").isEqualTo(plaintext);
                    assertGuarded(from, length, sealedLength);
                    aead.seal(counter, from, length, padding, from);
                    byte[] sealed = OffHeap.get(apart, sealedLength);
                    assertThat(OffHeap.get(from, sealedLength))
                            .as("in place as apart")
                            .isEqualTo(sealed);
                    assertGuarded(from, sealedLength, sealedLength);
                    assertGuarded(apart, sealedLength, sealedLength);
                    assertThat(sealed).isEqualTo(expected.length == 0 ? sealed : expected);
                    expected = sealed;
                }
            }
            byte[] padded = Arrays.copyOf(plaintext, length + padding);
            for (Aeads aeads : all()) {
                try (Aead aead = aeads.create(key)) {
                    long sealed = memory.put(expected);
                    long apart = guarded(memory, new byte[0], sealedLength);
                    assertThat(aead.open(counter, sealed, sealedLength, apart)).isTrue();
                    assertThat(OffHeap.get(apart, length + padding)).isEqualTo(padded);
                    assertGuarded(apart, length + padding, sealedLength);
                    assertThat(OffHeap.get(sealed, sealedLength))
                            .as("input is kept")
                            .isEqualTo(expected);
                    assertThat(aead.open(counter, sealed, sealedLength, sealed)).isTrue();
                    assertThat(OffHeap.get(sealed, length + padding)).isEqualTo(padded);
                }
            }
        }
    }

    @Property(tries = 100)
    void refusesEveryOneBitForgery(@ForAll long seed, @ForAll @IntRange(max = 200) int length) {
        try (OffHeap memory = new OffHeap()) {
            long key = memory.put(randomBytes(seed, 32));
            int sealedLength = length + Aead.TAG_LENGTH;
            for (Aeads aeads : all()) {
                try (Aead aead = aeads.create(key)) {
                    long sealed = memory.put(Arrays.copyOf(randomBytes(~seed, length), sealedLength));
                    long out = memory.allocate(sealedLength);
                    aead.seal(7, sealed, length, 0, sealed);
                    for (int i = 0; i < sealedLength; i++) {
                        int bit = 1 << (i & 7);
                        Memory.putByte(sealed + i, Memory.getByte(sealed + i) ^ bit);
                        assertThat(aead.open(7, sealed, sealedLength, out)).isFalse();
                        Memory.putByte(sealed + i, Memory.getByte(sealed + i) ^ bit);
                    }
                    assertThat(aead.open(8, sealed, sealedLength, out)).isFalse();
                    assertThat(aead.open(7 ^ (1L << 63), sealed, sealedLength, out))
                            .isFalse();
                    assertThat(aead.open(7, sealed, sealedLength, out)).isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesWhatIsShorterThanATag(Aeads aeads) {
        try (OffHeap memory = new OffHeap();
                Aead aead = aeads.create(memory.allocate(32))) {
            long at = memory.allocate(64);
            for (int length = 0; length < Aead.TAG_LENGTH; length++) {
                assertThat(aead.open(0, at, length, at)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void padsWithThousandsOfZeros(Aeads aeads) {
        int padding = 6149;
        int sealedLength = 10 + padding + Aead.TAG_LENGTH;
        try (OffHeap memory = new OffHeap();
                Aead aead = aeads.create(memory.allocate(32))) {
            byte[] plaintext = randomBytes(1, 10);
            long out = memory.allocate(sealedLength);
            aead.seal(3, memory.put(plaintext), 10, padding, out);
            assertThat(aead.open(3, out, sealedLength, out)).isTrue();
            assertThat(OffHeap.get(out, 10 + padding)).isEqualTo(Arrays.copyOf(plaintext, 10 + padding));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepsItsOwnCopyOfTheKey(Aeads aeads) {
        try (OffHeap memory = new OffHeap()) {
            long key = memory.put(randomBytes(5, 32));
            long first = memory.allocate(16);
            long second = memory.allocate(16);
            try (Aead aead = aeads.create(key)) {
                aead.seal(1, first, 0, 0, first);
                Memory.fill(key, 32, 0);
                aead.seal(1, second, 0, 0, second);
                assertThat(OffHeap.get(second, 16)).isEqualTo(OffHeap.get(first, 16));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesToWorkAfterClosing(Aeads aeads) {
        try (OffHeap memory = new OffHeap()) {
            long at = memory.allocate(64);
            Aead aead = aeads.create(at);
            aead.close();
            aead.close();
            assertThatIllegalStateException().isThrownBy(() -> aead.seal(0, at, 1, 0, at));
            assertThatIllegalStateException().isThrownBy(() -> aead.open(0, at, 32, at));
        }
    }

    @ParameterizedTest
    @MethodSource("allocationFree")
    void allocatesNothingPerPacket(Aeads aeads) {
        try (OffHeap memory = new OffHeap();
                Aead aead = aeads.create(memory.put(randomBytes(9, 32)))) {
            long at = memory.allocate(2048);
            long out = memory.allocate(2048);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            // Rounds until one allocates nothing: before the JIT is done the interpreter makes objects, and what
            // allocates by itself does so in every round. 2000 bytes: a compilation that ends meanwhile costs a few.
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 20 && allocated >= 2000; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                sealAndOpen(aead, at, out, 100_000);
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).isLessThan(2000);
        }
    }

    private static void sealAndOpen(Aead aead, long at, long out, int times) {
        for (int i = 0; i < times; i++) {
            aead.seal(i, at, 100, i & 15, out);
            assertThatOpened(aead.open(i, out, 116 + (i & 15), out));
        }
    }

    private static void assertThatOpened(boolean opened) {
        if (!opened) {
            throw new AssertionError("a sealed packet did not open");
        }
    }

    @Test
    void bestIsTheFirstThatWorks() {
        assertThat(AeadLadder.LADDER.choose("")).isSameAs(Aeads.all().getFirst());
        assertThat(Aeads.best()).isSameAs(Aeads.best());
    }

    @Test
    void aNamedCipherIsChosenOrRefused() {
        assertThat(AeadLadder.LADDER.choose("jdk").name()).isEqualTo("jdk");
        assertThatIllegalStateException()
                .isThrownBy(() -> AeadLadder.LADDER.choose("rot13"))
                .withMessageContaining("rot13")
                .withMessageContaining("skyawg.cipher");
    }

    @Test
    void selfTestRefusesACipherThatIsWrong() {
        try (OffHeap memory = new OffHeap()) {
            long key = memory.allocate(32);
            try (Aead underAnotherKey = Aeads.best().create(key)) {
                assertThat(AeadSelfTest.passes(underAnotherKey, memory.allocate(AeadSelfTest.SCRATCH_LENGTH)))
                        .isFalse();
            }
        }
    }

    private static long guarded(OffHeap memory, byte[] content, int length) {
        long at = memory.allocate(length + 16);
        Memory.fill(at, length + 16L, GUARD);
        Memory.copy(content, 0, at, content.length);
        return at;
    }

    private static void assertGuarded(long at, int from, int length) {
        for (int i = from; i < length + 16; i++) {
            assertThat(Memory.getByte(at + i)).as("byte behind").isEqualTo((byte) GUARD);
        }
    }

    private static byte[] randomBytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
