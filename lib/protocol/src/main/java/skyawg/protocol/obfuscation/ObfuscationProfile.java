package skyawg.protocol.obfuscation;

import skyawg.protocol.crypto.Entropy;

/**
 * One interface's parameters, compiled for the packet path: how to dress messages and how to tell received datagrams
 * apart. Immutable and shared between threads; a change of parameters makes a new one. No call allocates.
 *
 * <p>{@code datagram} is the address of a whole UDP payload, {@code message} that of a WireGuard message without
 * padding and trailer. The header protection key lies in memory that the caller owns and keeps as long as the profile
 * is used.
 */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class ObfuscationProfile {
    /** What a peer's window starts from, and falls back to when its address or port changes. */
    public static final int INITIAL_WINDOW = 500;

    /** Bytes of keystream that mask a transport header. */
    public static final int HEADER_KEYSTREAM_LENGTH = 16;

    /** Room that {@link #unmask} needs for a message. */
    public static final int MESSAGE_ROOM = 192;

    /** Room that {@link #dressHandshake} needs beyond the larger of window and padding. */
    public static final int DRESSING_ROOM = 192;

    private ObfuscationProfile() {}

    /**
     * Compiles a set.
     *
     * @param headerProtectionKey address of the set's header protection key, or 0 when the set has none
     * @throws IllegalArgumentException when {@link ParameterRules#refusals} is not empty
     */
    public static ObfuscationProfile compile(ParameterSet set, long headerProtectionKey) {
        throw new UnsupportedOperationException();
    }

    /** True when everything on the wire but decoys is as in plain WireGuard. */
    public boolean isPlain() {
        throw new UnsupportedOperationException();
    }

    public boolean isHeaderProtected() {
        throw new UnsupportedOperationException();
    }

    /** Address of the 32-byte key; 0 without header protection. */
    public long headerProtectionKey() {
        throw new UnsupportedOperationException();
    }

    public boolean hasRandomTrailers() {
        throw new UnsupportedOperationException();
    }

    /** False with DisableCookies: a message refused under load is then dropped without an answer. */
    public boolean sendsCookieReplies() {
        throw new UnsupportedOperationException();
    }

    /** Bytes in front of the message: S1 to S4. */
    public int padding(MessageType type) {
        throw new UnsupportedOperationException();
    }

    /** A type word for the next message of this type, drawn from H1 to H4. Unsigned. */
    public int drawTypeWord(MessageType type, Entropy entropy) {
        throw new UnsupportedOperationException();
    }

    public boolean accepts(MessageType type, int typeWord) {
        throw new UnsupportedOperationException();
    }

    /**
     * Which messages the datagram can be by size and type word: a set of {@link MessageType#bit}s, 0 for a decoy or
     * rubbish. Several bits are a question, not an answer: ask the keys. Order that loses nothing: transport first if
     * its receiver index is known, then initiation and response, each only if its mac1 is right, then a cookie reply if
     * its receiver index is known, then transport.
     *
     * @param keystream the datagram's 16 keystream bytes from {@link #headerKeystream}; not read without header
     *     protection
     */
    public int candidates(long datagram, int length, long keystream) {
        throw new UnsupportedOperationException();
    }

    /** The same, making the one word of keystream that it needs itself. */
    public int candidates(long datagram, int length) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the 16 keystream bytes that mask this datagram's transport header. The nonce is the datagram's first 12
     * bytes. Only with header protection, and a datagram of at least 12 bytes.
     */
    public void headerKeystream(long datagram, long keystream) {
        throw new UnsupportedOperationException();
    }

    /** Masks or unmasks the 16 bytes behind S4, in place, with keystream made already. */
    public void maskTransportHeader(long datagram, long keystream) {
        throw new UnsupportedOperationException();
    }

    /** Masks or unmasks the 16 bytes behind S4, in place. Nothing without header protection. */
    public void maskTransportHeader(long datagram) {
        throw new UnsupportedOperationException();
    }

    /**
     * Copies a handshake message or cookie reply out of a datagram that is a candidate for it, without padding, trailer
     * and mask. Its type word stays what the sender drew: both MACs cover it.
     *
     * @param messageOut {@link #MESSAGE_ROOM} bytes that may be overwritten
     */
    public void unmask(MessageType type, long datagram, long messageOut) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the datagram that carries a finished handshake message or cookie reply: padding, the message masked, a
     * trailer.
     *
     * @param to room for {@link #DRESSING_ROOM} bytes more than the larger of {@code window} and the padding; apart
     *     from the message
     * @param window the peer's window; {@link #INITIAL_WINDOW} for a cookie reply
     * @return length of the datagram
     */
    public int dressHandshake(MessageType type, long message, long to, int window, Entropy entropy) {
        throw new UnsupportedOperationException();
    }

    /** Writes the S4 random bytes in front of a transport message, fresh for each. */
    public void writeTransportPadding(long datagram, Entropy entropy) {
        throw new UnsupportedOperationException();
    }

    /**
     * How many zero bytes to put behind an inner packet before it is sealed. Calls for the same length may answer
     * differently: ask once for a run of equal packets that is to leave as one segmented send.
     *
     * @param innerLength 0 for a keepalive
     * @param mtu of the interface; 0 when unknown
     * @param window the peer's window
     */
    public int contentPadding(int innerLength, int mtu, int window, Entropy entropy) {
        throw new UnsupportedOperationException();
    }

    /** The peer's window after a transport message with this inner length was sent. */
    public int windowAfterSend(int window, int innerLength) {
        throw new UnsupportedOperationException();
    }

    /** The peer's window after a transport message with this plaintext, padding included, was received. */
    public int windowAfterReceive(int window, int plaintextLength) {
        throw new UnsupportedOperationException();
    }

    /** How many decoys go ahead of each initiation: signature packets and junk. */
    public int decoyCount() {
        throw new UnsupportedOperationException();
    }

    /** Room that {@link #writeDecoys} needs. */
    public int maxDecoyBytes() {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the decoys of one initiation back to back, in sending order: I1 to I5, then junk.
     *
     * @param to {@link #maxDecoyBytes} bytes
     * @param lengths takes the length of each, {@link #decoyCount} of them; a length may be 0
     * @param unixSeconds for the tag {@code <t>}
     * @return bytes written
     */
    public int writeDecoys(long to, int[] lengths, long unixSeconds, Entropy entropy) {
        throw new UnsupportedOperationException();
    }
}
