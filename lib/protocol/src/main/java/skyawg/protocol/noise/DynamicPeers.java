package skyawg.protocol.noise;

import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.wire.UdpPath;

/**
 * Peers that nobody configured: strangers that are let in, and those that the owner of this adds itself. All have the
 * network's preshared key and no allowed IPs, and go when nobody uses them. An ordinary tunnel has none of this. The
 * conductor's.
 *
 * <p>{@link DynamicPeerRegister} decides; this makes and removes what it decides about.
 */
public final class DynamicPeers {
    private final InterfaceState state;
    private final PeerSet peerSet;
    private final DynamicPeerRegister register;
    private final long presharedKey;
    private final Function<PublicKey, Peer> maker;
    private final DynamicPeerListener listener;
    private final ArrayDeque<Peer> confirmed = new ArrayDeque<>();
    private boolean acceptsStrangers;

    DynamicPeers(
            InterfaceState state,
            PeerSet peerSet,
            DynamicPeerRegister register,
            Secret presharedKey,
            Function<PublicKey, Peer> maker,
            DynamicPeerListener listener) {
        this.state = state;
        this.peerSet = peerSet;
        this.register = register;
        this.presharedKey = KeyVault.store(presharedKey);
        this.maker = maker;
        this.listener = listener;
    }

    /** Whether strangers are let in from now on; not at first. Those that are there stay. */
    public void acceptStrangers(boolean accepts) {
        acceptsStrangers = accepts;
    }

    /**
     * Adds a peer that we mean to talk to; sends nothing. One that is there already, dynamic or not, is taken instead,
     * with this path while it has no session.
     *
     * @return null when there is no room, or the key is our own
     */
    public @Nullable Peer add(PublicKey key, UdpPath path, boolean isInUse, long nowNanos) {
        Peer peer = state.peers().get(key);
        if (peer == null) {
            if (isOurs(key) || peerSet.isFull() || !register.hasRoomForOurs(nowNanos)) {
                return null;
            }
            peer = make(key, false, isInUse, 0, nowNanos);
        } else {
            register.setInUse(key, isInUse, nowNanos);
        }
        if (peer.current() == null) {
            peer.learnPath(path);
        }
        return peer;
    }

    /** A peer that is not in use is removed after a while. One that is not dynamic stays in any case. */
    public void setInUse(Peer peer, boolean isInUse, long nowNanos) {
        if (!peer.isRemoved()) {
            register.setInUse(peer.publicKey(), isInUse, nowNanos);
        }
    }

    /** Removes a peer with its keys; its stamp is remembered. Nothing happens when it has gone. */
    public void remove(Peer peer, long nowNanos) {
        if (!peer.isRemoved()) {
            peerSet.remove(peer, DynamicPeerEnd.REMOVED, nowNanos);
        }
    }

    /** How many dynamic peers there are. */
    public int size() {
        return register.size();
    }

    /** How many of them are strangers that have not used their session yet. */
    public int unconfirmedStrangers() {
        return register.unconfirmedStrangers();
    }

    // What the engine asks and tells.

    /** Whether a stranger's timestamp is worth a multiplication. */
    boolean mayKnock(PublicKey key, IpAddress source, long nowNanos) {
        if (!acceptsStrangers) {
            return false;
        }
        if (isOurs(key)) {
            return passes(StrangerRefusal.OWN_KEY);
        }
        return passes(peerSet.isFull() ? StrangerRefusal.TOO_MANY_PEERS : register.refusal(source, nowNanos));
    }

    /**
     * A stranger has proved its key.
     *
     * @param staticStatic cell of the secret shared by the two static keys, which goes over to the peer or is released
     * @return null when its stamp is refused
     */
    @Nullable
    Peer letIn(PublicKey key, long staticStatic, byte[] stamp, long nowNanos) {
        if (!passes(register.refusal(key, stamp, state.unixNanos(), nowNanos))) {
            KeyVault.release(staticStatic);
            return null;
        }
        return make(key, true, false, staticStatic, nowNanos);
    }

    /** Whether the first stamp of a peer that we added could be an old one. */
    boolean isUntimely(Peer peer, byte[] stamp, long nowNanos) {
        return register.contains(peer.publicKey())
                && !passes(register.refusal(peer.publicKey(), stamp, state.unixNanos(), nowNanos));
    }

    private Peer make(PublicKey key, boolean isStranger, boolean isInUse, long staticStatic, long nowNanos) {
        Peer peer = maker.apply(key);
        PeerHandshake share = peer.handshake();
        share.setPresharedKey(presharedKey);
        if (staticStatic != 0) {
            share.setStaticStatic(staticStatic);
        }
        register.add(key, isStranger, isInUse, nowNanos);
        peerSet.add(peer, nowNanos);
        return peer;
    }

    private boolean isOurs(PublicKey key) {
        LocalIdentity identity = state.identity();
        return identity != null && identity.publicKey().equals(key);
    }

    private boolean passes(@Nullable StrangerRefusal refusal) {
        if (refusal != null) {
            listener.refused(refusal);
        }
        return refusal == null;
    }

    /** The peer is there again: what was answered of it before counts. */
    void recall(Peer peer, long nowNanos) {
        byte[] stamp = register.recall(peer.publicKey(), nowNanos);
        if (stamp != null) {
            peer.handshake().recallTimestamp(stamp);
        }
    }

    void remember(Peer peer, byte[] stamp, long nowNanos) {
        register.remember(peer.publicKey(), stamp, nowNanos);
    }

    /** The peer has been removed. */
    void forget(Peer peer, DynamicPeerEnd end, long nowNanos) {
        confirmed.remove(peer);
        if (register.remove(peer.publicKey())) {
            listener.went(peer, end, nowNanos);
        }
    }

    /** The peer has been configured: it is no dynamic one any more, and stays. */
    void keep(Peer peer) {
        register.remove(peer.publicKey());
    }

    /** The peer has a session that both ends know of. */
    void confirm(Peer peer) {
        if (register.confirm(peer.publicKey())) {
            confirmed.add(peer);
        }
    }

    /** Tells of peers whose first session has been confirmed. */
    void tellNews(long nowNanos) {
        for (Peer peer = confirmed.poll(); peer != null; peer = confirmed.poll()) {
            listener.came(peer, nowNanos);
        }
    }

    /** Removes those whose time has come. @return when the next one's comes */
    long removeDue(long nowNanos) {
        for (DynamicPeerRegister.Due due = register.due(nowNanos); due != null; due = register.due(nowNanos)) {
            Peer peer = state.peers().get(due.key());
            if (peer == null) {
                throw new IllegalStateException("a dynamic peer is no peer: " + due.key());
            }
            peerSet.remove(peer, due.end(), nowNanos);
        }
        return register.nextDeadline();
    }

    /** Wipes the preshared key. */
    void close() {
        KeyVault.release(presharedKey);
    }
}
