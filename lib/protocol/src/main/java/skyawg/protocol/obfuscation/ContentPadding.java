package skyawg.protocol.obfuscation;

import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.UintRange;

/**
 * How many zero bytes go behind an inner packet before it is sealed. One of three rules: WireGuard's (up to a multiple
 * of 16), a draw from ContentPaddingAddition, or, with random trailers, a draw that makes the datagram no longer than
 * the longest this path has seen. None lets a packet that fits the MTU grow beyond it.
 */
final class ContentPadding {
    private enum Rule {
        MULTIPLE_OF_16,
        ADDITION,
        UP_TO_WINDOW
    }

    private static final int BLOCK = 16;

    private final Rule rule;
    private final UintRange addition;
    private final int transportOverhead;

    ContentPadding(ParameterSet set) {
        addition = set.range(Parameter.CONTENT_PADDING_ADDITION);
        transportOverhead = set.number(Parameter.S4) + MessageType.TRANSPORT.length();
        if (!addition.isZero()) {
            rule = Rule.ADDITION;
        } else {
            rule = set.isOn(Parameter.RANDOM_TRAILERS) ? Rule.UP_TO_WINDOW : Rule.MULTIPLE_OF_16;
        }
    }

    boolean isRandom() {
        return rule != Rule.MULTIPLE_OF_16;
    }

    int lengthFor(int innerLength, int mtu, int window, Entropy entropy) {
        return switch (rule) {
            case MULTIPLE_OF_16 -> toMultipleOf16(innerLength, mtu);
            case ADDITION -> {
                int drawn = (int) entropy.uniform(addition.low(), addition.high());
                yield mtu == 0 ? drawn : Math.min(drawn, mtu - beyondWholeMtus(innerLength, mtu));
            }
            case UP_TO_WINDOW -> {
                int choices = window - transportOverhead - innerLength;
                if (mtu != 0) {
                    choices = Math.min(choices, mtu - innerLength + 1);
                }
                yield choices <= 1 ? 0 : (int) entropy.uniform(0, choices - 1);
            }
        };
    }

    private static int toMultipleOf16(int innerLength, int mtu) {
        int length = mtu == 0 ? innerLength : beyondWholeMtus(innerLength, mtu);
        int padded = (length + BLOCK - 1) & -BLOCK;
        return mtu == 0 ? padded - length : Math.min(padded, mtu) - length;
    }

    /** A packet longer than the MTU counts as what is left after whole MTUs. */
    private static int beyondWholeMtus(int innerLength, int mtu) {
        return innerLength > mtu ? innerLength % mtu : innerLength;
    }
}
