package skyawg.protocol.obfuscation;

import java.util.List;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.wire.Memory;

/**
 * One of I1 to I5, compiled: a datagram sent ahead of an initiation that looks like the start of something else. A
 * template holds its fixed bytes; fields in it are random or tell the time, and are written anew each time.
 *
 * <p>Immutable, any thread. {@link #write} allocates nothing.
 */
public final class SignaturePacket {
    /** The largest UDP payload over IPv4. */
    public static final int MAX_LENGTH = 65507;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** What a field of the template is filled with. */
    enum Filling {
        RANDOM_BYTES,
        RANDOM_LETTERS,
        RANDOM_DIGITS,
        /** Unix time in seconds, 4 bytes big-endian. */
        TIME,
        /** The kernel module's counter, 4 bytes big-endian. */
        COUNTER
    }

    record Field(Filling filling, int offset, int length) {}

    private final boolean isAbsent;
    private final byte[] template;
    private final List<Field> fields;

    SignaturePacket(boolean isAbsent, byte[] template, List<Field> fields) {
        this.isAbsent = isAbsent;
        this.template = template;
        this.fields = List.copyOf(fields);
    }

    /**
     * Reads the tags of one I parameter.
     *
     * @throws SignatureSyntaxException naming everything that is wrong with it
     */
    public static SignaturePacket parse(String text) throws SignatureSyntaxException {
        return new SignatureSyntax().read(text);
    }

    /** True when the text holds no tag at all: nothing is sent then. A packet of zero bytes is not absent. */
    public boolean isAbsent() {
        return isAbsent;
    }

    /** Length of the datagram: the same each time. */
    public int length() {
        return template.length;
    }

    /** True when it has the kernel module's {@code <c>}, which amneziawg-go refuses. */
    public boolean hasCounter() {
        return has(Filling.COUNTER);
    }

    /** True when it looks the same at every handshake. */
    public boolean isStatic() {
        return fields.isEmpty();
    }

    private boolean has(Filling filling) {
        for (Field field : fields) {
            if (field.filling == filling && field.length > 0) {
                return true;
            }
        }
        return false;
    }

    /** The byte at this offset, or -1 when it changes from packet to packet. */
    int fixedByte(int offset) {
        for (Field field : fields) {
            if (offset >= field.offset && offset < field.offset + field.length) {
                return -1;
            }
        }
        return template[offset] & 0xff;
    }

    /**
     * Writes {@link #length} bytes.
     *
     * @param unixSeconds for {@code <t>}
     * @param counter for {@code <c>}
     * @return the length
     */
    public int write(long to, long unixSeconds, int counter, Entropy entropy) {
        Memory.copy(template, 0, to, template.length);
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            long at = to + field.offset;
            switch (field.filling) {
                case RANDOM_BYTES -> entropy.fill(at, field.length);
                case RANDOM_LETTERS -> {
                    entropy.fill(at, field.length);
                    for (int k = 0; k < field.length; k++) {
                        int letter = (Memory.getByte(at + k) & 0xff) % LETTERS.length();
                        Memory.putByte(at + k, LETTERS.charAt(letter));
                    }
                }
                case RANDOM_DIGITS -> {
                    entropy.fill(at, field.length);
                    for (int k = 0; k < field.length; k++) {
                        Memory.putByte(at + k, '0' + (Memory.getByte(at + k) & 0xff) % 10);
                    }
                }
                case TIME -> Memory.putIntBe(at, (int) unixSeconds);
                case COUNTER -> Memory.putIntBe(at, counter);
            }
        }
        return template.length;
    }
}
