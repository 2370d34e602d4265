package skyawg.protocol.setup;

import skyawg.protocol.names.PublicKey;

/**
 * What a node record says of a key M.
 *
 * @param id serial, mod 256
 * @param expiry unix seconds
 */
public record MediumTermKey(int id, PublicKey publicKey, long expiry) {}
