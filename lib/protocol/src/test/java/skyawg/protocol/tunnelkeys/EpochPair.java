package skyawg.protocol.tunnelkeys;

import java.util.Arrays;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

/** Both ends of a tunnel that was just created. */
final class EpochPair implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;

    private final KeptEpochs ingressKept = new KeptEpochs();
    private final KeptEpochs egressKept = new KeptEpochs();
    private final IngressEpochs ingress;
    private final EgressEpochs egress;

    EpochPair(long seed, long nowNanos) {
        this(seed, 0, nowNanos);
    }

    EpochPair(long seed, int epoch, long nowNanos) {
        Entropy entropy = new SeededEntropy(seed);
        TunnelId tunnelId = TunnelId.random(entropy);
        ingress = new IngressEpochs(tunnelId, keys(epoch), ingressKept, entropy, nowNanos);
        egress = new EgressEpochs(tunnelId, keys(epoch), egressKept, entropy, nowNanos);
    }

    IngressEpochs ingress() {
        return ingress;
    }

    EgressEpochs egress() {
        return egress;
    }

    KeptEpochs ingressKept() {
        return ingressKept;
    }

    KeptEpochs egressKept() {
        return egressKept;
    }

    private static EpochKeys keys(int epoch) {
        byte[] material = new byte[EpochKeys.MATERIAL_LENGTH];
        Arrays.fill(material, (byte) 5);
        try (OffHeap memory = new OffHeap()) {
            return new EpochKeys(epoch, memory.put(material));
        }
    }

    @Override
    public void close() {
        ingress.close();
        egress.close();
    }
}
