package skyawg.control.offer;

/** Where an offered record was found, in order of priority. */
public enum OfferSource {
    /** A file that the operator keeps. Its entries may outlive their medium-term key: they name nodes. */
    STATIC("static"),
    /** Discovery v5: strangers' claims, each of a key and numbered. */
    DISCV5("discv5");

    private final String word;

    OfferSource(String word) {
        this.word = word;
    }

    /** As it stands in a request. */
    public String word() {
        return word;
    }

    /** Whether an entry without a valid medium-term key is of use. */
    public boolean isLongLived() {
        return this == STATIC;
    }

    /** @throws IllegalArgumentException for an unknown word */
    public static OfferSource of(String word) {
        for (OfferSource source : values()) {
            if (source.word.equals(word)) {
                return source;
            }
        }
        throw new IllegalArgumentException("no source of records is called '" + word + "'");
    }
}
