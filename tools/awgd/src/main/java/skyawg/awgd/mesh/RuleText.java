package skyawg.awgd.mesh;

import skyawg.control.mesh.FtnConfig;
import skyawg.protocol.mpls.FtnRule;

/** Rules of the FTN in plain words, and why one does not decide about a packet. */
final class RuleText {
    private RuleText() {}

    static String of(FtnConfig rule) {
        return "packets to " + rule.destination()
                + rule.from().map(from -> " that come in by " + from).orElse("")
                + rule.client().map(key -> " of the client " + key.toBase64()).orElse("")
                + (rule.dscp() == FtnRule.ANY_DSCP ? "" : " with DSCP " + rule.dscp())
                + " go by tunnel " + rule.tunnel();
    }

    /**
     * Why a rule for the packet's destination is not the one that decides.
     *
     * @param isOfSource whether the rule counts for where the packet comes from
     * @param decidingBits the prefix length of the rule that does; negative when none does
     */
    static String whyNot(FtnConfig rule, PacketQuestion packet, boolean isOfSource, int decidingBits) {
        if (!isOfSource) {
            return "it is for another source";
        }
        if (rule.dscp() != FtnRule.ANY_DSCP && rule.dscp() != packet.dscp()) {
            return "it is for another DSCP";
        }
        return rule.destination().prefixBits() < decidingBits
                ? "its prefix is shorter"
                : "one that names the source or the DSCP goes before it";
    }
}
