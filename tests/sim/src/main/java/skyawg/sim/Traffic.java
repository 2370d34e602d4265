package skyawg.sim;

/** Bytes of a node on the wire, IPv4 and UDP headers counted. */
final class Traffic {
    private long sentBytes;
    private long receivedBytes;
    private long userBytes;

    void sent(int bytes) {
        sentBytes += bytes;
    }

    void received(int bytes) {
        receivedBytes += bytes;
    }

    /** Of what was sent, so much were users' packets. */
    void sentForUsers(int bytes) {
        userBytes += bytes;
    }

    long sentBytes() {
        return sentBytes;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    /** Sent, but for users' packets. */
    long controlBytes() {
        return sentBytes - userBytes;
    }
}
