package skyawg.awgd.mesh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import skyawg.control.mesh.TunnelConfig;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.nodes.Source;
import skyawg.mesh.nodes.Standing;
import skyawg.mesh.path.ChosenAs;
import skyawg.mesh.path.ChosenHop;
import skyawg.mesh.path.Path;
import skyawg.mesh.path.PathChoice;
import skyawg.mesh.path.Place;
import skyawg.mesh.path.Rejection;
import skyawg.mesh.path.Shortage;
import skyawg.mesh.path.Tally;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.TunnelState;
import skyawg.protocol.names.PublicKey;

/** Why a tunnel's paths are what they are, in plain sentences. On the conductor. */
final class ExplanationText {
    private static final double NANOS_PER_MILLI = 1e6;

    private ExplanationText() {}

    /** All there is to say of the tunnel of this name; nothing when there is none. */
    static List<String> of(JoinedMesh mesh, String name) {
        KeptTunnel kept = mesh.tunnel(name);
        if (kept == null) {
            return List.of();
        }
        IngressTunnel<TunnelPeer> present = mesh.node().tunnel(name);
        List<Path> up = present == null ? List.of() : present.upPaths();
        return of(kept, present == null ? TunnelState.CLOSED : present.state(), up);
    }

    /**
     * All there is to say of one tunnel.
     *
     * @param up its paths that carry payload
     */
    private static List<String> of(KeptTunnel tunnel, TunnelState state, List<Path> up) {
        TunnelConfig config = tunnel.config();
        List<String> lines = new ArrayList<>();
        lines.add("tunnel " + config.name() + " leads to the exit service " + config.exit() + " by paths of "
                + config.hops() + " hops, the exit counted; " + config.active() + " of them carry packets, "
                + config.warm() + " more are kept ready");
        lines.add(stateLine(state, up.size(), config.active() + config.warm()));
        for (int i = 0; i < up.size(); i++) {
            double millis = tunnel.paths().roundTripNanos(up.get(i)).orElse(0L) / NANOS_PER_MILLI;
            lines.add(String.format(
                    Locale.ROOT,
                    "path %d is %s, took %.1f ms there and back when it came up: %s",
                    i + 1,
                    i < config.active() ? "active" : "warm",
                    millis,
                    up.get(i)));
        }
        tunnel.paths()
                .lastChoice()
                .ifPresent(choice -> choice(lines, choice, tunnel.paths().chosenAt()));
        for (ChosenPaths.Event event : tunnel.paths().events()) {
            lines.add(Instant.ofEpochSecond(event.unixSeconds()) + " a path was lost: " + event.what() + ": "
                    + event.path());
        }
        return lines;
    }

    private static String stateLine(TunnelState state, int up, int wanted) {
        return switch (state) {
            case UP -> "it is up: payload came back through " + up + " paths of the " + wanted + " wanted";
            case OPENING -> "it is opening: no path has come about yet; packets for it are dropped";
            case AGREEING -> "it is agreeing on its first keys; packets for it are dropped";
            case DOWN -> "it is down: it was up, and other paths are sought; packets for it are dropped";
            case CLOSED -> "it is closed, and will be opened again; packets for it are dropped";
        };
    }

    private static void choice(List<String> lines, PathChoice choice, long chosenAt) {
        lines.add("at " + Instant.ofEpochSecond(chosenAt) + " " + choice.paths().size() + " new paths were drawn");
        choice(lines, choice);
    }

    /** What was chosen, and what was not. */
    static void choice(List<String> lines, PathChoice choice) {
        for (ChosenHop hop : choice.explanation().chosen()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "new path %d, hop %d is %s: %s, with %.0f %% of the weight of all that could stand there; %s",
                    hop.path() + 1,
                    hop.position() + 1,
                    hop.node().toBase64(),
                    reason(hop.reason()),
                    100 * hop.share(),
                    standing(hop.standing(), hop.source())));
        }
        choice.shortage().ifPresent(shortage -> lines.add("there are fewer paths than wanted: " + text(shortage)));
        choice.explanation().tallies().forEach((place, tally) -> tally(lines, place, tally));
    }

    private static void tally(List<String> lines, Place place, Tally tally) {
        String rejected = tally.rejected().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> count(entry.getValue()) + text(entry.getKey()))
                .collect(Collectors.joining("; "));
        lines.add("as " + text(place) + " " + tally.eligible() + " nodes could stand"
                + (rejected.isEmpty() ? "" : "; not taken: " + rejected));
    }

    private static String count(List<PublicKey> nodes) {
        return nodes.size() == 1 ? nodes.getFirst().toBase64() + " " : nodes.size() + " nodes ";
    }

    private static String reason(ChosenAs reason) {
        return switch (reason) {
            case PINNED_FIRST_HOP -> "one of the first hops that the policy names";
            case GUARD -> "one of the guards";
            case DRAWN -> "drawn by weight";
            case WANTED_EXIT -> "one of the exits that the policy names";
            case EGRESS_OF_TUNNEL -> "where the tunnel ends already";
            case LAST_RESORT -> "there was no other, and its record is disputed";
        };
    }

    private static String standing(Standing standing, Source source) {
        String said = switch (standing) {
            case PROVED -> "it called its record its own";
            case FOLLOWS_PROVED -> "its record follows one that was proved";
            case CLAIMED -> "its record is a claim so far";
        };
        return said
                + switch (source) {
                    case NODE -> ", and gave it itself";
                    case STATIC -> ", from your list";
                    case DISCV5 -> ", from discovery";
                    case EMERCOIN -> ", from Emercoin";
                    case KEPT -> ", kept from before";
                };
    }

    private static String text(Shortage shortage) {
        return switch (shortage) {
            case NO_EGRESS -> "no known node offers the exit service that the policy lets us use";
            case EGRESS_LOST -> "the tunnel's exit cannot be used now";
            case NO_FIRST_HOP -> "no guard or named node can be a first hop";
            case FIRST_HOPS_USED_UP -> "every first hop that can be used is in another path of the tunnel, or near one";
            case TOO_FEW_TRANSITS -> "there are not enough nodes that carry others' paths";
            case RULES_COLLIDE -> "too many of the nodes are near one another, or have no common address family";
            case NO_TRANSITS_ASKED -> "without transits there is one way to an exit";
        };
    }

    private static String text(Place place) {
        return switch (place) {
            case FIRST_HOP -> "first hop";
            case TRANSIT -> "later transit";
            case EGRESS -> "exit";
        };
    }

    private static String text(Rejection rejection) {
        return switch (rejection) {
            case NOT_OFFERED -> "do not offer it";
            case NOT_A_FIRST_HOP -> "are no guards, and not named as first hops";
            case OTHER_EXIT_WANTED -> "are not the exit that is wanted";
            case NO_CURRENT_KEY -> "have no key of the day that we know";
            case REFUTED -> "claim a key that another node proved to be its own";
            case RESTING -> "failed lately";
            case AVOIDED -> "are to be avoided";
            case NO_ENDPOINT -> "list no address that may be dialled";
            case NO_COMMON_FAMILY -> "have no address family in common with us";
            case IN_USE -> "are in a path of the tunnel already";
            case SAME_BLOCK -> "are in one /16 or /32 with a node of the tunnel's paths";
            case SAME_FAMILY -> "are of one owner with a node of the tunnel's paths";
            case SAME_KEY -> "claim the key of a node of the tunnel's paths";
            case NOT_DRAWN -> "chance passed by";
        };
    }
}
