package skyawg.protocol.onion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.Allocation;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.wire.Memory;

/** No node allocates for a packet, be it good or not. */
final class OnionAllocationTest {
    private static final int TIMES = 20_000;

    private final TestLsp lsp = new TestLsp(3, 5);
    private final long packet = lsp.packet();

    @AfterEach
    void close() {
        lsp.close();
    }

    @Test
    void userDataBothWays() {
        FailureWatch watch = new FailureWatch(0);
        Allocation.assertNone(TIMES, () -> {
            putUserData();
            long sequence = lsp.epoch.takeTunnelSequence();
            require(lsp.ingressForward.sendUser(lsp.epoch, sequence, packet, 25));
            for (TransitForward transit : lsp.transitsForward) {
                require(transit.relay(packet) == Verdict.PASSED);
            }
            LabelledPacket.swap(packet, LabelStackEntry.of(0x70000));
            require(LinkPayload.classify(packet, 1379) == LinkPayload.LABEL);
            Verdict verdict = lsp.receive(packet);
            require(verdict == Verdict.ACCEPTED && !watch.count(verdict, sequence * 1_000_000));
        });
        Allocation.assertNone(TIMES, () -> {
            putUserData();
            require(lsp.egressReverse.sendUser(lsp.epoch, lsp.epoch.takeTunnelSequence(), packet, 25));
            lsp.transitsReverse[1].relay(packet);
            lsp.transitsReverse[0].relay(packet);
            require(lsp.ingressReverse.receive(lsp.epochs, packet) == Verdict.ACCEPTED);
        });
    }

    @Test
    void packetsThatAreDropped() {
        Allocation.assertNone(TIMES, () -> {
            LabelledPacket.swap(packet, LabelStackEntry.of(0x70000));
            Memory.putShortBe(packet + LabelledPacket.LENGTH_OFFSET, 200);
            require(LinkPayload.classify(packet, 100) == LinkPayload.BAD_LENGTH);
            require(!lsp.receive(packet).isGood());
            require(!lsp.ingressReverse.receive(lsp.epochs, packet).isGood());
            putUserData();
            require(lsp.ingressForward.sendUser(lsp.epoch, 3, packet, 25));
            for (TransitForward transit : lsp.transitsForward) {
                require(transit.relay(packet) == Verdict.PASSED);
            }
            Memory.putByte(packet + 30, Memory.getByte(packet + 30) ^ 1);
            require(lsp.receive(packet) == Verdict.AEAD);
        });
    }

    @Test
    void hopMessages() {
        HopMessageRate rate = new HopMessageRate(0);
        Allocation.assertNone(TIMES, () -> {
            require(rate.allow(Long.MAX_VALUE) || !rate.allow(Long.MAX_VALUE));
            HopMessage.putEcho(packet, Kind.HOP_ECHO_REQUEST, 1, 2, 60);
            require(lsp.ingressForward.sendToHop(2, packet, 60));
            require(lsp.transitsForward[0].relay(packet) == Verdict.PASSED);
            require(lsp.transitsForward[1].relay(packet) == Verdict.HOP_MESSAGE);
            require(lsp.transitsReverse[1].send(packet, 60));
            lsp.transitsReverse[0].relay(packet);
            require(lsp.ingressReverse.receive(lsp.epochs, packet) == Verdict.HOP_MESSAGE);
        });
    }

    private void putUserData() {
        Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.IP_PACKET, 1);
        Memory.putByte(packet + LabelledPacket.BODY_OFFSET + 5, 0x45);
        Memory.putShortBe(packet + LabelledPacket.BODY_OFFSET + 7, 20);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("a node judged a packet wrongly");
        }
    }
}
