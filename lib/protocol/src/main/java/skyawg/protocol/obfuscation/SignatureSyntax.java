package skyawg.protocol.obfuscation;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import skyawg.protocol.obfuscation.SignaturePacket.Field;
import skyawg.protocol.obfuscation.SignaturePacket.Filling;

/**
 * Reads the tags of a signature packet. A tag runs from {@code <} to the next {@code >}; what stands between tags is
 * ignored. In a tag the first word is the name, the second its argument, further words are ignored.
 *
 * <pre>
 *   b HEX   those bytes; "0x" in front is allowed
 *   r N     N random bytes
 *   rc N    N random letters
 *   rd N    N random digits
 *   t       Unix time, 4 bytes big-endian
 *   c       counter, 4 bytes big-endian (kernel module only)
 *   dz N    the length of the payload in N bytes: a signature packet has none, so N zero bytes
 *   d, ds   the payload: nothing
 * </pre>
 *
 * Errors are collected, so that a person mends a line once. One use.
 */
final class SignatureSyntax {
    private static final int MAX_FAULTS = 8;
    private static final int MAX_QUOTE = 40;
    private static final int WORD_LENGTH = 4;

    private final ByteArrayOutputStream template = new ByteArrayOutputStream();
    private final List<Field> fields = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int faultCount;
    private long length;

    SignaturePacket read(String text) throws SignatureSyntaxException {
        boolean isAbsent = true;
        int position = text.indexOf('<');
        while (position >= 0) {
            isAbsent = false;
            int end = text.indexOf('>', position);
            if (end < 0) {
                fault(text.substring(position), "the closing > is missing");
                break;
            }
            readTag(text.substring(position + 1, end));
            position = text.indexOf('<', end);
        }
        if (length > SignaturePacket.MAX_LENGTH) {
            fault("", "the packet has " + length + " bytes, a datagram takes " + SignaturePacket.MAX_LENGTH);
        }
        if (faultCount > 0) {
            if (faultCount > MAX_FAULTS) {
                faults.add("and " + (faultCount - MAX_FAULTS) + " more");
            }
            throw new SignatureSyntaxException(faults);
        }
        return new SignaturePacket(isAbsent, template.toByteArray(), fields);
    }

    private void readTag(String tag) {
        int nameStart = skipSpace(tag, 0);
        int nameEnd = skipWord(tag, nameStart);
        int argumentStart = skipSpace(tag, nameEnd);
        String name = tag.substring(nameStart, nameEnd);
        String argument = tag.substring(argumentStart, skipWord(tag, argumentStart));
        switch (name) {
            case "" -> fault("<" + tag + ">", "the tag is empty");
            case "b" -> readBytes(tag, argument);
            case "r" -> readField(tag, argument, Filling.RANDOM_BYTES);
            case "rc" -> readField(tag, argument, Filling.RANDOM_LETTERS);
            case "rd" -> readField(tag, argument, Filling.RANDOM_DIGITS);
            case "t" -> addField(Filling.TIME, WORD_LENGTH);
            case "c" -> addField(Filling.COUNTER, WORD_LENGTH);
            case "dz" -> {
                int count = readCount(tag, argument);
                if (take(count)) {
                    template.writeBytes(new byte[count]);
                }
            }
            case "d", "ds" -> {}
            default -> fault("<" + tag + ">", "unknown tag; there are b, r, rc, rd, t, c, d, ds and dz");
        }
    }

    private void readBytes(String tag, String argument) {
        String digits = argument.startsWith("0x") ? argument.substring(2) : argument;
        if (digits.isEmpty()) {
            fault("<" + tag + ">", "hex digits are missing");
            return;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                fault("<" + tag + ">", "not a hex digit: " + quote(digits.substring(i, i + 1)));
                return;
            }
        }
        if (digits.length() % 2 != 0) {
            fault("<" + tag + ">", "odd number of hex digits");
            return;
        }
        if (take(digits.length() / 2)) {
            template.writeBytes(HexFormat.of().parseHex(digits));
        }
    }

    private void readField(String tag, String argument, Filling filling) {
        addField(filling, readCount(tag, argument));
    }

    private void addField(Filling filling, int count) {
        int offset = (int) length;
        if (take(count)) {
            fields.add(new Field(filling, offset, count));
            template.writeBytes(new byte[count]);
        }
    }

    /** Counts the bytes; true when they are to be kept, false when the packet is too long already. */
    private boolean take(int count) {
        length += count;
        return length <= SignaturePacket.MAX_LENGTH;
    }

    /** Reads a decimal with an optional sign; 0, with a fault noted, when it is none. */
    private int readCount(String tag, String argument) {
        boolean isSigned = argument.startsWith("+") || argument.startsWith("-");
        String digits = isSigned ? argument.substring(1) : argument;
        if (digits.isEmpty()) {
            fault("<" + tag + ">", "a number of bytes is missing");
            return 0;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                fault("<" + tag + ">", "not a decimal number: " + quote(argument));
                return 0;
            }
            // stops growing above the limit: any larger number is as wrong
            value = Math.min(value * 10 + (c - '0'), SignaturePacket.MAX_LENGTH + 1);
        }
        if (value > 0 && argument.startsWith("-")) {
            fault("<" + tag + ">", "a length cannot be negative");
            return 0;
        }
        return value;
    }

    private void fault(String where, String what) {
        faultCount++;
        if (faultCount <= MAX_FAULTS) {
            faults.add(where.isEmpty() ? what : quote(where) + ": " + what);
        }
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_QUOTE); i++) {
            char c = text.charAt(i);
            quoted.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > MAX_QUOTE ? quoted + "..." : quoted.toString();
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int skipWord(String text, int from) {
        int i = from;
        while (i < text.length() && !isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Unicode's White_Space, as the reference splits words. */
    private static boolean isSpace(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }
}
