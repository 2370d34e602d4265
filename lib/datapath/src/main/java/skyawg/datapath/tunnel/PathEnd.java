package skyawg.datapath.tunnel;

import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.multipath.PathRole;
import skyawg.protocol.multipath.ReceivePath;
import skyawg.protocol.multipath.SendPath;
import skyawg.protocol.onion.FailureWatch;
import skyawg.protocol.onion.HopMessageRate;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.onion.ReceivingEnd;
import skyawg.protocol.onion.SendingEnd;

/**
 * This end of one of a tunnel's LSPs: its ciphers, and what is counted in either direction. The packet thread's.
 *
 * @param out where packets go that begin here
 * @param slot in the tunnel's {@link skyawg.protocol.multipath.SendPaths}
 * @param asked how many of its transits may be asked something
 * @param heard how many of their words are listened to
 */
record PathEnd(
        TunnelEnd tunnel,
        Lsp<TunnelPeer, LspCiphers> lsp,
        Nhlfe<TunnelPeer, LspCiphers> out,
        SendingEnd sealer,
        ReceivingEnd opener,
        SendPath sending,
        int slot,
        ReceivePath receiving,
        FailureWatch failures,
        HopMessageRate asked,
        HopMessageRate heard) {
    /** @return what stands for an LSP that is open; it carries no user data yet */
    static PathEnd of(
            TunnelEnd tunnel,
            Lsp<TunnelPeer, LspCiphers> lsp,
            Nhlfe<TunnelPeer, LspCiphers> out,
            PathSender paths,
            long nowNanos) {
        LspCiphers ciphers = out.keys();
        SendingEnd sealer = ciphers == null ? null : ciphers.sendingEnd();
        ReceivingEnd opener = ciphers == null ? null : ciphers.receivingEnd();
        if (sealer == null || opener == null) {
            throw new IllegalArgumentException("the LSP does not end here");
        }
        SendPath sending = new SendPath(sealer.lspNumber(), PathRole.RETIRED, nowNanos);
        sending.setWeight(1); // weighted: alike, since what a path carries is known of those alone that are used
        return new PathEnd(
                tunnel,
                lsp,
                out,
                sealer,
                opener,
                sending,
                paths.add(sending),
                new ReceivePath(sealer.lspNumber()),
                new FailureWatch(nowNanos),
                new HopMessageRate(nowNanos),
                new HopMessageRate(nowNanos));
    }
}
