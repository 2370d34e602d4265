package skyawg.skydiscover.discv5;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.crypto.SECP256K1.SecretKey;
import org.ethereum.beacon.discovery.crypto.DefaultSigner;
import org.ethereum.beacon.discovery.crypto.Signer;
import org.ethereum.beacon.discovery.util.Functions;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.DiscoveryRecord;

/**
 * The key under which this node is known in discovery: secp256k1, and none of the mesh's. Whoever has it can publish in
 * this node's name, which the node's replies would prove false; he can read nothing.
 */
public final class DiscoveryKey {
    private static final int LENGTH = 32;

    private final byte[] secret;
    private final Signer signer;

    private DiscoveryKey(byte[] secret) {
        this.secret = secret;
        this.signer = new DefaultSigner(SecretKey.fromBytes(Bytes32.wrap(secret)));
    }

    public static DiscoveryKey generate() {
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[LENGTH];
        while (true) {
            random.nextBytes(secret);
            try {
                return new DiscoveryKey(secret);
            } catch (IllegalArgumentException e) {
                // Zero, or not below the group's order: one in 2^127.
            }
        }
    }

    /** @throws IllegalArgumentException unless it is a key in hex */
    public static DiscoveryKey parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a discovery key has 64 hex digits");
        }
        return new DiscoveryKey(bytes);
    }

    /** The secret, for the state file. */
    public String revealHex() {
        return HexFormat.of().formatHex(secret);
    }

    Signer signer() {
        return signer;
    }

    /**
     * This node's ENR with its record.
     *
     * @param port4 of discovery over IPv4, 0 for none
     * @param port6 of discovery over IPv6, 0 for none
     */
    public Enr sign(long sequence, AddressedRecord published, int port4, int port6) {
        DiscoveryRecord content = new DiscoveryRecord(sequence, published, port4, port6);
        byte[] publicKey = signer.deriveCompressedPublicKeyFromPrivate().toArray();
        Bytes32 hash = Functions.hashKeccak(Bytes.wrap(content.content(publicKey)));
        return Enr.decode(content.signed(publicKey, signer.sign(hash).toArray()));
    }

    /** This node's ENR while it has nothing to publish: no record and no address. */
    public Enr signBare(long sequence) {
        return Enr.bare(sequence, signer);
    }
}
