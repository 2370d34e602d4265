package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.wire.Memory;

/**
 * A decapsulation key of ML-KEM-768 (FIPS 203), by the JDK. Between its making and its use it is kept off the heap, in
 * the form the JDK writes it in. While the JDK works, its own objects hold key and secret on the heap, out of our
 * reach. One thread at a time; the owner closes it, which zeroes the key.
 */
public final class MlKem768 implements AutoCloseable {
    public static final int ENCAPSULATION_KEY_LENGTH = 1184;
    public static final int CIPHERTEXT_LENGTH = 1088;
    public static final int SECRET_LENGTH = KeyVault.KEY_LENGTH;

    private static final String ALGORITHM = "ML-KEM";

    /**
     * SubjectPublicKeyInfo of id-alg-ml-kem-768 up to the key itself (RFC 5280 §4.1, NIST's OID
     * 2.16.840.1.101.3.4.4.2).
     */
    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

    private final Arena arena = Arena.ofAuto();
    private final byte[] encapsulationKey;
    private final long encoded;
    private final int encodedLength;
    private boolean closed;

    private MlKem768(byte[] encapsulationKey, byte[] privateEncoding) {
        this.encapsulationKey = encapsulationKey;
        encodedLength = privateEncoding.length;
        encoded = Memory.allocate(arena, encodedLength);
        Memory.copy(privateEncoding, 0, encoded, encodedLength);
    }

    /** A fresh key: 32 random bytes d, then 32 random bytes z. */
    public static MlKem768 generate(Entropy entropy) {
        byte[] privateEncoding = {};
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ML_KEM_768, new EntropyRandom(entropy));
            KeyPair pair = generator.generateKeyPair();
            byte[] publicEncoding = pair.getPublic().getEncoded();
            privateEncoding = pair.getPrivate().getEncoded();
            if (!Arrays.equals(publicEncoding, 0, PUBLIC_PREFIX.length, PUBLIC_PREFIX, 0, PUBLIC_PREFIX.length)) {
                throw new IllegalStateException("the JDK writes ML-KEM keys in another form than RFC 5280's");
            }
            return new MlKem768(
                    Arrays.copyOfRange(publicEncoding, PUBLIC_PREFIX.length, publicEncoding.length), privateEncoding);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ML-KEM-768", e);
        } finally {
            Arrays.fill(privateEncoding, (byte) 0);
        }
    }

    /**
     * Makes a secret for the holder of an encapsulation key, out of 32 random bytes.
     *
     * @param key 1184 bytes at {@code offset}
     * @param secret address of 32 bytes
     * @return the ciphertext, 1088 bytes; null when the key fails the checks of FIPS 203 §7.2
     */
    public static byte @Nullable [] encapsulate(Entropy entropy, byte[] key, int offset, long secret) {
        byte[] encoding = Arrays.copyOf(PUBLIC_PREFIX, PUBLIC_PREFIX.length + ENCAPSULATION_KEY_LENGTH);
        System.arraycopy(key, offset, encoding, PUBLIC_PREFIX.length, ENCAPSULATION_KEY_LENGTH);
        try {
            KEM.Encapsulated made = KEM.getInstance(ALGORITHM)
                    .newEncapsulator(
                            KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoding)),
                            null,
                            new EntropyRandom(entropy))
                    .encapsulate();
            store(made.key(), secret);
            return made.encapsulation();
        } catch (InvalidKeyException | InvalidKeySpecException refused) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ML-KEM-768", e);
        }
    }

    /** The 1184 bytes of the public half; a copy. */
    public byte[] encapsulationKey() {
        return encapsulationKey.clone();
    }

    /**
     * Writes the secret of a ciphertext. One that was not made for this key gives another secret, not an error (FIPS
     * 203 §6.3).
     *
     * @param secret address of 32 bytes
     * @return false when the ciphertext has another length than 1088 (FIPS 203 §7.3)
     */
    public boolean decapsulate(byte[] ciphertext, long secret) {
        if (closed) {
            throw new IllegalStateException("decapsulation key is closed");
        }
        byte[] encoding = new byte[encodedLength];
        try {
            Memory.copy(encoded, encoding, 0, encodedLength);
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoding));
            store(KEM.getInstance(ALGORITHM).newDecapsulator(key).decapsulate(ciphertext), secret);
            return true;
        } catch (DecapsulateException refused) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK does not take its own ML-KEM key", e);
        } finally {
            Arrays.fill(encoding, (byte) 0);
        }
    }

    @Override
    public void close() {
        closed = true;
        Memory.fill(encoded, encodedLength, 0);
    }

    /** Where the key lies, for tests: the JDK's encoding, which ends with the expanded key. */
    long encodedEnd() {
        return encoded + encodedLength;
    }

    private static void store(SecretKey key, long secret) {
        byte[] bytes = key.getEncoded();
        try {
            Memory.copy(bytes, 0, secret, SECRET_LENGTH);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The JDK draws its coins from our source. */
    @SuppressWarnings("serial") // never written
    private static final class EntropyRandom extends SecureRandom {
        private EntropyRandom(Entropy entropy) {
            super(new EntropySpi(entropy), null);
        }
    }

    @SuppressWarnings("serial") // never written
    private static final class EntropySpi extends SecureRandomSpi {
        private final transient Entropy entropy;

        private EntropySpi(Entropy entropy) {
            this.entropy = entropy;
        }

        /** Nobody asks for it, and nobody may have a say in our numbers. */
        @Override
        protected void engineSetSeed(byte[] seed) {
            throw new UnsupportedOperationException("the source of random numbers seeds itself");
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            entropy.fill(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            entropy.fill(seed);
            return seed;
        }
    }
}
