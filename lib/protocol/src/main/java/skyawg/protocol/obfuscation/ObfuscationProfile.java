package skyawg.protocol.obfuscation;

import java.util.List;
import skyawg.protocol.crypto.ChaCha20Block;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.wire.Memory;

/**
 * One interface's parameters, compiled for the packet path: how to dress messages and how to tell received datagrams
 * apart. Immutable and shared between threads; a change of parameters makes a new one. No call allocates.
 *
 * <pre>
 *   datagram
 *   | S random bytes        | message ...            | trailer (handshake messages, random trailers on) |
 *   | nonce, 12 |           | type word | ...        |
 *                           '--- masked: 148, 92, 64 or the first 16 bytes ---'
 * </pre>
 *
 * <p>{@code datagram} is the address of a whole UDP payload, {@code message} that of a WireGuard message without
 * padding and trailer. Header protection is an exclusive or with ChaCha20's key stream, block 0 on, so masking and
 * unmasking are the same. Its key lies in memory that the caller owns and keeps as long as the profile is used.
 */
public final class ObfuscationProfile {
    /** What a peer's window starts from, and falls back to when its address or port changes. */
    public static final int INITIAL_WINDOW = 500;

    /** Bytes of key stream that mask a transport header. */
    public static final int HEADER_KEYSTREAM_LENGTH = 16;

    /** Bytes that {@link #headerKeystream} may overwrite. */
    public static final int HEADER_KEYSTREAM_ROOM = ChaCha20Block.LENGTH;

    /** Bytes that {@link #unmask} may overwrite. */
    public static final int MESSAGE_ROOM = 192;

    /** Room that {@link #dressHandshake} needs beyond the larger of window and padding. */
    public static final int DRESSING_ROOM = 192;

    private static final int MIN_DATAGRAM_LENGTH = 32;
    private static final int TAG_LENGTH = 16;

    private final boolean isPlain;
    private final long headerProtectionKey;
    private final boolean hasRandomTrailers;
    private final boolean sendsCookieReplies;
    private final MessageShape initiation;
    private final MessageShape response;
    private final MessageShape cookieReply;
    private final MessageShape transport;
    private final ContentPadding contentPadding;
    private final Decoys decoys;

    private ObfuscationProfile(ParameterSet set, long headerProtectionKey) {
        this.headerProtectionKey = headerProtectionKey;
        hasRandomTrailers = set.isOn(Parameter.RANDOM_TRAILERS);
        sendsCookieReplies = !set.isOn(Parameter.DISABLE_COOKIES);
        initiation = new MessageShape(set, MessageType.INITIATION);
        response = new MessageShape(set, MessageType.RESPONSE);
        cookieReply = new MessageShape(set, MessageType.COOKIE_REPLY);
        transport = new MessageShape(set, MessageType.TRANSPORT);
        contentPadding = new ContentPadding(set);
        decoys = new Decoys(set);
        isPlain = headerProtectionKey == 0
                && !contentPadding.isRandom()
                && !hasRandomTrailers
                && initiation.isPlain()
                && response.isPlain()
                && cookieReply.isPlain()
                && transport.isPlain();
    }

    /**
     * Compiles a set.
     *
     * @param headerProtectionKey address of the set's header protection key, or 0 when the set has none
     * @throws IllegalArgumentException when {@link ParameterRules#refusals} is not empty
     */
    public static ObfuscationProfile compile(ParameterSet set, long headerProtectionKey) {
        List<RuleViolation> refusals = ParameterRules.refusals(set);
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(refusals.getFirst().message());
        }
        if (set.headerProtectionKey().isZero() != (headerProtectionKey == 0)) {
            throw new IllegalArgumentException("the header protection key and its address do not fit together");
        }
        return new ObfuscationProfile(set, headerProtectionKey);
    }

    /** True when everything on the wire but decoys is as in plain WireGuard. */
    public boolean isPlain() {
        return isPlain;
    }

    public boolean isHeaderProtected() {
        return headerProtectionKey != 0;
    }

    /** Address of the 32-byte key; 0 without header protection. */
    public long headerProtectionKey() {
        return headerProtectionKey;
    }

    public boolean hasRandomTrailers() {
        return hasRandomTrailers;
    }

    /** True when {@link #contentPadding} draws: equal packets then get unequal paddings from call to call. */
    public boolean hasRandomContentPadding() {
        return contentPadding.isRandom();
    }

    /** False with DisableCookies: a message refused under load is then dropped without an answer. */
    public boolean sendsCookieReplies() {
        return sendsCookieReplies;
    }

    /** Bytes in front of the message: S1 to S4. */
    public int padding(MessageType type) {
        return shape(type).padding;
    }

    /** A type word for the next message of this type, drawn from H1 to H4. Unsigned. */
    public int drawTypeWord(MessageType type, Entropy entropy) {
        return shape(type).drawTypeWord(entropy);
    }

    public boolean accepts(MessageType type, int typeWord) {
        return shape(type).accepts(typeWord);
    }

    /**
     * Which messages the datagram can be by size and type word: a set of {@link MessageType#bit}s, 0 for a decoy or
     * rubbish. Several bits are a question, not an answer: ask the keys. The order that loses nothing: transport first
     * if its receiver index is known, then initiation and response, each only if its mac1 is right, then a cookie reply
     * if its receiver index is known, then transport.
     *
     * @param keystream the datagram's 16 bytes of key stream from {@link #headerKeystream}; not read without header
     *     protection
     */
    public int candidates(long datagram, int length, long keystream) {
        if (length < MIN_DATAGRAM_LENGTH) {
            return 0;
        }
        int mask = headerProtectionKey != 0 ? Memory.getIntLe(keystream) : 0;
        int types = 0;
        if (initiation.fits(length, hasRandomTrailers) && initiation.isAt(datagram, mask)) {
            types |= MessageType.INITIATION.bit();
        }
        if (response.fits(length, hasRandomTrailers) && response.isAt(datagram, mask)) {
            types |= MessageType.RESPONSE.bit();
        }
        if (cookieReply.fits(length, hasRandomTrailers) && cookieReply.isAt(datagram, mask)) {
            types |= MessageType.COOKIE_REPLY.bit();
        }
        if (transport.fits(length, true) && transport.isAt(datagram, mask)) {
            types |= MessageType.TRANSPORT.bit();
        }
        return types;
    }

    /**
     * Writes the 16 bytes of key stream that mask this datagram's transport header and begin the mask of any other
     * message. The nonce is the datagram's first 12 bytes. Only with header protection, for a datagram of at least 12
     * bytes. Many at once come cheaper from {@link skyawg.protocol.crypto.ChaCha20Lanes}.
     *
     * @param keystream {@link #HEADER_KEYSTREAM_ROOM} bytes that may be overwritten
     */
    public void headerKeystream(long datagram, long keystream) {
        ChaCha20Block.keystream(headerProtectionKey, datagram, keystream, 1);
    }

    /** Masks or unmasks the 16 bytes behind S4, in place. Only with header protection. */
    public void maskTransportHeader(long datagram, long keystream) {
        long header = datagram + transport.padding;
        Memory.putLongLe(header, Memory.getLongLe(header) ^ Memory.getLongLe(keystream));
        Memory.putLongLe(header + 8, Memory.getLongLe(header + 8) ^ Memory.getLongLe(keystream + 8));
    }

    /**
     * Copies a handshake message or cookie reply out of a datagram that is a candidate for it, without padding, trailer
     * and mask. Its type word stays what the sender drew: both MACs cover it.
     *
     * @param messageOut {@link #MESSAGE_ROOM} bytes that may be overwritten, apart from the datagram
     */
    public void unmask(MessageType type, long datagram, long messageOut) {
        maskMessage(type, datagram, datagram + shape(type).padding, messageOut);
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
        int padding = shape(type).padding;
        entropy.fill(to, padding);
        maskMessage(type, to, message, to + padding);
        int length = padding + type.length();
        int choices = hasRandomTrailers ? window - length : 0;
        if (choices <= 1) {
            return length;
        }
        int trailer = (int) entropy.uniform(0, choices - 1);
        entropy.fill(to + length, trailer);
        return length + trailer;
    }

    /** {@code to} gets the message under the datagram's key stream; whole blocks of it are overwritten. */
    private void maskMessage(MessageType type, long datagram, long from, long to) {
        int length = type.length();
        if (headerProtectionKey == 0) {
            Memory.copy(from, to, length);
            return;
        }
        int blocks = (length + ChaCha20Block.LENGTH - 1) / ChaCha20Block.LENGTH;
        ChaCha20Block.keystream(headerProtectionKey, datagram, to, blocks);
        // all message lengths are multiples of four
        for (int i = 0; i < length; i += Integer.BYTES) {
            Memory.putIntLe(to + i, Memory.getIntLe(to + i) ^ Memory.getIntLe(from + i));
        }
    }

    /** Writes the S4 random bytes in front of a transport message, fresh for each. */
    public void writeTransportPadding(long datagram, Entropy entropy) {
        entropy.fill(datagram, transport.padding);
    }

    /**
     * How many zero bytes to put behind an inner packet before it is sealed. With {@link #hasRandomContentPadding} each
     * call draws: ask once for a run of equal packets that is to leave as one segmented send.
     *
     * @param innerLength 0 for a keepalive
     * @param mtu of the interface; 0 when unknown
     * @param window the peer's window
     */
    public int contentPadding(int innerLength, int mtu, int window, Entropy entropy) {
        return contentPadding.lengthFor(innerLength, mtu, window, entropy);
    }

    /** The peer's window after a transport message with this inner length was sent. */
    public int windowAfterSend(int window, int innerLength) {
        return raisedTo(window, transport.padding + MessageType.TRANSPORT.length() + innerLength);
    }

    /** The peer's window after a transport message with this plaintext, padding included, was received. */
    public int windowAfterReceive(int window, int plaintextLength) {
        return raisedTo(window, transport.padding + TAG_LENGTH + plaintextLength);
    }

    private static int raisedTo(int window, int length) {
        return Math.max(window, Math.min(length, SignaturePacket.MAX_LENGTH));
    }

    /** How many decoys go ahead of each initiation: signature packets and junk. */
    public int decoyCount() {
        return decoys.count();
    }

    /** Room that {@link #writeDecoys} needs. */
    public int maxDecoyBytes() {
        return decoys.maxBytes();
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
        return decoys.write(to, lengths, unixSeconds, entropy);
    }

    private MessageShape shape(MessageType type) {
        return switch (type) {
            case INITIATION -> initiation;
            case RESPONSE -> response;
            case COOKIE_REPLY -> cookieReply;
            case TRANSPORT -> transport;
        };
    }

    /** How one message type looks under the set: where it starts and which type words it may have. */
    private static final class MessageShape {
        final int padding;
        private final int paddedLength;
        private final UintRange typeWords;
        private final int lowest;
        private final int span;
        private final boolean isPlain;

        MessageShape(ParameterSet set, MessageType type) {
            padding = set.number(type.paddingParameter());
            paddedLength = padding + type.length();
            typeWords = set.range(type.headerParameter());
            lowest = (int) typeWords.low();
            span = (int) (typeWords.high() - typeWords.low());
            isPlain = padding == 0 && typeWords.equals(UintRange.of(type.typeWord()));
        }

        boolean isPlain() {
            return isPlain;
        }

        boolean fits(int length, boolean mayBeLonger) {
            return mayBeLonger ? length >= paddedLength : length == paddedLength;
        }

        boolean isAt(long datagram, int mask) {
            return accepts(Memory.getIntLe(datagram + padding) ^ mask);
        }

        boolean accepts(int typeWord) {
            return Integer.compareUnsigned(typeWord - lowest, span) <= 0;
        }

        int drawTypeWord(Entropy entropy) {
            return span == 0 ? lowest : (int) entropy.uniform(typeWords.low(), typeWords.high());
        }
    }
}
