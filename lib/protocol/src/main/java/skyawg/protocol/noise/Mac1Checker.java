package skyawg.protocol.noise;

import skyawg.protocol.obfuscation.MessageType;

/**
 * Tells whether a message was made by someone who knows our public key, for one keyed hash (WireGuard paper §5.4.4).
 */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class Mac1Checker {
    Mac1Checker() {}

    /**
     * Compares in constant time.
     *
     * @param type INITIATION or RESPONSE
     * @param message address of the message, unmasked, with the type word that was on the wire
     */
    public boolean isGenuine(MessageType type, long message) {
        throw new UnsupportedOperationException();
    }
}
