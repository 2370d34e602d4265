/**
 * The primitives, and the only place that touches a cipher library: libcrypto through foreign functions where it is
 * there, the JDK's cipher and Bouncy Castle where it is not.
 *
 * <p>Long-lived keys lie in the {@link skyawg.protocol.crypto.KeyVault}, off the heap, and are zeroed when given back.
 * A cipher context belongs to one thread.
 */
@NullMarked
package skyawg.protocol.crypto;

import org.jspecify.annotations.NullMarked;
