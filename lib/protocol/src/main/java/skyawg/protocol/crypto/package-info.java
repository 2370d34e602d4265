/**
 * The primitives, and the only place that touches a cipher library.
 *
 * <table>
 * <caption>Who does what</caption>
 * <tr><td>transport data</td><td>{@link skyawg.protocol.crypto.Aeads}: libcrypto by its provider's table, else by EVP,
 *     else the JDK's cipher</td></tr>
 * <tr><td>layers of the onion</td><td>{@link skyawg.protocol.crypto.RawCiphers}: by the same three roads, without
 *     authentication</td></tr>
 * <tr><td>key agreement</td><td>{@link skyawg.protocol.crypto.DhKey}: libcrypto, else Bouncy Castle; for tools that must
 *     start fast {@link skyawg.protocol.crypto.X25519Keys}</td></tr>
 * <tr><td>transcript, MACs, key derivation</td><td>{@link skyawg.protocol.crypto.Blake2s},
 *     {@link skyawg.protocol.crypto.Kdf}</td></tr>
 * <tr><td>the same in the mesh</td><td>{@link skyawg.protocol.crypto.Sha256},
 *     {@link skyawg.protocol.crypto.Hkdf}</td></tr>
 * <tr><td>handshake payloads, cookies</td><td>{@link skyawg.protocol.crypto.HandshakeAead},
 *     {@link skyawg.protocol.crypto.XChaCha20Poly1305}</td></tr>
 * <tr><td>header protection</td><td>{@link skyawg.protocol.crypto.ChaCha20Block} for one datagram,
 *     {@link skyawg.protocol.crypto.ChaCha20Lanes} for a batch</td></tr>
 * <tr><td>post-quantum key encapsulation</td><td>{@link skyawg.protocol.crypto.MlKem768}: the JDK's</td></tr>
 * <tr><td>random numbers</td><td>{@link skyawg.protocol.crypto.SystemEntropy}; in tests and simulations
 *     {@link skyawg.protocol.crypto.SeededEntropy}</td></tr>
 * </table>
 *
 * <p>Long-lived keys lie in the {@link skyawg.protocol.crypto.KeyVault}, off the heap, and are zeroed when given back;
 * what a key passes through is off the heap too and wiped before a call returns. A key is given as the address of its
 * 32 bytes. An object that holds state belongs to one thread at a time; the vault and the static methods to any.
 *
 * <p>Read on in {@code docs/adr}: 2 (foreign functions), 7 (header protection side by side), 13 (primitives of our
 * own).
 */
@NullMarked
package skyawg.protocol.crypto;

import org.jspecify.annotations.NullMarked;
