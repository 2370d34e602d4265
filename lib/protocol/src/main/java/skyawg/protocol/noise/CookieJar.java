package skyawg.protocol.noise;

import skyawg.protocol.crypto.Blake2s;

/**
 * A peer's cookie, and the mac1 of our last message to it, without which no cookie reply can be opened: so nobody who
 * has not seen that message can plant a cookie.
 */
final class CookieJar {
    private final byte[] lastMac1 = new byte[HandshakeMessage.MAC_LENGTH];
    private final byte[] cookie = new byte[HandshakeMessage.MAC_LENGTH];
    private boolean hasSentMac1;
    private boolean hasCookie;
    private long receivedNanos;

    void rememberMac1(byte[] message, int mac1Offset) {
        System.arraycopy(message, mac1Offset, lastMac1, 0, HandshakeMessage.MAC_LENGTH);
        hasSentMac1 = true;
    }

    boolean hasSentMac1() {
        return hasSentMac1;
    }

    byte[] lastMac1() {
        return lastMac1;
    }

    /** A reply serves once: played again it must not keep an old cookie alive. */
    void put(byte[] newCookie, long nowNanos) {
        hasSentMac1 = false;
        System.arraycopy(newCookie, 0, cookie, 0, HandshakeMessage.MAC_LENGTH);
        hasCookie = true;
        receivedNanos = nowNanos;
    }

    boolean isFresh(long nowNanos) {
        return hasCookie && nowNanos - receivedNanos < Constants.COOKIE_REFRESH_TIME;
    }

    void beginMac(Blake2s blake2s) {
        blake2s.beginMac(cookie, 0, HandshakeMessage.MAC_LENGTH);
    }
}
