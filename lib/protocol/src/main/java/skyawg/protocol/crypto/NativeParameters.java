package skyawg.protocol.crypto;

import skyawg.protocol.wire.Memory;

/**
 * Flyweight over OpenSSL's parameter array (OSSL_PARAM(3)): entries of 40 bytes, the last one all zero.
 *
 * <pre>
 *   0      8          12     16      24            32             40
 *   | key  | data type | pad | data  | data length | return length |
 * </pre>
 */
final class NativeParameters {
    static final int ENTRY_LENGTH = 40;

    private static final int TYPE_OFFSET = 8;
    private static final int DATA_OFFSET = 16;
    private static final int LENGTH_OFFSET = 24;
    private static final int RETURNED_OFFSET = 32;
    private static final int OCTET_STRING = 5;

    private NativeParameters() {}

    /** Writes entry {@code index}: bytes under a name (a zero-terminated string that outlives the array). */
    static void octets(long array, int index, long name, long data, long lengthBytes) {
        long entry = array + (long) index * ENTRY_LENGTH;
        Memory.putLongLe(entry, name);
        Memory.putLongLe(entry + TYPE_OFFSET, OCTET_STRING);
        Memory.putLongLe(entry + DATA_OFFSET, data);
        Memory.putLongLe(entry + LENGTH_OFFSET, lengthBytes);
        Memory.putLongLe(entry + RETURNED_OFFSET, 0);
    }

    /** Points entry {@code index} to other bytes of the same length. */
    static void point(long array, int index, long data) {
        Memory.putLongLe(array + (long) index * ENTRY_LENGTH + DATA_OFFSET, data);
    }

    /** Writes the entry that ends the array. */
    static void end(long array, int index) {
        Memory.fill(array + (long) index * ENTRY_LENGTH, ENTRY_LENGTH, 0);
    }
}
