package skyawg.protocol.noise;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.noise.HandshakeMessage.CookieReply;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.wire.UdpPath;

/**
 * Decides whether a handshake message is worth the four multiplications that reading it costs (WireGuard paper §5.3).
 * Always asked: mac1, that it is meant for us. Under load also: mac2, that its sender receives where it says, and that
 * this source has not sent too many.
 */
final class Admission implements AutoCloseable {
    private final InterfaceState state;
    private final HandshakeSender sender;
    private final Mac1Checker mac1Checker;
    private final CookieChecker cookieChecker;
    private final RateLimiter rateLimiter;
    private final byte[] reply = new byte[CookieReply.LENGTH];
    private boolean hasBeenUnderLoad;
    private long underLoadUntil;

    Admission(InterfaceState state, HandshakeSender sender) {
        Entropy entropy = state.entropy();
        this.state = state;
        this.sender = sender;
        this.mac1Checker = new Mac1Checker(state::mac1Key);
        this.cookieChecker = new CookieChecker(entropy);
        this.rateLimiter = new RateLimiter(entropy);
    }

    void setPublicKey(byte[] publicKey) {
        cookieChecker.setPublicKey(publicKey);
    }

    RateLimiter rateLimiter() {
        return rateLimiter;
    }

    boolean underLoad(int queueLength, long nowNanos) {
        if (queueLength >= Constants.UNDER_LOAD_QUEUE_LENGTH) {
            hasBeenUnderLoad = true;
            underLoadUntil = nowNanos + Constants.UNDER_LOAD_AFTER_TIME;
        }
        return isUnderLoad(nowNanos);
    }

    private boolean isUnderLoad(long nowNanos) {
        return hasBeenUnderLoad && nowNanos < underLoadUntil;
    }

    /**
     * Null when the message is admitted.
     *
     * @param address where the message came from in memory
     * @param message a copy of it
     */
    @Nullable
    Verdict refusal(MessageType type, long address, byte[] message, int mac1Offset, UdpPath source, long nowNanos) {
        if (!mac1Checker.isGenuine(type, address)) {
            return Verdict.WRONG_MAC1;
        }
        if (!isUnderLoad(nowNanos)) {
            return null;
        }
        int mac2Offset = mac1Offset + HandshakeMessage.MAC_LENGTH;
        if (!cookieChecker.isMac2Genuine(message, mac2Offset, source, nowNanos)) {
            if (!state.profile().sendsCookieReplies()) {
                return Verdict.REFUSED_UNDER_LOAD;
            }
            int typeWord = state.profile().drawTypeWord(MessageType.COOKIE_REPLY, state.entropy());
            HandshakeMessage.putTypeWord(reply, typeWord);
            cookieChecker.writeReply(message, mac1Offset, source, nowNanos, reply);
            sender.sendCookieReply(source, reply);
            return Verdict.COOKIE_SENT;
        }
        return rateLimiter.allow(source.remote(), nowNanos) ? null : Verdict.RATE_LIMITED;
    }

    @Override
    public void close() {
        cookieChecker.close();
    }
}
