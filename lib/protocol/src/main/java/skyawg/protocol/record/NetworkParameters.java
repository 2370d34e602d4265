package skyawg.protocol.record;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.wire.Memory;

/**
 * What all nodes of a network have in common, derived from its name and secret:
 *
 * <pre>
 *   prk = Extract("sky-mesh-1", secret or 32 zero bytes)     okm = Expand(prk, mesh name, 96)
 *   okm   0        32   HeaderProtectionKey
 *        32        32   preshared key of every mesh peer
 *        64        16   network id
 *        80         1   S1 = S2 = S3 = S4 = 20 + (byte mod 12)
 * </pre>
 *
 * <p>H1 to H4 are 1 to 4 and trailers are random; equal S and single H lose no packets, and the header protection hides
 * them. Whoever knows the name of a network without a secret can derive everything here.
 */
public final class NetworkParameters implements AutoCloseable {
    private static final byte[] SALT = "sky-mesh-1".getBytes(StandardCharsets.US_ASCII);
    private static final int OKM_LENGTH = 96;
    private static final int PSK_OFFSET = 32;
    private static final int ID_OFFSET = 64;
    private static final int PREFIX_OFFSET = 80;
    private static final int MIN_PREFIX = 20;
    private static final int PREFIXES = 12;

    private final Secret headerProtectionKey;
    private final Secret presharedKey;
    private final NetworkId id;
    private final int prefixLength;
    private final boolean isPublic;

    private NetworkParameters(
            Secret headerProtectionKey, Secret presharedKey, NetworkId id, int prefixLength, boolean isPublic) {
        this.headerProtectionKey = headerProtectionKey;
        this.presharedKey = presharedKey;
        this.id = id;
        this.prefixLength = prefixLength;
        this.isPublic = isPublic;
    }

    /**
     * The caller closes what it gets.
     *
     * @param secret null for a public network; stays the caller's to close
     */
    public static NetworkParameters derive(MeshName name, @Nullable Secret secret) {
        try (Arena arena = Arena.ofConfined();
                Secret input = secret == null ? Secret.zero() : secret.copy()) {
            long okm = Memory.allocate(arena, OKM_LENGTH);
            long key = KeyVault.store(input);
            Hkdf hkdf = new Hkdf();
            hkdf.extract(SALT, key, Secret.LENGTH, key);
            hkdf.expand(key, name.toBytes(), okm, OKM_LENGTH);
            KeyVault.release(key);
            int prefix = MIN_PREFIX + (Memory.getByte(okm + PREFIX_OFFSET) & 0xff) % PREFIXES;
            NetworkParameters parameters = new NetworkParameters(
                    secretAt(okm),
                    secretAt(okm + PSK_OFFSET),
                    new NetworkId(Memory.getLongBe(okm + ID_OFFSET), Memory.getLongBe(okm + ID_OFFSET + Long.BYTES)),
                    prefix,
                    secret == null);
            KeyVault.wipe(okm, OKM_LENGTH);
            return parameters;
        }
    }

    private static Secret secretAt(long address) {
        byte[] bytes = new byte[Secret.LENGTH];
        Memory.copy(address, bytes, 0, Secret.LENGTH);
        return Secret.owning(bytes);
    }

    /** The key itself, not a copy. */
    public Secret headerProtectionKey() {
        return headerProtectionKey;
    }

    /** Q, the preshared key of every peer. The key itself, not a copy. */
    public Secret presharedKey() {
        return presharedKey;
    }

    public NetworkId id() {
        return id;
    }

    /** S1 to S4: 20 to 31 bytes. */
    public int prefixLength() {
        return prefixLength;
    }

    /** True without a secret. */
    public boolean isPublic() {
        return isPublic;
    }

    /**
     * The mesh device's parameters: those of the network, and of the local ones those that the mesh needs. A handshake
     * is repeated after 1 to 2 s, or one lost message would cost a set-up; cookies are off where a secret keeps
     * strangers out. Among them is a copy of the header protection key, which the caller closes.
     */
    public Map<Parameter, ParameterValue> deviceParameters() {
        Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
        for (Parameter s : new Parameter[] {Parameter.S1, Parameter.S2, Parameter.S3, Parameter.S4}) {
            values.put(s, new ParameterValue.Range(UintRange.of(prefixLength)));
        }
        values.put(Parameter.HEADER_PROTECTION_KEY, new ParameterValue.Key(headerProtectionKey.copy()));
        values.put(Parameter.RANDOM_TRAILERS, new ParameterValue.Switch(true));
        values.put(Parameter.DISABLE_COOKIES, new ParameterValue.Switch(!isPublic));
        values.put(Parameter.REKEY_TIMEOUT, new ParameterValue.Range(new UintRange(1, 2)));
        return values;
    }

    /** Wipes both keys. */
    @Override
    public void close() {
        headerProtectionKey.close();
        presharedKey.close();
    }

    @Override
    public String toString() {
        return "network " + id;
    }
}
