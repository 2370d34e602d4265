package skyawg.mesh.lsp;

import skyawg.protocol.record.RecordDigest;

/**
 * What a node says of itself in every reply, and whether it carries others' paths.
 *
 * @param isTransit whether it offers transit
 * @param digest of its node record
 * @param previousDigest of the record before, for an hour; {@link RecordDigest#NONE} for none
 */
public record Consent(boolean isTransit, RecordDigest digest, RecordDigest previousDigest) {}
