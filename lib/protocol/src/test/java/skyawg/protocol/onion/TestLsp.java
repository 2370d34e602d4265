package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;

/** An LSP of random keys with all its nodes, and its tunnel with epochs 0 and 1, which both directions share here. */
final class TestLsp implements AutoCloseable {
    static final int LSP = 7;

    final IngressForward ingressForward;
    final IngressReverse ingressReverse;
    final TransitForward[] transitsForward;
    final TransitReverse[] transitsReverse;
    final EgressForward egressForward;
    final EgressReverse egressReverse;

    final SendEpoch setUp;
    final SendEpoch epoch;
    final ReceiveEpochs epochs = new ReceiveEpochs();

    private final OffHeap memory = new OffHeap();
    private final Random random;

    /** @param hops 1 to 6, with the egress */
    TestLsp(int hops, long seed) {
        random = new Random(seed);
        HopKeys[] transits = new HopKeys[hops - 1];
        transitsForward = new TransitForward[hops - 1];
        transitsReverse = new TransitReverse[hops - 1];
        for (int i = 0; i < transits.length; i++) {
            transits[i] = new HopKeys(memory.put(randomBytes(HopKeys.LENGTH)));
            transitsForward[i] = new TransitForward(transits[i]);
            transitsReverse[i] = new TransitReverse(transits[i]);
        }
        HopKeys egress = new HopKeys(memory.put(randomBytes(HopKeys.LENGTH)));
        ingressForward = new IngressForward(LSP, transits, egress);
        ingressReverse = new IngressReverse(LSP, transits, egress);
        egressForward = new EgressForward(LSP, egress);
        egressReverse = new EgressReverse(LSP, egress);
        for (HopKeys keys : transits) {
            keys.close();
        }
        egress.close();
        long key0 = memory.put(randomBytes(32));
        long key1 = memory.put(randomBytes(32));
        setUp = new SendEpoch(0, key0);
        epoch = new SendEpoch(1, key1);
        epochs.add(0, key0);
        epochs.add(1, key1);
    }

    byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Packet memory with random bytes. */
    long packet() {
        return memory.put(randomBytes(LabelledPacket.MAX_PACKET_LENGTH));
    }

    /** A packet whose plaintext is an IPv4 packet of this length, so {@code length + 5} bytes. */
    long userPacket(int length) {
        long packet = packet();
        Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.IP_PACKET, 1);
        long inner = packet + LabelledPacket.BODY_OFFSET + Plaintext.HEAD_LENGTH;
        Memory.putByte(inner, 0x45);
        Memory.putShortBe(inner + 2, length);
        return packet;
    }

    /** Another packet with the same bytes. */
    long copy(long packet) {
        return memory.put(OffHeap.get(packet, LabelledPacket.lengthWithoutPadding(packet)));
    }

    long sentUser() {
        return sentUser(epoch.takeTunnelSequence());
    }

    /** A packet of 20 bytes of user data, from the ingress to the egress, as the last link carries it. */
    long sentUser(long tunnelSequence) {
        long packet = userPacket(20);
        assertThat(ingressForward.sendUser(epoch, tunnelSequence, packet, 25)).isTrue();
        relayForward(packet);
        return packet;
    }

    /** A packet of kind 0 without content, from the ingress to the egress, as the last link carries it. */
    long sentControl() {
        long packet = packet();
        Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.NOTHING, 1);
        assertThat(ingressForward.sendControl(epoch, packet, 5)).isTrue();
        relayForward(packet);
        return packet;
    }

    Verdict receive(long packet) {
        return egressForward.receive(epochs, packet);
    }

    void relayForward(long packet) {
        for (TransitForward transit : transitsForward) {
            assertThat(transit.relay(packet)).isEqualTo(Verdict.PASSED);
        }
    }

    void relayReverse(long packet) {
        for (int i = transitsReverse.length - 1; i >= 0; i--) {
            transitsReverse[i].relay(packet);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < transitsForward.length; i++) {
            transitsForward[i].close();
            transitsReverse[i].close();
        }
        ingressForward.close();
        ingressReverse.close();
        egressForward.close();
        egressReverse.close();
        setUp.close();
        epoch.close();
        epochs.close();
        memory.close();
    }
}
