package skyawg.protocol.tunnelkeys;

/** Told when keys come and go, so that cipher contexts can be made of them and closed with them. */
public interface EpochWatcher {
    /** These keys may be used from now on. */
    void usable(EpochKeys keys);

    /** These keys are erased when this returns. */
    void erased(EpochKeys keys);
}
