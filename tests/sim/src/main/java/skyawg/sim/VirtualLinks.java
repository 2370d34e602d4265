package skyawg.sim;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.LinkSender;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.lsp.Links;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.wire.Memory;

/**
 * Stands for a node's AmneziaWG device: sessions that come about in one round trip, without any cryptography. Of
 * WireGuard's rules are here: what waits for a session, handshakes repeated while unanswered, a new session after two
 * minutes of use and none after three, strangers let in and let go (mesh.md §2).
 */
final class VirtualLinks implements Links<TunnelPeer>, LinkSender {
    static final int MOST_STRANGERS = 4_096;
    static final int MOST_UNCONFIRMED = 512;

    private static final long CONFIRM_NANOS = 5 * Timeline.SECOND;
    private static final long IDLE_NANOS = 60 * Timeline.SECOND;
    private static final long REKEY_NANOS = 120 * Timeline.SECOND;
    private static final long REJECT_NANOS = 180 * Timeline.SECOND;
    private static final long SHORTEST_RETRY = Timeline.SECOND;
    private static final long LONGEST_RETRY = 2 * Timeline.SECOND;
    private static final int MOST_ATTEMPTS = 5;

    /* Sizes: IPv4 and UDP headers, S1 to S4 of 26 bytes as a network's are on average, headers and tags; a handshake
    message has a trailer of random length that makes it 500 bytes at most. */
    private static final int UDP_HEADERS = 28;
    private static final int PADDING = 26;
    private static final int TRANSPORT_OVERHEAD = UDP_HEADERS + PADDING + 32;
    private static final int INITIATION = 148;
    private static final int RESPONSE = 92;
    private static final int TRAILER_WINDOW = 500;
    private static final int BLOCK = 16;

    private final SimNode node;
    private final Timeline timeline;
    private final Wire wire;
    private final Simulation world;
    private final Entropy entropy;
    private final Map<PublicKey, SimPeer> peers = new HashMap<>();
    private int strangers;
    private int unconfirmedStrangers;

    VirtualLinks(SimNode node, Simulation world, Entropy entropy) {
        this.node = node;
        this.world = world;
        this.timeline = world.timeline();
        this.wire = world.wire();
        this.entropy = entropy;
    }

    int size() {
        return peers.size();
    }

    @Override
    public @Nullable SimPeer find(PublicKey key) {
        return peers.get(key);
    }

    @Override
    public @Nullable SimPeer reach(PublicKey key, Endpoint endpoint) {
        SimPeer present = peers.get(key);
        if (present != null) {
            return present;
        }
        return peers.size() - strangers >= MOST_STRANGERS ? null : add(key, world.at(key, endpoint), false);
    }

    private SimPeer add(PublicKey key, @Nullable SimNode remote, boolean isStranger) {
        SimPeer peer = new SimPeer(key, node, remote, isStranger, timeline.nowNanos());
        peers.put(key, peer);
        if (isStranger) {
            strangers++;
            unconfirmedStrangers++;
        }
        timeline.after(CONFIRM_NANOS, () -> {
            if (!peer.isConfirmed) {
                remove(peer);
            }
        });
        return peer;
    }

    private void remove(SimPeer peer) {
        if (peer.isGone || !node.isAlive()) {
            return;
        }
        peer.isGone = true;
        peers.remove(peer.publicKey());
        if (peer.isStranger) {
            strangers--;
            unconfirmedStrangers -= peer.isConfirmed ? 0 : 1;
        }
        node.went(peer);
    }

    private void confirm(SimPeer peer) {
        if (!peer.isConfirmed) {
            peer.isConfirmed = true;
            unconfirmedStrangers -= peer.isStranger ? 1 : 0;
            peer.idleSinceNanos = timeline.nowNanos();
            lookWhetherIdle(peer);
            node.came(peer);
        }
    }

    private void lookWhetherIdle(SimPeer peer) {
        if (peer.isInUse || peer.isGone || !peer.isConfirmed) {
            return;
        }
        long since = peer.idleSinceNanos;
        timeline.after(IDLE_NANOS, () -> {
            if (!peer.isInUse && peer.idleSinceNanos == since) {
                remove(peer);
            }
        });
    }

    // Handshakes.

    private void handshake(SimPeer peer) {
        if (!peer.isHandshaking && !peer.isGone && node.isAlive()) {
            peer.isHandshaking = true;
            peer.attempt = 0;
            initiate(peer);
        }
    }

    private void initiate(SimPeer peer) {
        int attempt = ++peer.attempt;
        SimNode remote = peer.remote;
        if (remote == null) {
            node.traffic().sent(handshakeBytes(INITIATION));
        } else {
            wire.send(
                    node,
                    remote,
                    handshakeBytes(INITIATION),
                    () -> remote.links().onInitiation(node, peer));
        }
        timeline.after(entropy.uniform(SHORTEST_RETRY, LONGEST_RETRY), () -> {
            if (!peer.isHandshaking || peer.attempt != attempt || peer.isGone || !node.isAlive()) {
                return;
            }
            if (attempt < MOST_ATTEMPTS) {
                initiate(peer);
            } else {
                peer.isHandshaking = false;
            }
        });
    }

    private int handshakeBytes(int message) {
        return UDP_HEADERS + (int) entropy.uniform(PADDING + message, TRAILER_WINDOW);
    }

    private void onInitiation(SimNode from, SimPeer theirs) {
        SimPeer ours = peers.get(from.key());
        if (ours == null) {
            if (!node.acceptsStrangers() || strangers >= MOST_STRANGERS || unconfirmedStrangers >= MOST_UNCONFIRMED) {
                return;
            }
            ours = add(from.key(), from, true);
        }
        SimPeer.Session session = new SimPeer.Session(theirs, ours, timeline.nowNanos());
        ours.next = session;
        wire.send(node, from, handshakeBytes(RESPONSE), () -> from.links().onResponse(session));
    }

    private void onResponse(SimPeer.Session session) {
        SimPeer ours = session.initiator;
        if (ours.isGone || !ours.isHandshaking) {
            return;
        }
        ours.isHandshaking = false;
        ours.current = session;
        ours.heardNanos = timeline.nowNanos();
        confirm(ours);
        if (ours.waiting.isEmpty()) {
            transmit(ours, session, new byte[0], 0, false);
        }
        sendWaiting(ours);
        node.settle();
    }

    private void sendWaiting(SimPeer peer) {
        SimPeer.Session session = peer.current;
        for (byte[] message = peer.waiting.poll(); message != null && session != null; message = peer.waiting.poll()) {
            transmit(peer, session, message, 0, false);
        }
    }

    // Packets.

    /** The session to send in; null when there is none, or it is too old. */
    private SimPeer.@Nullable Session usable(SimPeer peer) {
        SimPeer.Session session = peer.current;
        if (session == null || peer.isGone || !node.isAlive()) {
            return null;
        }
        long age = timeline.nowNanos() - session.bornNanos;
        if (age >= REJECT_NANOS) {
            peer.current = null;
            return null;
        }
        if (age >= REKEY_NANOS && session.initiator == peer) {
            handshake(peer);
        }
        return session;
    }

    private void transmit(SimPeer peer, SimPeer.Session session, byte[] payload, int links, boolean isUsers) {
        peer.sentNanos = timeline.nowNanos();
        int bytes = TRANSPORT_OVERHEAD + (payload.length + BLOCK - 1) / BLOCK * BLOCK;
        if (isUsers) {
            node.traffic().sentForUsers(bytes);
        }
        SimPeer end = session.otherEnd(peer);
        wire.send(node, end.owner, bytes, () -> end.owner.links().arrive(end, session, payload, links, isUsers));
    }

    private void arrive(SimPeer from, SimPeer.Session session, byte[] payload, int links, boolean isUsers) {
        if (from.isGone) {
            return;
        }
        from.heardNanos = timeline.nowNanos();
        if (session == from.next) {
            from.current = session;
            from.next = null;
            confirm(from);
            sendWaiting(from);
        }
        node.arrive(from, payload, links, isUsers);
    }

    @Override
    public void send(TunnelPeer to, byte[] message) {
        SimPeer peer = (SimPeer) to;
        SimPeer.Session session = usable(peer);
        if (session != null) {
            transmit(peer, session, message, 0, false);
        } else if (!peer.isGone) {
            if (peer.waiting.size() < SimPeer.MOST_WAITING) {
                peer.waiting.add(message);
            }
            handshake(peer);
        }
    }

    @Override
    public boolean sendNow(TunnelPeer to, long packet, int length, long nowNanos) {
        SimPeer peer = (SimPeer) to;
        SimPeer.Session session = usable(peer);
        if (session == null) {
            handshake(peer);
            return false;
        }
        transmit(peer, session, Memory.bytes(packet, length), node.linksBehind() + 1, node.isCarryingUsersPacket());
        return true;
    }

    @Override
    public boolean isUp(TunnelPeer adjacency) {
        SimPeer peer = (SimPeer) adjacency;
        return !peer.isGone && peer.current != null;
    }

    @Override
    public void renew(TunnelPeer adjacency) {
        handshake((SimPeer) adjacency);
    }

    @Override
    public PublicKey key(TunnelPeer adjacency) {
        return adjacency.publicKey();
    }

    @Override
    public void setTimed(TunnelPeer adjacency, boolean isTimed) {
        // Times are kept of all.
    }

    @Override
    public long heardNanos(TunnelPeer adjacency) {
        return ((SimPeer) adjacency).heardNanos;
    }

    @Override
    public long sentNanos(TunnelPeer adjacency) {
        return ((SimPeer) adjacency).sentNanos;
    }

    @Override
    public void setInUse(TunnelPeer adjacency, boolean inUse) {
        SimPeer peer = (SimPeer) adjacency;
        peer.isInUse = inUse;
        peer.idleSinceNanos = timeline.nowNanos();
        lookWhetherIdle(peer);
    }

    @Override
    public void sendBroken(Nhlfe<TunnelPeer, LspCiphers> reverse, ReleaseReason reason) {
        node.sendBroken(reverse, reason);
    }

    @Override
    public void retire(LspCiphers ciphers) {
        node.retire(ciphers);
    }
}
