package skyawg.datapath.tunnel;

/** What a transit tells the ingress of an LSP. */
public sealed interface HopWord {
    /** Which transit; 1 is the first hop. */
    int hop();

    /** It is there: the answer to an echo. */
    record Answer(int hop, long token) implements HopWord {}

    /**
     * The link behind it is broken.
     *
     * @param reason as in a release
     */
    record Broken(int hop, int reason) implements HopWord {}
}
