package skyawg.datapath.tunnel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.Bypass;
import skyawg.datapath.forward.EventCounters;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.names.PublicKey;

/** Decides which of an interface's packets go into the mesh directly. The interface's receiving thread's. */
final class DirectBypass implements Bypass {
    private final String name;
    private final Supplier<DirectRules> rules;
    private final @Nullable DirectEntrance entrance;
    private final EventCounters<TunnelDrop> drops;

    // What is known of the peer that sent last.
    private @Nullable DirectRules knownRules;
    private @Nullable TunnelPeer knownPeer;
    private @Nullable PublicKey namedClient;
    private boolean isNamed;

    /**
     * @param name of the interface
     * @param entrance null while there is no mesh: what was to go there goes nowhere
     * @param drops counts what is dropped here
     */
    DirectBypass(
            String name,
            Supplier<DirectRules> rules,
            @Nullable DirectEntrance entrance,
            EventCounters<TunnelDrop> drops) {
        this.name = name;
        this.rules = rules;
        this.entrance = entrance;
        this.drops = drops;
    }

    @Override
    public boolean take(TunnelPeer from, long packet, int length, long nowNanos) {
        DirectRules present = rules.get();
        if (!isNamed(present, from)) {
            return false;
        }
        DirectRules.Way way = present.find(namedClient, name, packet);
        IngressEdge.Route route = way.route();
        if (route == null) {
            return false;
        }
        if (!present.isMappable(packet)) {
            if (way.isKernelSafe()) {
                return false; // it gives the packet an address of its own, and knows the way
            }
            drops.count(TunnelDrop.ADDRESS);
            return true;
        }
        TunnelDrop drop = entrance == null ? TunnelDrop.NO_TUNNEL : entrance.enter(route, packet, length, nowNanos);
        if (drop != null) {
            drops.count(drop);
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // rules and a peer are one object each
    private boolean isNamed(DirectRules present, TunnelPeer from) {
        if (from != knownPeer || present != knownRules) {
            knownPeer = from;
            knownRules = present;
            namedClient = present.namesClient(from.publicKey()) ? from.publicKey() : null;
            isNamed = namedClient != null || present.namesInterface(name);
        }
        return isNamed;
    }

    @Override
    public void flush() {
        if (entrance != null) {
            entrance.flush();
        }
    }
}
