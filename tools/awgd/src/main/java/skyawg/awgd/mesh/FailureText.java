package skyawg.awgd.mesh;

import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.path.Path;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.setup.Status;

/** What went wrong with a path, for people. */
final class FailureText {
    private FailureText() {}

    static String of(Path path, SetupFailure failure) {
        return switch (failure) {
            case SetupFailure.Refused(int hop, ReplyRecord reply) -> hop(path, hop) + " refused: " + of(reply.status());
            case SetupFailure.Spoiled(int hop) -> "the reply of " + hop(path, hop) + " was spoiled on the way";
            case SetupFailure.Contradictory() -> "hop 1 refuses, and all replies agree";
            case SetupFailure.FalseRecord(int hop, ReplyRecord reply) ->
                hop(path, hop) + " calls another record its own than the one we have";
            case SetupFailure.NoReply() -> "no reply in 3 s";
            case SetupFailure.BadKey() -> "a hop's medium-term key is worthless";
            case SetupFailure.FirstHop() -> hop(path, 1) + " does not answer, or its link is too narrow";
        };
    }

    /**
     * A path that ended after this hop.
     *
     * @param hop 0 for this node
     * @param isSaid whether the hop has told so
     */
    static String cut(Path path, int hop, boolean isSaid) {
        if (isSaid) {
            return hop(path, hop) + " says that the link behind it is broken";
        }
        return hop == 0
                ? hop(path, 1) + " does not answer any more"
                : hop(path, hop) + " answers, and " + hop(path, hop + 1) + " does not";
    }

    private static String hop(Path path, int hop) {
        return "hop " + hop + " (" + path.hops().get(hop - 1).key().toBase64() + ")";
    }

    private static String of(Status status) {
        return switch (status) {
            case OK -> "nothing";
            case NO_CAPACITY -> "no capacity";
            case POLICY -> "its policy";
            case BAD_RECORD -> "the record is not its own";
            case NEXT_HOP_UNREACHABLE -> "the next hop does not answer";
            case PATH_MTU -> "the link behind it carries no packets of full size";
            case CLOCK -> "the clocks differ by more than 120 s, or it was just started";
            case SERVICE_NOT_OFFERED -> "it does not offer the exit service";
            case UNKNOWN_TUNNEL -> "it does not know the tunnel any more";
            case TUNNEL_EXISTS -> "it has the tunnel already";
            case CREDIT -> "credit";
            case SHUTTING_DOWN -> "it is shutting down";
            case UNKNOWN -> "for a reason that is not known here";
        };
    }

    static String of(LspEnd end) {
        return switch (end) {
            case REFUSED -> "refused";
            case NO_REPLY -> "no reply";
            case UNCONFIRMED -> "no packet came after the reply";
            case IDLE -> "no packet for a minute";
            case LIFETIME -> "its time was over";
            case DONE -> "not needed any more";
            case RELEASED -> "a node on the path released it";
            case LINK_DOWN -> "the link to the first hop is down";
            case PATH_MTU -> "the link to the first hop carries no packets of full size";
            case EVICTED -> "it made room for another neighbour";
            case SHUTTING_DOWN -> "this node stops";
        };
    }
}
