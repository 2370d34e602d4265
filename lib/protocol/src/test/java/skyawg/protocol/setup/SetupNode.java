package skyawg.protocol.setup;

import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.tunnelkeys.TunnelId;

/** A node of a test's network: its keys, and its part in setting LSPs up. */
final class SetupNode implements AutoCloseable {
    static final long NOW = 1_767_225_600;
    static final byte[] NETWORK = new byte[16];

    private static final RecordDigest DIGEST = new RecordDigest(1, 2);

    private final PublicKey node;
    private final MediumTermKeys mediumTermKeys;
    private final SetupHop hop;
    private final int labels;
    private final Entropy entropy;

    SetupNode(int number) {
        this(key(number), (0x80000 + number) << 12 | 0x140, new SeededEntropy(number));
    }

    private SetupNode(PublicKey node, int labels, Entropy entropy) {
        this.node = node;
        this.labels = labels;
        this.entropy = entropy;
        mediumTermKeys = new MediumTermKeys(entropy, NOW);
        hop = new SetupHop(
                NETWORK,
                node,
                mediumTermKeys,
                new ReplayFilter(entropy),
                new RequestRules(node, DialableAddresses.GLOBAL),
                entropy);
    }

    private static PublicKey key(int number) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        key[1] = 77;
        return PublicKey.of(key);
    }

    /** The node after a restart: the same S, nothing else. */
    SetupNode startedAgain() {
        return new SetupNode(node, labels, new SeededEntropy(entropy.nextLong()));
    }

    int keyId() {
        return mediumTermKeys.current().id();
    }

    PublicKey node() {
        return node;
    }

    SetupHop hop() {
        return hop;
    }

    /** The label that this node gives to its upstream neighbour, as an LSE. */
    int forwardLse() {
        return labels;
    }

    /** The label that this node gives to its downstream neighbour, as an LSE. */
    int reverseLse() {
        return labels + 0x1000_0000;
    }

    PathHop transitTo(SetupNode next) {
        TransitRequest request = new TransitRequest(
                false,
                Blur.lifetimeSeconds(entropy, 600),
                0,
                Blur.unixSeconds(entropy, NOW),
                next.mediumTermKeys.current().id(),
                next.node,
                IpAddress.parse("9.9.9.9"),
                443,
                0);
        return pathHop(request);
    }

    PathHop egress(boolean isJoining) {
        return pathHop(new EgressRequest(
                false,
                isJoining,
                Blur.lifetimeSeconds(entropy, 600),
                0,
                1,
                24,
                Blur.unixSeconds(entropy, NOW),
                TunnelId.random(entropy),
                1,
                0,
                0));
    }

    private PathHop pathHop(Request request) {
        MediumTermKey mediumTerm = mediumTermKeys.current();
        return new PathHop(node, mediumTerm.publicKey(), mediumTerm.id(), request);
    }

    /** Opens a set-up that came from a neighbour nobody asks for by name. */
    Opening open(byte[] message, int length, long nowNanos) {
        return hop.open(message, length, PublicKey.of(new byte[32]), nowNanos, NOW);
    }

    OpenedSetup mustOpen(byte[] message) {
        if (open(message, message.length, 0) instanceof OpenedSetup opened) {
            return opened;
        }
        throw new AssertionError("a set-up does not open");
    }

    ReplyRecord consent() {
        return new ReplyRecord(Status.OK, 600, 0, 0, 0, 0, NOW, DIGEST, RecordDigest.NONE);
    }

    ReplyRecord refusal(Status status) {
        return ReplyRecord.refusal(status, NOW, DIGEST, RecordDigest.NONE);
    }

    @Override
    public void close() {
        hop.close();
        mediumTermKeys.close();
    }
}
