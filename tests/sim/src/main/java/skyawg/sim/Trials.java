package skyawg.sim;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.mesh.path.Path;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.wire.Memory;

/**
 * Trials of failover. A tunnel carries packets both ways, 50 a second; after three seconds a transit of the path that
 * carries most of them dies, or becomes a black hole for one direction. The gap is the longest time without a packet at
 * one of the ends from then on.
 */
final class Trials {
    private static final long PACKET_SPACING = 20 * Timeline.MILLISECOND;
    private static final long BEFORE = 3 * Timeline.SECOND;
    private static final long COUNTED = Timeline.SECOND;
    private static final long AFTER = 6 * Timeline.SECOND;
    private static final int PACKET_LENGTH = 200;
    private static final int NUMBER_OFFSET = 20;
    private static final int LENGTH_OFFSET = 2;
    private static final int V4_FIRST_BYTE = 0x45;

    private final Simulation world;
    private final Timeline timeline;
    private final Entropy entropy;
    private final Arena arena = Arena.ofAuto();
    private final long packet = Memory.allocate(arena, PACKET_LENGTH);
    private final List<Trial> running = new ArrayList<>();
    private final Map<Kind, Samples> gaps = new EnumMap<>(Kind.class);
    private final Samples roundTrips = new Samples();
    private int begun;
    private int notBegun;
    private int tunnelsLost;
    private long sent;
    private long arrived;

    enum Kind {
        TRANSIT_DIES,
        BLACK_HOLE_FORWARD,
        BLACK_HOLE_REVERSE
    }

    Trials(Simulation world, Entropy entropy) {
        this.world = world;
        this.timeline = world.timeline();
        this.entropy = entropy;
        for (Kind kind : Kind.values()) {
            gaps.put(kind, new Samples());
        }
    }

    Samples gaps(Kind kind) {
        Samples samples = gaps.get(kind);
        if (samples == null) {
            throw new IllegalStateException("every kind has its samples");
        }
        return samples;
    }

    Samples roundTrips() {
        return roundTrips;
    }

    int notBegun() {
        return notBegun;
    }

    int tunnelsLost() {
        return tunnelsLost;
    }

    long sent() {
        return sent;
    }

    long arrived() {
        return arrived;
    }

    /** Spreads them over the time, but for the first and the last moments. */
    void schedule() {
        int count = world.settings().trials();
        long from = 120 * Timeline.SECOND;
        long to = world.settings().seconds() * Timeline.SECOND - 15 * Timeline.SECOND;
        for (int i = 0; i < count && to > from; i++) {
            timeline.after(from + (to - from) / count * i, this::begin);
        }
    }

    private void begin() {
        List<Ingress> able = world.ingresses().stream()
                .filter(ingress -> ingress.isForTrials()
                        && ingress.isUp()
                        && ingress.open().tunnel().upPaths().size() >= 3
                        && running.stream().noneMatch(trial -> trial.ingress == ingress))
                .toList();
        if (able.isEmpty()) {
            notBegun++;
            return;
        }
        Kind kind = Kind.values()[begun++ % Kind.values().length];
        new Trial(kind, able.get((int) entropy.uniform(0, able.size() - 1L))).begin();
    }

    void atEgress(long arrivedPacket, int length, long nowNanos) {
        arrive(arrivedPacket, true, nowNanos);
    }

    void atIngress(long arrivedPacket, int length, long nowNanos) {
        arrive(arrivedPacket, false, nowNanos);
    }

    private void arrive(long arrivedPacket, boolean isAtEgress, long nowNanos) {
        int number = Memory.getIntBe(arrivedPacket + NUMBER_OFFSET);
        arrived++;
        for (Trial trial : running) {
            if (trial.number == number) {
                (isAtEgress ? trial.atEgress : trial.atIngress).arrive(nowNanos);
            }
        }
    }

    /** What comes out at one end. */
    private static final class End {
        private long lastNanos;
        private long longest;
        private boolean isWatched;

        void arrive(long nowNanos) {
            look(nowNanos);
            lastNanos = nowNanos;
        }

        void watch() {
            isWatched = true;
        }

        /** To be called at the end as well: nothing may have come any more. */
        void look(long nowNanos) {
            if (isWatched) {
                longest = Math.max(longest, nowNanos - lastNanos);
            }
        }
    }

    private final class Trial {
        private final int number = begun;
        private final Kind kind;
        private final Ingress ingress;
        private final IngressTunnel<TunnelPeer> tunnel;
        private final TunnelEnd near;
        private final End atEgress = new End();
        private final End atIngress = new End();
        private List<Lsp<TunnelPeer, LspCiphers>> lsps = List.of();
        private List<Long> counts = List.of();
        private boolean isOver;

        Trial(Kind kind, Ingress ingress) {
            this.kind = kind;
            this.ingress = ingress;
            this.tunnel = ingress.open().tunnel();
            this.near = ingress.open().end();
        }

        void begin() {
            running.add(this);
            atEgress.lastNanos = timeline.nowNanos();
            atIngress.lastNanos = timeline.nowNanos();
            send();
            timeline.after(BEFORE - COUNTED, this::count);
            timeline.after(BEFORE, this::strike);
            timeline.after(BEFORE + AFTER, this::end);
        }

        private @Nullable TunnelEnd far() {
            List<Path> paths = tunnel.upPaths();
            SimNode exit = paths.isEmpty()
                    ? null
                    : world.find(paths.getFirst().egress().key());
            return exit == null ? null : tunnel.prefixes().map(exit::egressEnd).orElse(null);
        }

        private void send() {
            if (isOver) {
                return;
            }
            sent += 2;
            prepare();
            ingress.node().sendUsersPacket(near, packet, PACKET_LENGTH);
            TunnelEnd far = far();
            SimNode exit = far == null
                    ? null
                    : world.find(tunnel.upPaths().getFirst().egress().key());
            if (far != null && exit != null) {
                prepare();
                exit.sendUsersPacket(far, packet, PACKET_LENGTH);
            }
            timeline.after(PACKET_SPACING, this::send);
        }

        private void prepare() {
            Memory.putByte(packet, V4_FIRST_BYTE);
            Memory.putShortBe(packet + LENGTH_OFFSET, PACKET_LENGTH);
            Memory.putIntBe(packet + NUMBER_OFFSET, number);
        }

        private void count() {
            lsps = tunnel.upPaths().stream()
                    .map(tunnel::lsp)
                    .flatMap(java.util.Optional::stream)
                    .toList();
            counts = lsps.stream().map(this::packets).toList();
        }

        /** Of the direction that is to be struck. */
        private long packets(Lsp<TunnelPeer, LspCiphers> lsp) {
            var entry = kind == Kind.BLACK_HOLE_REVERSE ? lsp.reverse() : lsp.forward();
            return entry == null ? 0 : entry.packets();
        }

        private void strike() {
            Path busiest = null;
            long most = -1;
            for (Path path : tunnel.upPaths()) {
                Lsp<TunnelPeer, LspCiphers> lsp = tunnel.lsp(path).orElse(null);
                int index = lsp == null ? -1 : lsps.indexOf(lsp);
                if (lsp != null && index >= 0 && packets(lsp) - counts.get(index) > most) {
                    most = packets(lsp) - counts.get(index);
                    busiest = path;
                }
            }
            int position = (int) entropy.uniform(0, 1);
            SimNode victim = busiest == null
                    ? null
                    : world.find(busiest.hops().get(position).key());
            if (busiest == null || victim == null) {
                notBegun++;
                isOver = true;
                running.remove(this);
                return;
            }
            roundTrips.add(2 * world.oneWayMillis(ingress.node(), busiest));
            atEgress.watch();
            atIngress.watch();
            if (kind == Kind.TRANSIT_DIES) {
                world.replace(victim);
                return;
            }
            SimPeer before = position == 0
                    ? victim.links().find(ingress.node().key())
                    : victim.links().find(busiest.firstHop().key());
            SimPeer behind =
                    victim.links().find(busiest.hops().get(position + 1).key());
            SimPeer deaf = kind == Kind.BLACK_HOLE_FORWARD ? before : behind;
            if (deaf != null) {
                deaf.isBlackHole = true;
                timeline.after(AFTER, () -> deaf.isBlackHole = false);
            }
        }

        private void end() {
            if (isOver) {
                return;
            }
            isOver = true;
            running.remove(this);
            if (ingress.open().tunnel() != tunnel) {
                tunnelsLost++;
                return;
            }
            atEgress.look(timeline.nowNanos());
            atIngress.look(timeline.nowNanos());
            gaps(kind).add(Math.max(atEgress.longest, atIngress.longest) / 1e6);
        }
    }
}
