package skyawg.protocol.record;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes recursive length prefix encoding (Ethereum yellow paper, appendix B), as far as a node record needs it: a list
 * of strings, where a number is the string of its big-endian bytes without leading zeros.
 */
final class Rlp {
    private static final int STRING = 0x80;
    private static final int LIST = 0xc0;
    private static final int LONGEST_SHORT = 55;

    private final ByteArrayOutputStream items = new ByteArrayOutputStream();

    Rlp string(byte[] bytes) {
        boolean isItsOwnEncoding = bytes.length == 1 && bytes[0] >= 0;
        if (!isItsOwnEncoding) {
            writeLength(items, STRING, bytes.length);
        }
        items.writeBytes(bytes);
        return this;
    }

    Rlp text(String ascii) {
        return string(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** @param value unsigned */
    Rlp number(long value) {
        byte[] bytes = new byte[(Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (8 * (bytes.length - 1 - i)));
        }
        return string(bytes);
    }

    /** The list of what was written. */
    byte[] toList() {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        writeLength(list, LIST, items.size());
        list.writeBytes(items.toByteArray());
        return list.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int kind, int length) {
        if (length <= LONGEST_SHORT) {
            out.write(kind + length);
            return;
        }
        int lengthBytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        out.write(kind + LONGEST_SHORT + lengthBytes);
        for (int i = lengthBytes - 1; i >= 0; i--) {
            out.write(length >>> (8 * i));
        }
    }
}
