/**
 * The initiator's half of a plain WireGuard handshake, made ahead for many peers, and the rate at which they are
 * answered.
 */
@NullMarked
package skyawg.lab.handshake;

import org.jspecify.annotations.NullMarked;
