package skyawg.awgd.mesh;

import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;
import skyawg.control.mesh.MeshConfigException;
import skyawg.control.mesh.RecordLines;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/** Reads fields of requests, and says what is wrong with them. */
final class RequestFields {
    private RequestFields() {}

    static PublicKey key(Map<String, String> with) throws ControlException {
        try {
            return PublicKey.parseBase64(String.valueOf(with.get("key")));
        } catch (IllegalArgumentException e) {
            throw badRequest("a node's key has 44 characters of base64: '" + with.get("key") + "'");
        }
    }

    static List<AddressedRecord> records(String text) throws ControlException {
        try {
            return RecordLines.read(text, "records");
        } catch (MeshConfigException e) {
            throw badRequest(e.text());
        }
    }

    static ControlException unknownNode(PublicKey key) {
        return new ControlException(
                ControlException.UNKNOWN_NODE,
                "no node with the key " + key.toBase64() + " is known",
                "'sky-route record show' lists those that are");
    }

    static ControlException unknownTunnel(String name) {
        return new ControlException(
                ControlException.UNKNOWN_TUNNEL,
                "no tunnel '" + name + "'",
                "'sky-route tunnel ls' lists those that are");
    }

    static ControlException badRequest(String message) {
        return new ControlException(ControlException.BAD_REQUEST, message, "");
    }
}
