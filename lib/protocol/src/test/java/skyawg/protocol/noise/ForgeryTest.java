package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;
import skyawg.protocol.simulation.Node;
import skyawg.protocol.simulation.NodePair;
import skyawg.protocol.simulation.NodePair.Sent;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** What an attacker on the path may try with messages that it has seen: A1, A2, A6, A11. */
final class ForgeryTest {
    private static final int INITIATION = 148;
    private static final int RESPONSE = 92;
    private static final int COOKIE_REPLY = 64;
    private static final int LOW_ORDER_POINTS = 2 * (5 + 2);

    private final NodePair pair = new NodePair(2);

    @AfterEach
    void closePair() {
        pair.close();
    }

    /** A's initiation, held back. */
    private byte[] heldInitiation() {
        pair.isCut = true;
        pair.aSends("held");
        pair.isCut = false;
        return last(pair.a, INITIATION);
    }

    private byte[] last(Node node, int length) {
        List<Sent> all = pair.sentBy(node, length);
        return all.getLast().bytes();
    }

    private long accepted() {
        return pair.verdicts.stream().filter(Verdict::isAccepted).count();
    }

    // A1

    @Test
    void noReplayedDataMessageIsAccepted() {
        pair.aSends("once");
        byte[] data = pair.sentBy(pair.a).getLast().bytes();
        int replays = (int) Campaign.size("A1 replayed data messages", 1_000_000);
        for (int i = 0; i < replays; i++) {
            pair.inject(pair.b, data);
        }
        assertThat(pair.delivered).containsExactly("b:once");
        assertThat(pair.replays).isEqualTo(replays);
    }

    @Test
    void noReplayedInitiationIsAccepted() {
        pair.aSends("once");
        byte[] initiation = last(pair.a, INITIATION);
        pair.verdicts.clear();
        int sessions = pair.b.indexTable().size();
        int replays = (int) Campaign.size("A1 replayed initiations", 100_000);
        for (int i = 0; i < replays; i++) {
            pair.inject(pair.b, initiation);
        }
        assertThat(pair.verdicts).hasSize(replays).containsOnly(Verdict.REPLAYED_TIMESTAMP);
        assertThat(pair.b.indexTable().size()).isEqualTo(sessions);
        pair.aSends("still here");
        assertThat(pair.delivered).endsWith("b:still here");
    }

    @Test
    void noReplayedResponseIsAccepted() {
        pair.aSends("once");
        byte[] response = last(pair.b, RESPONSE);
        Keypair session = requireNonNull(pair.peerB.current());
        pair.verdicts.clear();
        int replays = (int) Campaign.size("A1 replayed responses", 100_000);
        for (int i = 0; i < replays; i++) {
            pair.inject(pair.a, response);
        }
        assertThat(pair.verdicts).hasSize(replays).containsOnly(Verdict.UNKNOWN_INDEX);
        assertThat(pair.peerB.current()).isSameAs(session);
    }

    @Test
    void noReplayedCookieReplyIsAccepted() {
        byte[] reply = cookieReply();
        pair.inject(pair.a, reply);
        pair.verdicts.clear();
        int replays = (int) Campaign.size("A1 replayed cookie replies", 100_000);
        for (int i = 0; i < replays; i++) {
            pair.inject(pair.a, reply);
        }
        assertThat(pair.verdicts).hasSize(replays).containsOnly(Verdict.NOT_GENUINE);
    }

    // A2

    @Test
    void noForgedInitiationIsAccepted() {
        byte[] genuine = heldInitiation();
        int forgeries = forgeEveryBit(pair.b, genuine, 0, Initiation.MAC1_OFFSET + HandshakeMessage.MAC_LENGTH, 100);
        assertThat(forgeries).isGreaterThan(100_000);
        assertThat(accepted()).isZero();
        assertThat(pair.b.indexTable().size()).isZero();
        pair.inject(pair.b, genuine);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.INITIATION_ACCEPTED);
    }

    /** mac2 counts under load only: a peer may hold a cookie that we have forgotten. */
    @Test
    void noForgedMac2IsAcceptedUnderLoad() {
        pair.inject(pair.a, cookieReply());
        pair.isCut = true;
        pair.advance(6 * NodePair.SECOND);
        byte[] genuine = last(pair.a, INITIATION);
        pair.verdicts.clear();
        forgeEveryBit(pair.b, genuine, Initiation.MAC1_OFFSET + HandshakeMessage.MAC_LENGTH, Initiation.LENGTH, 10);
        assertThat(pair.verdicts).hasSize(1280).containsOnly(Verdict.COOKIE_SENT);
        pair.inject(pair.b, genuine);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.INITIATION_ACCEPTED);
    }

    /** Anybody can make mac1 right again; the transcript must hold alone. */
    @Test
    void noForgedPartOfTheTranscriptIsAcceptedWithMac1MadeAnew() {
        byte[] genuine = heldInitiation();
        for (int bit = 8 * Initiation.EPHEMERAL_OFFSET; bit < 8 * Initiation.MAC1_OFFSET; bit++) {
            byte[] forged = flip(genuine, bit);
            remac(forged, Initiation.MAC1_OFFSET, pair.b.publicKey());
            pair.inject(pair.b, forged);
        }
        assertThat(pair.verdicts)
                .hasSize(8 * (Initiation.MAC1_OFFSET - Initiation.EPHEMERAL_OFFSET))
                .containsOnly(Verdict.NOT_GENUINE);
        pair.inject(pair.b, genuine);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.INITIATION_ACCEPTED);
    }

    @Test
    void noForgedResponseIsAccepted() {
        pair.isCut = true;
        pair.aSends("held");
        pair.inject(pair.b, last(pair.a, INITIATION));
        pair.verdicts.clear();
        byte[] genuine = last(pair.b, RESPONSE);
        forgeEveryBit(pair.a, genuine, 0, Response.MAC1_OFFSET + HandshakeMessage.MAC_LENGTH, 100);
        for (int bit = 8 * Response.EPHEMERAL_OFFSET; bit < 8 * Response.MAC1_OFFSET; bit++) {
            byte[] forged = flip(genuine, bit);
            remac(forged, Response.MAC1_OFFSET, pair.a.publicKey());
            pair.inject(pair.a, forged);
        }
        assertThat(accepted()).isZero();
        assertThat(pair.peerB.current()).isNull();
        pair.inject(pair.a, genuine);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.RESPONSE_ACCEPTED);
    }

    @Test
    void noForgedCookieReplyIsAccepted() {
        byte[] genuine = cookieReply();
        pair.verdicts.clear();
        forgeEveryBit(pair.a, genuine, 0, COOKIE_REPLY, 100);
        assertThat(accepted()).isZero();
        pair.inject(pair.a, genuine);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.COOKIE_ACCEPTED);
    }

    @Test
    void noForgedDataMessageIsAccepted() {
        pair.aSends("open the way");
        pair.isCut = true;
        pair.aSends("a message of some length, so that there is something to forge in it");
        byte[] genuine = pair.sentBy(pair.a).getLast().bytes();
        int rounds = (int) Campaign.size("A2 forgeries of each bit of a data message", 1_000);
        int forgeries = forgeEveryBit(pair.b, genuine, 0, genuine.length, rounds);
        assertThat(forgeries).isGreaterThan(800 * rounds);
        assertThat(pair.delivered).hasSize(1);
        assertThat(pair.keepalives).isZero();
        pair.inject(pair.b, genuine);
        assertThat(pair.delivered).hasSize(2);
    }

    // A6

    @Test
    void cookieReplyForAnotherMessageIsIgnored() {
        byte[] reply = cookieReply();
        pair.isCut = true;
        pair.advance(6 * NodePair.SECOND);
        pair.verdicts.clear();
        pair.inject(pair.a, reply);
        // the refused initiation is replaced by now, and its index is free
        assertThat(pair.verdicts).containsExactly(Verdict.UNKNOWN_INDEX);
        byte[] readdressed = reply.clone();
        System.arraycopy(last(pair.a, INITIATION), Initiation.SENDER_OFFSET, readdressed, 4, Integer.BYTES);
        pair.inject(pair.a, readdressed);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.NOT_GENUINE);
    }

    @Test
    void cookieReplyWithoutAMessageOfOursIsIgnored() {
        byte[] reply = cookieReply();
        pair.inject(pair.b, reply);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.UNKNOWN_INDEX);
    }

    // A11

    @Test
    void lowOrderEphemeralKeyIsRefused() {
        byte[] genuine = heldInitiation();
        for (byte[] point : lowOrderPoints()) {
            byte[] forged = genuine.clone();
            System.arraycopy(point, 0, forged, Initiation.EPHEMERAL_OFFSET, point.length);
            remac(forged, Initiation.MAC1_OFFSET, pair.b.publicKey());
            pair.inject(pair.b, forged);
        }
        assertThat(pair.verdicts).hasSize(LOW_ORDER_POINTS).containsOnly(Verdict.NOT_GENUINE);
    }

    @Test
    void lowOrderEphemeralKeyInAResponseIsRefused() {
        pair.isCut = true;
        pair.aSends("held");
        pair.inject(pair.b, last(pair.a, INITIATION));
        pair.verdicts.clear();
        byte[] genuine = last(pair.b, RESPONSE);
        for (byte[] point : lowOrderPoints()) {
            byte[] forged = genuine.clone();
            System.arraycopy(point, 0, forged, Response.EPHEMERAL_OFFSET, point.length);
            remac(forged, Response.MAC1_OFFSET, pair.a.publicKey());
            pair.inject(pair.a, forged);
        }
        assertThat(pair.verdicts).hasSize(LOW_ORDER_POINTS).containsOnly(Verdict.NOT_GENUINE);
    }

    @Test
    void peerWithALowOrderKeyIsNeverSpokenTo() {
        for (byte[] point : lowOrderPoints()) {
            Peer peer = pair.a.addPeer(PublicKey.of(point), Optional.empty(), pair.pathToB, pair.now());
            pair.a.sendPacket(peer, NodePair.packet("nobody"), pair.now());
        }
        pair.advance(200 * NodePair.SECOND);
        assertThat(pair.a.engine().peers()).hasSize(1 + LOW_ORDER_POINTS);
        assertThat(pair.sent).isEmpty();
        assertThat(pair.a.indexTable().size()).isZero();
    }

    /** The recorded ones, the two that are not reduced modulo p, and each with the bit set that X25519 ignores. */
    private static List<byte[]> lowOrderPoints() {
        List<byte[]> points = new ArrayList<>();
        for (JsonNode point : Vectors.own("awg/primitives.json").get("x25519_low_order")) {
            points.add(hex(point, "peer_public"));
        }
        for (int low : new int[] {0xed, 0xee}) {
            byte[] point = new byte[PublicKey.LENGTH];
            Arrays.fill(point, (byte) 0xff);
            point[0] = (byte) low;
            point[31] = 0x7f;
            points.add(point);
        }
        for (byte[] point : List.copyOf(points)) {
            byte[] highBitSet = point.clone();
            highBitSet[31] |= (byte) 0x80;
            points.add(highBitSet);
        }
        return points;
    }

    /** B under load answers A's initiation with a cookie; A has not got it yet. */
    private byte[] cookieReply() {
        pair.b.setHandshakeQueueLength(Constants.UNDER_LOAD_QUEUE_LENGTH);
        byte[] initiation = heldInitiation();
        pair.isCut = true;
        pair.inject(pair.b, initiation);
        pair.isCut = false;
        return last(pair.b, COOKIE_REPLY);
    }

    private int forgeEveryBit(Node to, byte[] genuine, int from, int end, int rounds) {
        boolean wasCut = pair.isCut;
        pair.isCut = true;
        int forgeries = 0;
        for (int round = 0; round < rounds; round++) {
            for (int bit = 8 * from; bit < 8 * end; bit++) {
                pair.inject(to, flip(genuine, bit));
                forgeries++;
            }
            pair.sent
                    .subList(Math.min(pair.sent.size(), 1000), pair.sent.size())
                    .clear();
        }
        pair.isCut = wasCut;
        return forgeries;
    }

    private static byte[] flip(byte[] message, int bit) {
        byte[] flipped = message.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return flipped;
    }

    private static void remac(byte[] message, int mac1Offset, PublicKey receiver) {
        Blake2s blake2s = new Blake2s();
        byte[] key = new byte[Blake2s.HASH_LENGTH];
        LocalIdentity.mac1Key(blake2s, receiver.toBytes(), key);
        blake2s.beginMac(key, 0, key.length);
        blake2s.update(message, 0, mac1Offset);
        blake2s.finish(message, mac1Offset);
    }
}
