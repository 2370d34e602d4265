package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Secret;
import skyawg.protocol.wire.Memory;

final class KeyVaultTest {
    private long cellsBefore;

    @BeforeEach
    void countCells() {
        cellsBefore = KeyVault.liveCells();
    }

    @AfterEach
    void noCellIsLeaked() {
        assertThat(KeyVault.liveCells()).isEqualTo(cellsBefore);
    }

    @Test
    void storesAndRevealsASecret() {
        try (Secret secret = Secret.parseHex("0123456789abcdef".repeat(4))) {
            long cell = KeyVault.store(secret);
            assertThat(KeyVault.liveCells()).isEqualTo(cellsBefore + 1);
            try (Secret revealed = KeyVault.reveal(cell)) {
                assertThat(revealed).isEqualTo(secret);
            }
            assertThat(KeyVault.isZero(cell)).isFalse();
            KeyVault.release(cell);
        }
    }

    @Test
    void zeroesACellWhenItIsGivenBack() {
        long cell = KeyVault.allocate();
        Memory.fill(cell, KeyVault.KEY_LENGTH, 0xff);
        KeyVault.release(cell);
        assertThat(OffHeap.get(cell, KeyVault.KEY_LENGTH)).isEqualTo(new byte[32]);
    }

    @Test
    void handsOutZeroedCells() {
        for (int round = 0; round < 3; round++) {
            long cell = KeyVault.allocate();
            assertThat(KeyVault.isZero(cell)).isTrue();
            Memory.fill(cell, KeyVault.KEY_LENGTH, 0x77);
            KeyVault.release(cell);
        }
    }

    @Test
    void anyBitMakesACellNonZero() {
        long cell = KeyVault.allocate();
        for (int bit = 0; bit < 256; bit++) {
            Memory.putByte(cell + bit / 8, 1 << bit % 8);
            assertThat(KeyVault.isZero(cell)).isFalse();
            Memory.putByte(cell + bit / 8, 0);
        }
        assertThat(KeyVault.isZero(cell)).isTrue();
        KeyVault.release(cell);
    }

    @Test
    void detectsADoubleReleaseAndAnAddressThatIsNoCell() {
        long cell = KeyVault.allocate();
        KeyVault.release(cell);
        assertThatIllegalStateException().isThrownBy(() -> KeyVault.release(cell));
        assertThatIllegalStateException().isThrownBy(() -> KeyVault.release(0));
        long other = KeyVault.allocate();
        assertThatIllegalStateException().isThrownBy(() -> KeyVault.release(other + 8));
        KeyVault.release(other);
    }

    @Test
    void cellsAreApartAndGrowBeyondAChunk() {
        List<long[]> chunks = new ArrayList<>();
        KeyVault.watchChunks((address, length) -> chunks.add(new long[] {address, length}));
        int known = chunks.size();
        Set<Long> cells = new HashSet<>();
        // More than all chunks hold that there are: other tests of this process may have left thousands of free cells.
        long held = chunks.stream().mapToLong(chunk -> chunk[1] / 64).sum();
        for (long i = 0; i <= held; i++) {
            long cell = KeyVault.allocate();
            assertThat(cell % 64).isZero();
            assertThat(cells.add(cell)).isTrue();
        }
        assertThat(chunks).hasSizeGreaterThan(known);
        assertThat(cells)
                .allSatisfy(cell ->
                        assertThat(chunks).anyMatch(chunk -> cell >= chunk[0] && cell + 64 <= chunk[0] + chunk[1]));
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk[0] % 4096).isZero());
        cells.forEach(KeyVault::release);
    }

    @Test
    void threadsNeverShareACell() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int task = 1; task <= 4; task++) {
                int mark = task;
                tasks.add(() -> ownsItsCells(mark));
            }
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    private static boolean ownsItsCells(int mark) {
        boolean own = true;
        for (int i = 0; i < 20_000; i++) {
            long cell = KeyVault.allocate();
            own &= KeyVault.isZero(cell);
            Memory.putLongLe(cell, mark);
            Thread.onSpinWait();
            own &= Memory.getLongLe(cell) == mark;
            KeyVault.release(cell);
        }
        return own;
    }
}
