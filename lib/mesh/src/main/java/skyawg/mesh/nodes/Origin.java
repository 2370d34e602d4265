package skyawg.mesh.nodes;

import skyawg.protocol.names.PublicKey;

/**
 * Who handed a record over. A publisher has one record at a time: a newer sequence replaces the older one.
 *
 * @param publisher a discovery id, a name; for the other sources the node's own key
 * @param sequence unsigned: the sequence of an ENR, the height of a block; 0 where each record replaces the last
 */
public record Origin(Source source, String publisher, long sequence) {
    /** More than any discovery id has; a longer name in a block chain is not taken. */
    public static final int MAX_PUBLISHER_LENGTH = 128;

    public Origin {
        if (publisher.isEmpty() || publisher.length() > MAX_PUBLISHER_LENGTH) {
            throw new IllegalArgumentException(
                    "a publisher has 1 to " + MAX_PUBLISHER_LENGTH + " characters, not " + publisher.length());
        }
    }

    /** @param discoveryId in hex */
    public static Origin discovery(String discoveryId, long sequence) {
        return new Origin(Source.DISCV5, discoveryId, sequence);
    }

    /** @param height of the block that the value is in */
    public static Origin emercoin(String name, long height) {
        return new Origin(Source.EMERCOIN, name, height);
    }

    /** A line of the operator's list. */
    public static Origin staticEntry(PublicKey node) {
        return new Origin(Source.STATIC, node.toBase64(), 0);
    }

    static Origin nodeItself(PublicKey node) {
        return new Origin(Source.NODE, node.toBase64(), 0);
    }

    static Origin kept(PublicKey node) {
        return new Origin(Source.KEPT, node.toBase64(), 0);
    }

    /** The publisher alone. */
    Origin publisherKey() {
        return sequence == 0 ? this : new Origin(source, publisher, 0);
    }

    /** Whether records of this publisher are numbered, so that an older one is known as such. */
    boolean isNumbered() {
        return source.isOpenToStrangers();
    }
}
