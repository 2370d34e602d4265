package skyawg.control.offer;

import skyawg.protocol.record.AddressedRecord;

/**
 * A record that a source found. As a line: the record's text, a blank, the publisher, a blank, the sequence.
 *
 * @param publisher who says so, without blanks: a discovery id in hex; for a file the node's own key in base64
 * @param sequence unsigned: a publisher's newer record has a greater one; 0 where the source does not number
 */
public record OfferedRecord(AddressedRecord addressed, String publisher, long sequence) {
    public static final int MAX_PUBLISHER_LENGTH = 128;

    public OfferedRecord {
        if (publisher.isEmpty() || publisher.length() > MAX_PUBLISHER_LENGTH || publisher.contains(" ")) {
            throw new IllegalArgumentException(
                    "a publisher has 1 to " + MAX_PUBLISHER_LENGTH + " characters and no blank: '" + publisher + "'");
        }
    }

    public String toLine() {
        return addressed.toText() + " " + publisher + " " + Long.toUnsignedString(sequence);
    }

    /** @throws IllegalArgumentException saying what is wrong */
    public static OfferedRecord parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("an offer is a record, its publisher, and a sequence");
        }
        try {
            return new OfferedRecord(AddressedRecord.parse(words[0]), words[1], Long.parseUnsignedLong(words[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a sequence is a number of 64 bits: '" + words[2] + "'", e);
        }
    }
}
