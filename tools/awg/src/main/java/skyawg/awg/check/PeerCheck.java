package skyawg.awg.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;

/** Peers that are not there, that are the interface itself, or that take something from each other. */
final class PeerCheck {
    private static final String PUBLIC_KEY = ConfigKey.PUBLIC_KEY.spelling();

    private PeerCheck() {}

    static void check(List<PeerLines> peers, @Nullable Secret privateKey, List<Finding> findings) {
        boolean hasKey = privateKey != null && !privateKey.isZero();
        PublicKey own = privateKey != null && hasKey ? X25519Keys.publicKey(privateKey) : null;
        Map<PublicKey, PeerLines> byKey = new HashMap<>();
        Map<Cidr, PeerLines.Prefix> byPrefix = new HashMap<>();
        for (PeerLines peer : peers) {
            if (!peer.keys.containsKey("publickey")) {
                findings.add(Finding.error(
                        peer.line,
                        PUBLIC_KEY,
                        "missing-public-key",
                        "this [Peer] has none: add the peer's public key"));
            }
            PublicKey key = peer.publicKey;
            PeerLines before = null;
            if (key != null) {
                before = byKey.putIfAbsent(key, peer);
                checkOwnKey(peer, key, own, hasKey ? privateKey : null, findings);
            }
            if (before != null) {
                findings.add(Finding.error(
                        peer.keyLine(),
                        PUBLIC_KEY,
                        "duplicate-peer",
                        "the peer of line " + before.keyLine()
                                + " has the same key, and this one's AllowedIPs replace its: make one [Peer] of both, or"
                                + " give each machine a key of its own"));
            }
            checkPrefixes(peer, byPrefix, findings);
        }
    }

    private static void checkOwnKey(
            PeerLines peer,
            PublicKey key,
            @Nullable PublicKey own,
            @Nullable Secret privateKey,
            List<Finding> findings) {
        if (key.equals(own)) {
            findings.add(Finding.error(
                    peer.keyLine(),
                    PUBLIC_KEY,
                    "own-key",
                    "is the key of this interface itself: write the other machine's public key"));
        } else if (privateKey != null && isPrivate(key, privateKey)) {
            findings.add(Finding.error(
                    peer.keyLine(),
                    PUBLIC_KEY,
                    "own-key",
                    "is this interface's private key: write the other machine's public key"));
        }
    }

    private static boolean isPrivate(PublicKey key, Secret privateKey) {
        try (Secret copy = Secret.owning(key.toBytes())) {
            return copy.equals(privateKey);
        }
    }

    private static void checkPrefixes(PeerLines peer, Map<Cidr, PeerLines.Prefix> byPrefix, List<Finding> findings) {
        Map<Cidr, PeerLines.Prefix> own = new HashMap<>();
        for (PeerLines.Prefix prefix : peer.prefixes) {
            PeerLines.Prefix before = byPrefix.get(prefix.prefix());
            if (before != null && own.putIfAbsent(prefix.prefix(), prefix) == null) {
                findings.add(Finding.warning(
                        prefix.line(),
                        ConfigKey.ALLOWED_IPS.spelling(),
                        "duplicate-prefix",
                        prefix.prefix() + " is also the peer's of line " + before.line()
                                + ", which silently loses it to this one: leave it at one of them"));
            }
            own.putIfAbsent(prefix.prefix(), prefix);
        }
        byPrefix.putAll(own);
    }
}
