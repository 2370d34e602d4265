package skyawg.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Node records, digests, texts, and the discovery records around them, whose signatures verify. */
final class RecordVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    @Test
    void agreesWithEveryVector() {
        int cases = 0;
        for (JsonNode vector : Vectors.own("mesh/records.json").get("cases")) {
            String name = vector.get("name").asString();
            JsonNode in = vector.get("in");
            JsonNode out = vector.get("out");
            AddressedRecord entry = entry(in);
            assertThat(HEX.formatHex(entry.node().toBytes()))
                    .as(name)
                    .isEqualTo(out.get("record").asString());
            assertThat(entry.digest()).as(name).hasToString(out.get("digest").asString());
            assertThat(entry.toText()).as(name).isEqualTo(out.get("text").asString());
            assertThat(AddressedRecord.parse(out.get("text").asString())).isEqualTo(entry);
            assertThat(NodeRecord.decode(Vectors.hex(out, "record"), 0)).contains(entry.node());
            verifyDiscoveryRecord(name, in, entry, out.get("enr"));
            cases++;
        }
        assertThat(cases).isEqualTo(4);
    }

    private static AddressedRecord entry(JsonNode in) {
        NodeRecord node = new NodeRecord(
                in.get("roles").asInt(),
                in.get("capacity").asInt(),
                in.get("key_id").asInt(),
                NetworkId.of(Vectors.hex(in, "network_id"), 0).prefix(),
                PublicKey.of(Vectors.hex(in, "S")),
                PublicKey.of(Vectors.hex(in, "M")),
                in.get("expiry").asLong(),
                Integer.parseUnsignedInt(in.get("family").asString(), 16),
                in.get("port4").asInt(),
                in.get("port6").asInt());
        return new AddressedRecord(node, IpAddress.of(Vectors.hex(in, "ip4")), IpAddress.of(Vectors.hex(in, "ip6")));
    }

    private static void verifyDiscoveryRecord(String name, JsonNode in, AddressedRecord entry, JsonNode enr) {
        ECPoint point = CURVE.getG()
                .multiply(new BigInteger(1, Vectors.hex(in, "discovery_private")))
                .normalize();
        byte[] key = point.getEncoded(true);
        long sequence = in.get("seq").bigIntegerValue().longValue();
        DiscoveryRecord discovery = new DiscoveryRecord(
                sequence, entry, in.get("udp4").asInt(), in.get("udp6").asInt());
        byte[] content = discovery.content(key);
        byte[] signature = Vectors.hex(enr, "signature");
        byte[] signed = discovery.signed(key, signature);
        assertThat(HEX.formatHex(content)).as(name).isEqualTo(enr.get("content").asString());
        assertThat(HEX.formatHex(signed)).as(name).isEqualTo(enr.get("record").asString());
        assertThat(signed).hasSize(enr.get("size").asInt()).hasSizeLessThanOrEqualTo(DiscoveryRecord.MAX_LENGTH);
        assertThat(DiscoveryRecord.toText(signed))
                .as(name)
                .isEqualTo(enr.get("text").asString());
        assertThat(isSignature(point, content, signature)).as(name).isTrue();
        content[10] ^= 1;
        assertThat(isSignature(point, content, signature)).as(name).isFalse();
        byte[] uncompressed = point.getEncoded(false);
        byte[] nodeId = keccak256(Arrays.copyOfRange(uncompressed, 1, uncompressed.length));
        assertThat(HEX.formatHex(nodeId)).as(name).isEqualTo(enr.get("node_id").asString());
    }

    private static boolean isSignature(ECPoint key, byte[] content, byte[] signature) {
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, new ECPublicKeyParameters(key, new ECDomainParameters(CURVE)));
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        return verifier.verifySignature(keccak256(content), r, s);
    }

    private static byte[] keccak256(byte[] bytes) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }
}
