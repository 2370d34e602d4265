package skyawg.protocol.obfuscation;

/**
 * The four messages of WireGuard, with what AmneziaWG adds to each: the parameter that pads it in front and the one
 * that ranges its type word.
 *
 * <p>A set of types is an {@code int} of {@link #bit}s, so that the packet path needs no collection.
 */
public enum MessageType {
    INITIATION(1, 148, 148, Parameter.S1, Parameter.H1),
    RESPONSE(2, 92, 92, Parameter.S2, Parameter.H2),
    COOKIE_REPLY(3, 64, 64, Parameter.S3, Parameter.H3),
    /** Any length from 32 on: a header of 16 bytes, the content, a tag of 16. */
    TRANSPORT(4, 32, 16, Parameter.S4, Parameter.H4);

    /** The longest handshake message or cookie reply. */
    public static final int MAX_HANDSHAKE_LENGTH = 148;

    private final int typeWord;
    private final int length;
    private final int maskedLength;
    private final Parameter paddingParameter;
    private final Parameter headerParameter;

    MessageType(int typeWord, int length, int maskedLength, Parameter paddingParameter, Parameter headerParameter) {
        this.typeWord = typeWord;
        this.length = length;
        this.maskedLength = maskedLength;
        this.paddingParameter = paddingParameter;
        this.headerParameter = headerParameter;
    }

    /** What plain WireGuard writes in the first four bytes, little-endian. */
    public int typeWord() {
        return typeWord;
    }

    /** Bytes of the message without padding and trailer; for {@link #TRANSPORT} the least there is. */
    public int length() {
        return length;
    }

    /** How many bytes from the start of the message header protection masks. */
    public int maskedLength() {
        return maskedLength;
    }

    /** S1 to S4. */
    public Parameter paddingParameter() {
        return paddingParameter;
    }

    /** H1 to H4. */
    public Parameter headerParameter() {
        return headerParameter;
    }

    /** 0 to 3. */
    int index() {
        return typeWord - 1;
    }

    /** This type's place in a set of types. */
    public int bit() {
        return 1 << index();
    }

    public boolean isIn(int types) {
        return (types & bit()) != 0;
    }
}
