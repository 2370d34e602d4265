package skyawg.protocol.setup;

import skyawg.protocol.names.PublicKey;

/**
 * One hop of a path to be set up, as the ingress knows it from the hop's node record.
 *
 * @param node its key S
 * @param mediumTerm its key M
 * @param keyId of M, 0 to 255
 * @param request for this hop
 */
public record PathHop(PublicKey node, PublicKey mediumTerm, int keyId, Request request) {
    public PathHop {
        RequestCodec.checkWidth("key id", keyId, 0xff);
    }
}
