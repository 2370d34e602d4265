package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.simulation.NodePair;
import skyawg.protocol.wire.DatagramBatch;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/** What packet threads call allocates nothing; an answered handshake leaves a few small objects. */
final class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final UdpPath PATH = UdpPath.to(IpAddress.parse("192.0.2.1"), 0, 51820);

    /** The counter itself may be read with a little garbage; a hundred thousand calls may leave less than this. */
    private static final long NEXT_TO_NOTHING = 10_000;

    private final Entropy entropy = new SystemEntropy();
    private final Peer peer = new Peer(PublicKey.of(new byte[PublicKey.LENGTH]), _ -> {});

    private static long allocatedBy(Runnable action) {
        action.run();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void packetPathAllocatesNothing() {
        IndexTable table = new IndexTable(entropy);
        int index = table.allocate(peer);
        Keypair keypair = TestKeypairs.initiators(peer, index, MessageLimits.PROTOCOL);
        table.promote(index, keypair);
        AllowedIps<Peer> allowedIps = new AllowedIps<>();
        allowedIps.insert(Cidr.parse("10.0.0.0/8"), peer);
        allowedIps.insert(Cidr.parse("fd00::/8"), peer);
        allowedIps.publish();
        RecentAddresses<Peer> recent = new RecentAddresses<>(allowedIps);
        peer.timers().setDelays(10, 15);
        peer.timers().setPersistentKeepalive(25);
        peer.timers().start(0);
        keypair.replay().accept(0);
        long[] counter = {1};
        assertThat(allocatedBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        long now = counter[0];
                        boolean found = table.lookup(index) != null
                                && peer.equals(allowedIps.lookupV4(0x0a00_0001))
                                && peer.equals(allowedIps.lookupV6(0xfd00_0000_0000_0000L, 1))
                                && allowedIps.lookupV4(0x0b00_0001) == null
                                && peer.equals(recent.lookupV4(0x0a00_0000 | (i & 0xffff)))
                                && recent.lookupV6(i, i) == null;
                        keypair.reserveCounters(3);
                        if (!found
                                || !keypair.replay().check(now)
                                || !keypair.replay().accept(now)) {
                            throw new IllegalStateException("packet path is broken at " + now);
                        }
                        peer.timers().onDataSent(now);
                        peer.timers().onAuthenticatedSent(now);
                        peer.timers().onDataReceived(now);
                        peer.timers().onAuthenticatedReceived(now);
                        keypair.isUsableForSending(now);
                        keypair.isRekeyDueAfterSending(now);
                        keypair.claimRekeyAfterReceiving(now);
                        peer.learnPath(PATH);
                        peer.addRxBytes(100);
                        peer.addTxBytes(100);
                        peer.raiseTrailerWindow(1400);
                        counter[0]++;
                    }
                }))
                .isLessThan(NEXT_TO_NOTHING);
    }

    @Test
    void wrongMac1AllocatesNothing() {
        try (HandshakeEngine engine = engine(new LastMessage());
                Arena arena = Arena.ofConfined()) {
            engine.start(0);
            long message = Memory.allocate(arena, MessageType.MAX_HANDSHAKE_LENGTH);
            Mac1Checker checker = engine.newMac1Checker();
            assertThat(allocatedBy(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            Memory.putIntLe(message + 20, i);
                            if (checker.isGenuine(MessageType.INITIATION, message)
                                    || engine.receive(MessageType.RESPONSE, message, PATH, 0) != Verdict.WRONG_MAC1) {
                                throw new IllegalStateException("a forgery passed");
                            }
                        }
                    }))
                    .isLessThan(NEXT_TO_NOTHING);
        }
    }

    @Test
    void answeredInitiationLeavesLittleGarbage() {
        int peers = 500;
        List<HandshakeEngine> initiators = new ArrayList<>();
        List<byte[]> messages = new ArrayList<>();
        try (HandshakeEngine responder = engine(new LastMessage());
                Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < peers; i++) {
                LastMessage outbox = new LastMessage();
                HandshakeEngine initiator = engine(outbox);
                initiator.start(0);
                Peer other = new Peer(responder.publicKey().orElseThrow(), _ -> {});
                initiator.addPeer(other, 0);
                initiator.requestHandshake(other, 0);
                messages.add(outbox.bytes);
                initiators.add(initiator);
                responder.addPeer(new Peer(initiator.publicKey().orElseThrow(), _ -> {}), 0);
            }
            responder.start(0);
            responder.prepareSecrets(peers);
            long message = Memory.allocate(arena, MessageType.MAX_HANDSHAKE_LENGTH);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            int accepted = 0;
            for (byte[] bytes : messages) {
                Memory.copy(bytes, 0, message, bytes.length);
                Verdict verdict = responder.receive(MessageType.INITIATION, message, PATH, 1000);
                accepted += verdict == Verdict.INITIATION_ACCEPTED ? 1 : 0;
            }
            long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / peers;
            assertThat(accepted).isEqualTo(peers);
            assertThat(each).isLessThan(2_000);
        } finally {
            initiators.forEach(HandshakeEngine::close);
        }
    }

    private HandshakeEngine engine(Outbox outbox) {
        HandshakeEngine engine = new HandshakeEngine(
                entropy, () -> NodePair.START_OF_TIME, Aeads.best(), new IndexTable(entropy), outbox);
        byte[] key = new byte[Secret.LENGTH];
        entropy.fill(key);
        try (Secret secret = Secret.owning(key)) {
            engine.setPrivateKey(secret, 0);
        }
        return engine;
    }

    private static final class LastMessage implements Outbox {
        private byte[] bytes = {};

        @Override
        public void send(Peer to, DatagramBatch datagrams) {
            if (to.path() == null) {
                int last = datagrams.count() - 1;
                bytes = new byte[datagrams.length(last)];
                Memory.copy(datagrams.address(last), bytes, 0, bytes.length);
            }
        }

        @Override
        public void reply(UdpPath to, DatagramBatch datagrams) {}

        @Override
        public void sendKeepalive(Peer to) {}

        @Override
        public void flushStaged(Peer of) {}

        @Override
        public void dropStaged(Peer of) {}

        @Override
        public void retire(Keypair keypair) {
            keypair.destroy();
        }

        @Override
        public void sessionEstablished(Peer with) {}
    }
}
