package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** Wycheproof's attacks on ChaCha20-Poly1305 against every implementation that works here. */
final class AeadVectorsTest {
    private static final int ONLY_LEGAL_NONCE_BITS = 96;

    private final OffHeap memory = new OffHeap();

    static Stream<Arguments> implementations() {
        return Stream.concat(
                Aeads.all().stream().map(aeads -> new Arguments(aeads.name(), key -> new Bound(aeads, key))),
                Stream.of(new Arguments("handshake", Handshake::new)));
    }

    record Arguments(String name, Factory factory) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Factory {
        Subject create(long key);
    }

    /** The construction as the vectors need it; {@code open} gives nothing where the tag is wrong. */
    interface Subject extends AutoCloseable {
        byte[] seal(int prefix, long counter, byte[] additional, byte[] plaintext);

        List<byte[]> open(int prefix, long counter, byte[] additional, byte[] sealed);

        @Override
        void close();
    }

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithWycheproof(Arguments arguments) {
        JsonNode file = Vectors.thirdParty("wycheproof/chacha20_poly1305_test.json");
        int ran = 0;
        int illegalNonces = 0;
        for (JsonNode group : file.get("testGroups")) {
            for (JsonNode vector : group.get("tests")) {
                ran++;
                if (group.get("ivSize").asInt() != ONLY_LEGAL_NONCE_BITS) {
                    assertThat(vector.get("result").asString()).isEqualTo("invalid");
                    illegalNonces++;
                    continue;
                }
                try (Subject subject = arguments.factory.create(memory.put(hex(vector, "key")))) {
                    check(subject, vector);
                }
            }
        }
        assertThat(ran).isEqualTo(file.get("numberOfTests").asInt()).isEqualTo(325);
        // A nonce of another length cannot be expressed: it is a prefix of 32 bits and a counter of 64.
        assertThat(illegalNonces).isEqualTo(9);
    }

    private void check(Subject subject, JsonNode vector) {
        String which = vector.get("tcId") + " " + vector.get("comment");
        byte[] nonce = hex(vector, "iv");
        long nonceAddress = memory.put(nonce);
        int prefix = Memory.getIntLe(nonceAddress);
        long counter = Memory.getLongLe(nonceAddress + 4);
        byte[] additional = hex(vector, "aad");
        byte[] plaintext = hex(vector, "msg");
        byte[] ciphertext = hex(vector, "ct");
        byte[] tag = hex(vector, "tag");
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
        System.arraycopy(tag, 0, sealed, ciphertext.length, tag.length);
        List<byte[]> opened = subject.open(prefix, counter, additional, sealed);
        switch (vector.get("result").asString()) {
            case "valid" -> {
                assertThat(opened).as(which).containsExactly(plaintext);
                assertThat(subject.seal(prefix, counter, additional, plaintext))
                        .as(which)
                        .isEqualTo(sealed);
            }
            case "invalid" -> assertThat(opened).as(which).isEmpty();
            default -> throw new AssertionError("unknown result: " + which);
        }
    }

    @Test
    void everyCipherLibraryOfThisMachineIsAmongThem() {
        assertThat(implementations().map(Arguments::name)).contains("jdk", "handshake");
        if (Libcrypto.has("OSSL_PROVIDER_query_operation")) {
            assertThat(implementations().map(Arguments::name)).contains("provider", "evp");
        }
    }

    private static final class Bound implements Subject {
        private final Rfc8439Aead aead;

        Bound(Aeads aeads, long key) {
            aead = aeads.create(key);
        }

        @Override
        public byte[] seal(int prefix, long counter, byte[] additional, byte[] plaintext) {
            try (OffHeap memory = new OffHeap()) {
                int sealedLength = plaintext.length + Aead.TAG_LENGTH;
                long out = memory.allocate(sealedLength);
                aead.seal(
                        prefix,
                        counter,
                        memory.put(additional),
                        additional.length,
                        memory.put(plaintext),
                        plaintext.length,
                        0,
                        out);
                return OffHeap.get(out, sealedLength);
            }
        }

        @Override
        public List<byte[]> open(int prefix, long counter, byte[] additional, byte[] sealed) {
            try (OffHeap memory = new OffHeap()) {
                long at = memory.put(sealed);
                boolean genuine =
                        aead.open(prefix, counter, memory.put(additional), additional.length, at, sealed.length, at);
                return genuine ? List.of(OffHeap.get(at, sealed.length - Aead.TAG_LENGTH)) : List.of();
            }
        }

        @Override
        public void close() {
            aead.close();
        }
    }

    private static final class Handshake implements Subject {
        private final ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        private final long key;

        Handshake(long key) {
            this.key = key;
        }

        @Override
        public byte[] seal(int prefix, long counter, byte[] additional, byte[] plaintext) {
            byte[] out = new byte[plaintext.length + Aead.TAG_LENGTH];
            cipher.seal(key, prefix, counter, plaintext, 0, plaintext.length, additional, 0, additional.length, out, 0);
            return out;
        }

        @Override
        public List<byte[]> open(int prefix, long counter, byte[] additional, byte[] sealed) {
            byte[] out = new byte[sealed.length - Aead.TAG_LENGTH];
            boolean genuine = cipher.open(
                    key, prefix, counter, sealed, 0, sealed.length, additional, 0, additional.length, out, 0);
            return genuine ? List.of(out) : List.of();
        }

        @Override
        public void close() {}
    }
}
