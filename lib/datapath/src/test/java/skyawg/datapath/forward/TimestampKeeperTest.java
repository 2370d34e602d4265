package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.Verdict;

/** One end is restarted, with its clock set back meanwhile; the other remembers the stamps of its first life. */
final class TimestampKeeperTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final long TEN_YEARS = Duration.ofDays(3650).toNanos();

    private final Memory store = new Memory();
    private final Secret key = X25519Keys.generate();
    private final TunnelEnd remote = new TunnelEnd(TunnelPair.ONE_THREAD);

    TimestampKeeperTest() throws IOException {}

    /** Whatever the interface is called: every end here has another name. */
    private static final class Memory implements TimestampStore {
        private final Map<PublicKey, Long> stamps = new ConcurrentHashMap<>();
        private final AtomicInteger saves = new AtomicInteger();

        @Override
        public long load(String interfaceName, PublicKey ofKey) {
            return stamps.getOrDefault(ofKey, 0L);
        }

        @Override
        public void save(String interfaceName, PublicKey ofKey, long unixNanos) {
            saves.incrementAndGet();
            stamps.put(ofKey, unixNanos);
        }
    }

    /** An end with the key whose clock is wrong by so much; it knows the remote end, and that knows it. */
    private TunnelEnd local(TimestampStore itsStore, long clockErrorNanos) throws IOException {
        TunnelEnd local = new TunnelEnd(new TunnelOptions(
                PacketLoops.together(false), true, Aeads.best(), () -> Tunnel.unixNanos() + clockErrorNanos, itsStore));
        local.apply(new Change().privateKey(key));
        local.setLink(true);
        remote.apply(new Change().privateKey(remote.privateKey()));
        remote.setLink(true);
        remote.apply(new Change().peer(X25519Keys.publicKey(key), Optional.empty()));
        local.apply(new Change().peer(remote.publicKey(), Optional.of(remote.endpoint(TunnelPair.V4))));
        return local;
    }

    private void sendOne(TunnelEnd local) {
        PacketStream stream = new PacketStream(local, remote);
        stream.sendOpaque(false, 100);
        stream.await();
    }

    @AfterEach
    void close() {
        remote.close();
        key.close();
    }

    @Test
    void isHeardAfterARestartWithTheClockSetBack() throws IOException {
        try (TunnelEnd first = local(store, 0)) {
            sendOne(first);
        }
        try (TunnelEnd second = local(store, -HOUR)) {
            sendOne(second);
        }
    }

    @Test
    void isHeardAfterItWasKilled() throws IOException {
        Memory asItWas = new Memory();
        try (TunnelEnd first = local(store, 0)) {
            sendOne(first);
            Await.until("a promise", () -> !store.stamps.isEmpty());
            asItWas.stamps.putAll(store.stamps);
        }
        try (TunnelEnd second = local(asItWas, -HOUR)) {
            sendOne(second);
        }
    }

    @Test
    void isNotHeardWhereNothingIsKept() throws IOException {
        try (TunnelEnd first = local(TimestampStore.NONE, 0)) {
            sendOne(first);
        }
        try (TunnelEnd second = local(TimestampStore.NONE, -HOUR)) {
            new PacketStream(second, remote).sendOpaque(false, 100);
            Await.until("a refusal", () -> remote.tunnel.verdicts(Verdict.REPLAYED_TIMESTAMP) > 0);
        }
    }

    @Test
    void writesNotMoreThanItMust() throws IOException {
        try (TunnelEnd first = local(store, 0)) {
            sendOne(first);
            first.setLink(false);
            first.setLink(true);
            sendOne(first);
            Await.until("two handshakes", () -> first.tunnel.verdicts(Verdict.RESPONSE_ACCEPTED) == 2);
            assertThat(store.saves.get()).isLessThanOrEqualTo(1);
        }
        assertThat(store.saves.get()).isLessThanOrEqualTo(2);
        assertThat(store.stamps.get(X25519Keys.publicKey(key))).isLessThanOrEqualTo(Tunnel.unixNanos());
    }

    @Test
    void anotherKeyInheritsNothing() throws IOException {
        PublicKey itself = X25519Keys.publicKey(key);
        long ahead = Tunnel.unixNanos() + TEN_YEARS;
        // The clock was ten years ahead in an earlier life of this key.
        store.stamps.put(itself, ahead);
        try (TunnelEnd local = local(store, 0);
                Secret otherKey = X25519Keys.generate()) {
            PublicKey other = X25519Keys.publicKey(otherKey);
            sendOne(local);
            Await.until("stamps beyond the old ones", () -> store.load("", itself) > ahead);
            remote.apply(new Change().peer(other, Optional.empty()));
            local.apply(new Change().privateKey(otherKey));
            sendOne(local);
            Await.until("a promise", () -> store.load("", other) != 0);
            assertThat(store.load("", other)).isLessThan(Tunnel.unixNanos() + HOUR);
            remote.apply(new Change().peer(itself, Optional.empty()));
            local.apply(new Change().privateKey(key));
            sendOne(local);
        }
        assertThat(store.load("", itself)).isGreaterThan(ahead);
    }
}
