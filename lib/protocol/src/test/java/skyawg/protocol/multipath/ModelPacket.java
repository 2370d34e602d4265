package skyawg.protocol.multipath;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.wire.Memory;

/** A data packet in the model: what its plaintext and origin IV say. */
record ModelPacket(
        int slot,
        int pathSequence,
        long tunnelSequence,
        int sentMicros,
        int bodyLength,
        @Nullable Ack ack,
        @Nullable ModelSegment inner) {
    /** Kind, send time, tag: what every body has beside its content. */
    static final int BODY_OVERHEAD = 5 + 16;
    /** Label, length, IV. */
    static final int HEADER = 22;

    /** The bytes of an ACK block. */
    record Ack(long first, long second, long third, long fourth) {
        static Ack copyOf(long block) {
            return new Ack(
                    Memory.getLongBe(block),
                    Memory.getLongBe(block + 8),
                    Memory.getLongBe(block + 16),
                    Memory.getLongBe(block + 24));
        }

        void copyTo(long block) {
            Memory.putLongBe(block, first);
            Memory.putLongBe(block + 8, second);
            Memory.putLongBe(block + 16, third);
            Memory.putLongBe(block + 24, fourth);
        }
    }

    /** What travels in an AmneziaWG session. */
    int payloadLength() {
        return HEADER + bodyLength;
    }
}
