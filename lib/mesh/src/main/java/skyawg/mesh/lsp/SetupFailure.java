package skyawg.mesh.lsp;

import skyawg.protocol.setup.ReplyRecord;

/** Why a path of our own did not come about. Hops are counted from 1. */
public sealed interface SetupFailure {
    /** This hop said no; its record may be false, or its reasons good. */
    record Refused(int hop, ReplyRecord reply) implements SetupFailure {}

    /** This hop's slot does not open: it, or a hop before it, spoiled the reply. */
    record Spoiled(int hop) implements SetupFailure {}

    /** The first hop says no, and every slot says yes. */
    record Contradictory() implements SetupFailure {}

    /** The hop agreed, and calls another record its own than the one that led to it: that one is false. */
    record FalseRecord(int hop, ReplyRecord reply) implements SetupFailure {}

    /** No reply in three seconds. */
    record NoReply() implements SetupFailure {}

    /** This hop's key M is worthless. */
    record BadKey() implements SetupFailure {}

    /** The first hop is not to be had, or its link does not carry packets of full size. */
    record FirstHop() implements SetupFailure {}
}
