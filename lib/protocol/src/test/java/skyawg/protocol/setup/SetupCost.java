package skyawg.protocol.setup;

import static java.util.Objects.requireNonNull;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.HopKeys;

/**
 * What setting an LSP up costs each role, in thread CPU time. Not a test; after {@code mvn -pl lib/protocol
 * test-compile}:
 *
 * <pre>
 *   java --enable-native-access=ALL-UNNAMED -cp lib/protocol/target/test-classes:lib/protocol/target/classes:JARS \
 *       skyawg.protocol.setup.SetupCost
 * </pre>
 */
final class SetupCost {
    private static final int HOPS = 3;
    private static final int ROUNDS = 5;
    private static final int SETUPS = 2000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Entropy entropy = new SystemEntropy();
    private final Map<Step, Long> nanos = new EnumMap<>(Step.class);

    private enum Step {
        DH,
        BUILD,
        OPEN,
        FORWARD,
        ANSWER,
        UNWIND,
        DROP
    }

    private SetupCost() {}

    public static void main(String[] arguments) {
        SetupCost cost = new SetupCost();
        for (int round = 1; round <= ROUNDS; round++) {
            cost.nanos.clear();
            for (int i = 0; i < SETUPS; i++) {
                cost.setUp();
            }
            cost.print(round);
        }
    }

    private void setUp() {
        try (SetupPath path = new SetupPath(HOPS, false, entropy.nextLong())) {
            measureDh(path.hops().getFirst().mediumTerm());
            byte[] message = new byte[SetupMessage.LENGTH];
            SetupIngress ingress = path.ingress();
            PendingPath pending =
                    time(Step.BUILD, () -> requireNonNull(ingress.build(path.hops(), SetupPath.INGRESS_LSE, message)));
            byte[] current = message;
            OpenedSetup[] opened = new OpenedSetup[HOPS];
            for (int i = 0; i < HOPS; i++) {
                SetupNode node = path.nodes().get(i);
                byte[] arriving = current;
                opened[i] = (OpenedSetup) time(Step.OPEN, () -> node.open(arriving, arriving.length, 0));
                byte[] bad = arriving.clone();
                bad[16] ^= 1;
                time(Step.DROP, () -> node.open(bad, bad.length, 0));
                if (i < HOPS - 1) {
                    byte[] next = new byte[SetupMessage.LENGTH];
                    OpenedSetup setup = opened[i];
                    time(Step.FORWARD, () -> {
                        node.hop().forward(setup, node.reverseLse(), next);
                        return next;
                    });
                    current = next;
                }
            }
            byte[] reply = answer(path, opened);
            if (time(Step.UNWIND, () -> ingress.unwind(pending, reply)) instanceof Unwound.Established established) {
                established.keys().forEach(HopKeys::close);
                if (established.epoch0() != null) {
                    established.epoch0().close();
                }
            } else {
                throw new IllegalStateException("the set-up was refused");
            }
        }
    }

    private byte[] answer(SetupPath path, OpenedSetup[] opened) {
        byte[] reply = new byte[ReplyMessage.LENGTH];
        SetupNode egress = path.nodes().getLast();
        SetupKeys keys = time(
                Step.ANSWER, () -> egress.hop().accept(opened[HOPS - 1], egress.consent(), egress.forwardLse(), reply));
        keys.lsp().close();
        if (keys.epoch0() != null) {
            keys.epoch0().close();
        }
        byte[] last = reply;
        for (int i = HOPS - 2; i >= 0; i--) {
            SetupNode node = path.nodes().get(i);
            byte[] received = last;
            byte[] next = new byte[ReplyMessage.LENGTH];
            OpenedSetup setup = opened[i];
            HopKeys installed = time(
                    Step.ANSWER,
                    () -> requireNonNull(node.hop().relay(setup, received, node.consent(), node.forwardLse(), next)));
            installed.close();
            last = next;
        }
        return last;
    }

    private void measureDh(PublicKey peer) {
        try (OffHeap memory = new OffHeap();
                DhKey key = DhKey.generate(entropy)) {
            byte[] bytes = peer.toBytes();
            long shared = memory.allocate(32);
            time(Step.DH, () -> key.agree(bytes, 0, shared));
        }
    }

    private void print(int round) {
        System.out.printf(
                Locale.ROOT,
                "round %d, us: one DH %.1f; ingress a hop: build %.1f (2 DH), unwind %.1f (1 DH); hop: open %.1f (1 DH),"
                        + " forward %.1f, answer %.1f (2 DH), drop a forgery %.1f (1 DH)%n",
                round,
                micros(Step.DH, 1),
                micros(Step.BUILD, HOPS),
                micros(Step.UNWIND, HOPS),
                micros(Step.OPEN, HOPS),
                micros(Step.FORWARD, HOPS - 1),
                micros(Step.ANSWER, HOPS),
                micros(Step.DROP, HOPS));
    }

    private double micros(Step step, int timesEachSetup) {
        return nanos.getOrDefault(step, 0L) / 1000.0 / SETUPS / timesEachSetup;
    }

    private <T> T time(Step step, Supplier<T> work) {
        long before = THREADS.getCurrentThreadCpuTime();
        T result = work.get();
        nanos.merge(step, THREADS.getCurrentThreadCpuTime() - before, Long::sum);
        return result;
    }
}
