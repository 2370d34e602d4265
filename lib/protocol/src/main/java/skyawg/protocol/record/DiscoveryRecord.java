package skyawg.protocol.record;

import java.util.Base64;

/**
 * The Ethereum Node Record (EIP-778, identity scheme v4) in which a node record travels through discovery, under the
 * key {@code sky}. Whoever has the discovery key signs {@link #content}: keccak256 of it, by secp256k1.
 *
 * <p>Keys are in order: id, ip, ip6, secp256k1, sky, udp, udp6; those of a family without an address are left out. With
 * everything it is 266 bytes long, where 300 are allowed.
 *
 * @param sequence unsigned; grows with each change
 * @param published the node record and the addresses of {@code ip} and {@code ip6}
 * @param udp4 port of discovery over IPv4, 0 for none
 * @param udp6 port of discovery over IPv6, 0 for none
 */
public record DiscoveryRecord(long sequence, AddressedRecord published, int udp4, int udp6) {
    public static final int MAX_LENGTH = 300;
    public static final String SKY = "sky";

    private static final int KEY_LENGTH = 33;
    private static final int SIGNATURE_LENGTH = 64;

    public DiscoveryRecord {
        if (udp4 < 0 || udp4 > 0xffff || udp6 < 0 || udp6 > 0xffff) {
            throw new IllegalArgumentException("port is 0 to 65535: " + udp4 + ", " + udp6);
        }
    }

    /**
     * What is signed.
     *
     * @param discoveryKey compressed secp256k1 public key, 33 bytes
     */
    public byte[] content(byte[] discoveryKey) {
        Rlp rlp = new Rlp();
        appendFields(rlp, discoveryKey);
        return rlp.toList();
    }

    /**
     * The record with its signature.
     *
     * @param signature r and s, 64 bytes
     */
    public byte[] signed(byte[] discoveryKey, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            throw new IllegalArgumentException("a signature has 64 bytes, not " + signature.length);
        }
        Rlp rlp = new Rlp().string(signature);
        appendFields(rlp, discoveryKey);
        return rlp.toList();
    }

    /** {@code enr:} and base64url of a signed record. */
    public static String toText(byte[] signed) {
        return "enr:" + Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    private void appendFields(Rlp rlp, byte[] discoveryKey) {
        if (discoveryKey.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a compressed public key has 33 bytes, not " + discoveryKey.length);
        }
        boolean has4 = !published.ip4().equals(AddressedRecord.NO_IP4);
        boolean has6 = !published.ip6().equals(AddressedRecord.NO_IP6);
        rlp.number(sequence).text("id").text("v4");
        if (has4) {
            rlp.text("ip").string(published.ip4().toBytes());
        }
        if (has6) {
            rlp.text("ip6").string(published.ip6().toBytes());
        }
        rlp.text("secp256k1").string(discoveryKey);
        rlp.text(SKY).string(published.node().toBytes());
        if (has4 && udp4 != 0) {
            rlp.text("udp").number(udp4);
        }
        if (has6 && udp6 != 0) {
            rlp.text("udp6").number(udp6);
        }
    }
}
