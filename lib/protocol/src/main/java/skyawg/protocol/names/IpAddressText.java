package skyawg.protocol.names;

/** Reading and writing IP address literals, without the JDK's resolver (which would look names up). */
final class IpAddressText {
    private static final int GROUPS = 8;

    private IpAddressText() {}

    static IpAddress parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : IpAddress.v4((int) parseQuad(text, text));
    }

    private static long parseQuad(String quad, String whole) {
        long address = 0;
        int position = 0;
        for (int part = 0; part < 4; part++) {
            int start = position;
            int value = 0;
            while (position < quad.length() && isDigit(quad.charAt(position)) && position - start < 3) {
                value = value * 10 + (quad.charAt(position++) - '0');
            }
            boolean leadingZero = position - start > 1 && quad.charAt(start) == '0';
            if (position == start || leadingZero || value > 255) {
                throw notAnAddress(whole);
            }
            address = address << 8 | value;
            boolean last = part == 3;
            if (last ? position != quad.length() : position >= quad.length() || quad.charAt(position++) != '.') {
                throw notAnAddress(whole);
            }
        }
        return address;
    }

    private static IpAddress parseV6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gapAt = -1;
        int position = 0;
        if (text.startsWith("::")) {
            gapAt = 0;
            position = 2;
        }
        while (position < text.length()) {
            if (count == GROUPS) {
                throw notAnAddress(text);
            }
            int end = position;
            while (end < text.length() && text.charAt(end) != ':') {
                end++;
            }
            String group = text.substring(position, end);
            if (end == text.length() && group.indexOf('.') >= 0) {
                if (count > GROUPS - 2) {
                    throw notAnAddress(text);
                }
                long quad = parseQuad(group, text);
                groups[count++] = (int) (quad >>> 16);
                groups[count++] = (int) (quad & 0xffff);
                position = end;
                break;
            }
            groups[count++] = parseGroup(group, text);
            position = end;
            if (position == text.length()) {
                break;
            }
            position++;
            if (position == text.length()) {
                throw notAnAddress(text);
            }
            if (text.charAt(position) == ':') {
                if (gapAt >= 0) {
                    throw notAnAddress(text);
                }
                gapAt = count;
                position++;
            }
        }
        if (gapAt < 0 ? count != GROUPS : count == GROUPS) {
            throw notAnAddress(text);
        }
        return assemble(groups, count, gapAt);
    }

    private static IpAddress assemble(int[] groups, int count, int gapAt) {
        long[] halves = new long[2];
        int missing = GROUPS - count;
        for (int i = 0; i < GROUPS; i++) {
            int value;
            if (gapAt < 0 || i < gapAt) {
                value = groups[i];
            } else {
                value = i < gapAt + missing ? 0 : groups[i - missing];
            }
            halves[i / 4] = halves[i / 4] << 16 | value;
        }
        return IpAddress.v6(halves[0], halves[1]);
    }

    private static int parseGroup(String group, String whole) {
        if (group.isEmpty() || group.length() > 4) {
            throw notAnAddress(whole);
        }
        int value = 0;
        for (int i = 0; i < group.length(); i++) {
            int digit = Character.digit(group.charAt(i), 16);
            if (digit < 0 || group.charAt(i) > 'f') {
                throw notAnAddress(whole);
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static String format(IpAddress address) {
        if (!address.isV6()) {
            return quad(address.low());
        }
        if (address.high() == 0 && address.low() >>> 32 == 0xffff) {
            return "::ffff:" + quad(address.low());
        }
        int gapAt = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(address, i + run) == 0) {
                run++;
            }
            if (run > gapLength) {
                gapAt = i;
                gapLength = run;
            }
            i += run;
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapAt) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(address, i)));
        }
        return text.toString();
    }

    private static int group(IpAddress address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> (16 * (3 - (index & 3)))) & 0xffff;
    }

    private static String quad(long address) {
        return (address >>> 24 & 0xff) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "."
                + (address & 0xff);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("not an IP address: " + text);
    }
}
