package skyawg.protocol.setup;

import static skyawg.protocol.vectors.Vectors.hex;

import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.vectors.PrescribedEntropy;
import tools.jackson.databind.JsonNode;

/**
 * One hop of a recorded set-up: what it has and draws.
 *
 * @param path what the whole set-up begins with
 */
record RecordedHop(JsonNode in, JsonNode out, JsonNode path) {
    private static final int BOTTOM_AND_TTL = 0x140;

    byte[] networkId() {
        return hex(path, "network_id");
    }

    PublicKey node() {
        return PublicKey.of(hex(out, "S"));
    }

    PublicKey mediumTerm() {
        return PublicKey.of(hex(out, "M"));
    }

    int keyId() {
        return in.get("key_id").asInt();
    }

    Request request() {
        return RequestCodec.read(hex(in, "request_record"));
    }

    ReplyRecord reply() {
        return ReplyRecord.read(hex(in, "reply_record"));
    }

    PathHop pathHop() {
        return new PathHop(node(), mediumTerm(), keyId(), request());
    }

    /** The label that the sender of the set-up to this hop gives, as an LSE. */
    int reverseLse() {
        return in.get("labels").get("reverse_from_sender").asInt() << 12 | BOTTOM_AND_TTL;
    }

    /** The label that this hop gives to the sender of the set-up, as an LSE. */
    int forwardLse() {
        return in.get("labels").get("forward_to_this").asInt() << 12 | BOTTOM_AND_TTL;
    }

    DhKey key(String field) {
        return load(in, field);
    }

    static DhKey load(JsonNode node, String field) {
        try (Secret secret = Secret.owning(hex(node, field))) {
            return DhKey.load(secret);
        }
    }

    long unixSeconds() {
        return switch (request()) {
            case TransitRequest transit -> transit.unixSeconds();
            case EgressRequest egress -> egress.unixSeconds();
            case UnreadableRequest unreadable -> throw new IllegalStateException("a recorded request is unreadable");
        };
    }

    MediumTermKeys mediumTermKeys() {
        return new MediumTermKeys(
                new PrescribedEntropy().thenNumber(keyId()).thenBytes(hex(in, "M_private")), unixSeconds());
    }

    /** @param entropy for what the hop draws when it answers */
    SetupHop hop(MediumTermKeys mediumTermKeys, PrescribedEntropy entropy) {
        return new SetupHop(
                networkId(),
                node(),
                mediumTermKeys,
                new ReplayFilter(new PrescribedEntropy().thenNumber(1)),
                new RequestRules(node(), DialableAddresses.GLOBAL),
                entropy);
    }
}
