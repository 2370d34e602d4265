package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** X25519 in every implementation that works here, and the keys on top of it. */
final class X25519Test {
    private final OffHeap memory = new OffHeap();
    private long cellsBefore;

    static List<X25519Function> functions() {
        return Stream.of(X25519Function.best(), new BouncyX25519()).toList();
    }

    @BeforeEach
    void countCells() {
        cellsBefore = KeyVault.liveCells();
    }

    @AfterEach
    void freeMemory() {
        memory.close();
        assertThat(KeyVault.liveCells()).as("leaked key cells").isEqualTo(cellsBefore);
    }

    @Test
    void libcryptoIsTakenWhereItIs() {
        if (Libcrypto.has("OSSL_PROVIDER_query_operation")) {
            assertThat(X25519Function.best()).isInstanceOf(ProviderX25519.class);
        } else {
            assertThat(X25519Function.best()).isInstanceOf(BouncyX25519.class);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void passesTheSelfTest(X25519Function function) {
        assertThat(X25519SelfTest.passes(function)).isTrue();
    }

    /** "acceptable" holds low-order points and non-canonical coordinates: the result must be the listed one. */
    @ParameterizedTest
    @MethodSource("functions")
    void agreesWithWycheproof(X25519Function function) {
        JsonNode file = Vectors.thirdParty("wycheproof/x25519_test.json");
        int ran = 0;
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                byte[] scalar = hex(vector, "private");
                X25519Keys.clamp(scalar);
                long out = memory.allocate(32);
                function.multiply(memory.put(scalar), memory.put(hex(vector, "public")), out);
                assertThat(OffHeap.hex(out, 32))
                        .as(vector.get("tcId") + " " + vector.get("comment"))
                        .isEqualTo(vector.get("shared").asString());
                ran++;
            }
        }
        assertThat(ran).isEqualTo(file.get("numberOfTests").asInt()).isEqualTo(518);
    }

    @Test
    void keysAgreeWithWycheproofAndRefuseZero() {
        JsonNode file = Vectors.thirdParty("wycheproof/x25519_test.json");
        int ran = 0;
        int refused = 0;
        long out = memory.allocate(32);
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                String expected = vector.get("shared").asString();
                boolean zero = expected.equals("0".repeat(64));
                try (Secret secret = Secret.owning(hex(vector, "private"));
                        DhKey key = DhKey.load(secret)) {
                    assertThat(key.agree(hex(vector, "public"), 0, out)).isEqualTo(!zero);
                    assertThat(OffHeap.hex(out, 32)).isEqualTo(expected);
                }
                refused += zero ? 1 : 0;
                ran++;
            }
        }
        assertThat(ran).isEqualTo(518);
        assertThat(refused).as("low-order points among them").isEqualTo(LOW_ORDER_VECTORS);
    }

    private static final int LOW_ORDER_VECTORS = 31;

    /** The points of order 1, 2, 4 and 8 with their non-canonical spellings (RFC 7748 §7, Bernstein's list). */
    @ParameterizedTest
    @MethodSource("functions")
    void everyLowOrderPointGivesZero(X25519Function function) {
        String[] points = {
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
        };
        byte[] scalar = new byte[32];
        new Random(1).nextBytes(scalar);
        X25519Keys.clamp(scalar);
        long out = memory.allocate(32);
        for (String hex : points) {
            for (int highBit : new int[] {0, 0x80}) {
                byte[] point = HexFormat.of().parseHex(hex);
                point[31] |= (byte) highBit;
                Memory.fill(out, 32, 0x55);
                function.multiply(memory.put(scalar), memory.put(point), out);
                assertThat(KeyVault.isZero(out)).as(hex).isTrue();
            }
        }
    }

    @Property(tries = 100)
    void implementationsAgree(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] scalar = new byte[32];
        byte[] point = new byte[32];
        random.nextBytes(scalar);
        random.nextBytes(point);
        X25519Keys.clamp(scalar);
        try (OffHeap mine = new OffHeap()) {
            long scalarAt = mine.put(scalar);
            long pointAt = mine.put(point);
            long out = mine.allocate(64);
            X25519Function.best().multiply(scalarAt, pointAt, out);
            new BouncyX25519().multiply(scalarAt, pointAt, out + 32);
            assertThat(OffHeap.hex(out, 32)).isEqualTo(OffHeap.hex(out + 32, 32));
            assertThat(OffHeap.get(scalarAt, 32)).isEqualTo(scalar);
            assertThat(OffHeap.get(pointAt, 32)).isEqualTo(point);
        }
    }

    @Test
    void twoGeneratedKeysShareASecret() {
        Entropy entropy = new SeededEntropy(3);
        byte[] alicePublic = new byte[40];
        byte[] bobPublic = new byte[32];
        byte[] padded = new byte[40];
        long first = memory.allocate(32);
        long second = memory.allocate(32);
        try (DhKey alice = DhKey.generate(entropy);
                DhKey bob = DhKey.generate(entropy)) {
            alice.publicKey(alicePublic);
            bob.publicKey(bobPublic);
            System.arraycopy(bobPublic, 0, padded, 8, 32);
            assertThat(alice.agree(padded, 8, first)).isTrue();
            assertThat(bob.agree(alicePublic, 0, second)).isTrue();
            assertThat(OffHeap.get(first, 32)).isEqualTo(OffHeap.get(second, 32));
            assertThat(bobPublic).isNotEqualTo(Arrays.copyOf(alicePublic, 32));
        }
    }

    @Test
    void revealedKeyIsTheClampedOneAndMakesTheSamePublicKey() {
        byte[] raw = new byte[32];
        Arrays.fill(raw, (byte) 0xff);
        byte[] publicKey = new byte[32];
        try (Secret secret = Secret.owning(raw);
                DhKey key = DhKey.load(secret);
                Secret revealed = key.reveal()) {
            key.publicKey(publicKey);
            assertThat(revealed.revealHex()).startsWith("f8").endsWith("7f");
            assertThat(X25519Keys.publicKey(revealed)).isEqualTo(PublicKey.of(publicKey));
            assertThat(X25519Keys.publicKey(secret)).isEqualTo(PublicKey.of(publicKey));
        }
    }

    @Test
    void refusesToWorkAfterClosing() {
        DhKey key = DhKey.generate(new SeededEntropy(4));
        key.close();
        key.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> key.agree(new byte[32], 0, 0))
                .withMessage("private key is closed");
        assertThatIllegalStateException().isThrownBy(key::reveal);
    }

    @Test
    void toolsGenerateClampedKeysThatDiffer() {
        try (Secret first = X25519Keys.generate();
                Secret second = X25519Keys.generate();
                Secret preshared = X25519Keys.generatePresharedKey()) {
            byte[] bytes = new byte[32];
            first.copyTo(bytes, 0);
            assertThat(bytes[0] & 7).isZero();
            assertThat(bytes[31] & 0xc0).isEqualTo(0x40);
            assertThat(first).isNotEqualTo(second);
            assertThat(preshared).isNotEqualTo(first);
        }
    }
}
