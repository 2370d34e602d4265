package skyawg.protocol.setup;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.onion.HopKeys;

/** A path of test nodes, over which one set-up and its reply travel as bytes that a test may look at and change. */
final class SetupPath implements AutoCloseable {
    static final int INGRESS_LSE = 0x9999_9140;

    private final List<SetupNode> nodes = new ArrayList<>();
    private final List<PathHop> hops = new ArrayList<>();
    private final SetupIngress ingress;
    /** What arrives at each hop. */
    private final List<byte[]> setups = new ArrayList<>();
    /** What leaves each hop, the last first. */
    private final List<byte[]> replies = new ArrayList<>();
    /** What each hop installed. */
    private final List<HopKeys> installed = new ArrayList<>();

    private final List<OpenedSetup> opened = new ArrayList<>();
    private @Nullable SetupKeys egress;
    private PendingPath pending;

    SetupPath(int length, boolean isJoining, long seed) {
        ingress = new SetupIngress(SetupNode.NETWORK, new SeededEntropy(seed));
        for (int i = 0; i < length; i++) {
            nodes.add(new SetupNode(i + 1));
        }
        for (int i = 0; i < length - 1; i++) {
            hops.add(nodes.get(i).transitTo(nodes.get(i + 1)));
        }
        hops.add(nodes.getLast().egress(isJoining));
        byte[] first = new byte[SetupMessage.LENGTH];
        pending = requireNonNull(ingress.build(hops, INGRESS_LSE, first));
        setups.add(first);
    }

    List<SetupNode> nodes() {
        return nodes;
    }

    List<PathHop> hops() {
        return hops;
    }

    SetupIngress ingress() {
        return ingress;
    }

    PendingPath pending() {
        return pending;
    }

    List<byte[]> setups() {
        return setups;
    }

    List<byte[]> replies() {
        return replies;
    }

    List<HopKeys> installed() {
        return installed;
    }

    SetupKeys egress() {
        return requireNonNull(egress);
    }

    /** The set-up arrives at hop {@code last}, counted from 1. @return it as it arrives */
    byte[] carryTo(int last) {
        for (int i = 0; i + 1 < last; i++) {
            OpenedSetup setup = nodes.get(i).mustOpen(setups.get(i));
            opened.add(setup);
            byte[] next = new byte[SetupMessage.LENGTH];
            nodes.get(i).hop().forward(setup, nodes.get(i).reverseLse(), next);
            setups.add(next);
        }
        return setups.getLast();
    }

    /** The set-up goes to hop {@code last}, counted from 1, which opens it. */
    OpenedSetup goTo(int last) {
        opened.add(nodes.get(last - 1).mustOpen(carryTo(last)));
        return opened.getLast();
    }

    /** The hop where the set-up waits refuses. */
    void refuse(Status status) {
        SetupNode node = nodes.get(opened.size() - 1);
        byte[] reply = new byte[ReplyMessage.LENGTH];
        node.hop().refuse(opened.getLast(), node.refusal(status), reply);
        replies.add(reply);
    }

    /** The egress accepts. */
    void accept() {
        SetupNode node = nodes.getLast();
        byte[] reply = new byte[ReplyMessage.LENGTH];
        egress = node.hop().accept(opened.getLast(), node.consent(), node.forwardLse(), reply);
        replies.add(reply);
    }

    /** @param before each hop that relays, counted from 1 */
    Unwound comeBack(IntConsumer before) {
        for (int i = opened.size() - 2; i >= 0; i--) {
            before.accept(i + 1);
            byte[] reply = new byte[ReplyMessage.LENGTH];
            SetupNode node = nodes.get(i);
            HopKeys keys = node.hop().relay(opened.get(i), replies.getLast(), node.consent(), node.forwardLse(), reply);
            replies.add(reply);
            if (keys != null) {
                installed.addFirst(keys);
            }
        }
        before.accept(0);
        return ingress.unwind(pending, replies.getLast());
    }

    @Override
    public void close() {
        installed.forEach(HopKeys::close);
        SetupKeys keys = egress;
        if (keys != null) {
            keys.lsp().close();
            if (keys.epoch0() != null) {
                keys.epoch0().close();
            }
        }
        opened.forEach(OpenedSetup::close);
        pending.close();
        nodes.forEach(SetupNode::close);
    }
}
