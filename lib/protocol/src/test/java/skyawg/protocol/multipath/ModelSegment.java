package skyawg.protocol.multipath;

import skyawg.protocol.onion.Plaintext;

/**
 * An inner TCP segment. Sequence numbers count segments of {@link ModelTcp#MSS} bytes.
 *
 * @param sequence of the data, or -1 on an acknowledgment
 * @param transmission which transmission of the sender this is, counted
 * @param cumulative acknowledgment: everything below has come
 * @param arrivals acknowledgment: how many segments had come, in all; stands for complete SACK information
 * @param echoNanos acknowledgment: when the newest of them was sent
 */
record ModelSegment(long sequence, long transmission, long sentNanos, long cumulative, int arrivals, long echoNanos) {
    static final int DATA_LENGTH = Plaintext.MESH_MTU;
    static final int ACK_LENGTH = 52;

    boolean isData() {
        return sequence >= 0;
    }

    int length() {
        return isData() ? DATA_LENGTH : ACK_LENGTH;
    }
}
