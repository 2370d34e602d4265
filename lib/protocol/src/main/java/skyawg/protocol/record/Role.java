package skyawg.protocol.record;

/** What a node offers, as bits of its record. */
public enum Role {
    /** Carries LSPs of others. */
    TRANSIT(1 << 0),
    /** Exit to the Internet. */
    INTERNET(1 << 1),
    /** Exit to Yggdrasil. */
    YGG(1 << 2),
    /** Exit to I2P. */
    I2P(1 << 3),
    /** Exit to addresses of its own choice, asked for by name. */
    LOCAL(1 << 4);

    private final int bit;

    Role(int bit) {
        this.bit = bit;
    }

    public int bit() {
        return bit;
    }
}
