package skyawg.protocol.noise;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Blake2s;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.TimingParameters;

/**
 * What the parts of an engine share: the interface's key, parameters and peers, whether it is up, and the ways out. The
 * conductor's.
 */
final class InterfaceState implements AutoCloseable {
    private final Entropy entropy;
    private final WallClock wallClock;
    private final IndexTable indexTable;
    private final Outbox outbox;
    private final TimerQueue timerQueue = new TimerQueue();
    private final Map<PublicKey, Peer> peers = new LinkedHashMap<>();
    private final long noPresharedKey = KeyVault.allocate();

    private @Nullable LocalIdentity identity;
    private ObfuscationProfile profile = ObfuscationProfile.compile(ParameterSet.DEFAULTS, 0);
    private TimingParameters timing = TimingParameters.DEFAULTS;
    private boolean isRunning;
    private @Nullable DynamicPeers dynamicPeers;

    /** Read by other threads too. */
    private volatile byte @Nullable [] mac1Key;

    InterfaceState(Entropy entropy, WallClock wallClock, IndexTable indexTable, Outbox outbox) {
        this.entropy = entropy;
        this.wallClock = wallClock;
        this.indexTable = indexTable;
        this.outbox = outbox;
    }

    IndexTable indexTable() {
        return indexTable;
    }

    Outbox outbox() {
        return outbox;
    }

    TimerQueue timerQueue() {
        return timerQueue;
    }

    /** In order of their making. */
    Map<PublicKey, Peer> peers() {
        return peers;
    }

    long unixNanos() {
        return wallClock.unixNanos();
    }

    /** Address of the peer's preshared key: zeros when none is set, since the protocol mixes one in either way. */
    long presharedKey(Peer peer) {
        long key = peer.handshake().presharedKey();
        return key != 0 ? key : noPresharedKey;
    }

    Entropy entropy() {
        return entropy;
    }

    /** Null without a private key. */
    @Nullable
    LocalIdentity identity() {
        return identity;
    }

    /** Closes the old one. */
    void setIdentity(@Nullable LocalIdentity newIdentity) {
        if (identity != null) {
            identity.close();
        }
        identity = newIdentity;
        if (newIdentity == null) {
            mac1Key = null;
        } else {
            byte[] key = new byte[Blake2s.HASH_LENGTH];
            LocalIdentity.mac1Key(new Blake2s(), newIdentity.publicBytes(), key);
            mac1Key = key;
        }
    }

    byte @Nullable [] mac1Key() {
        return mac1Key;
    }

    ObfuscationProfile profile() {
        return profile;
    }

    TimingParameters timing() {
        return timing;
    }

    void setProfile(ObfuscationProfile newProfile, TimingParameters newTiming) {
        profile = newProfile;
        timing = newTiming;
    }

    /** Null where every peer is configured. */
    @Nullable
    DynamicPeers dynamicPeers() {
        return dynamicPeers;
    }

    void setDynamicPeers(@Nullable DynamicPeers peersNobodyConfigured) {
        dynamicPeers = peersNobodyConfigured;
    }

    boolean isRunning() {
        return isRunning;
    }

    void setRunning(boolean running) {
        isRunning = running;
    }

    /** RekeyTimeout for one attempt, in nanoseconds. Never zero: a timer must not come due when it is armed. */
    long drawRekeyTimeout() {
        return nanos(timing.drawRekeyTimeoutMillis(entropy));
    }

    /** What keeps two peers that began together from going on in step, in nanoseconds. */
    long drawJitter() {
        return entropy.uniform(0, Constants.REKEY_TIMEOUT_JITTER_MAX_MILLIS) * Constants.NANOS_PER_MILLI;
    }

    int drawMaxAttempts() {
        return timing.drawMaxHandshakeAttempts(entropy);
    }

    long minRekeyTimeout() {
        return timing.minRekeyTimeoutMillis() * Constants.NANOS_PER_MILLI;
    }

    /**
     * How long without an answer to data before a new handshake is tried: at most what a passive keepalive may take.
     */
    long drawNewHandshakeDelay() {
        return nanos(timing.maxKeepaliveTimeoutMillis()) + drawRekeyTimeout() + drawJitter();
    }

    /** The passive keepalive's delay before there is a session that has one of its own. */
    long drawPassiveKeepaliveDelay() {
        return nanos(timing.drawKeepaliveTimeoutMillis(entropy));
    }

    /** Until the next persistent keepalive, in nanoseconds; 0 when it is off. */
    long drawPersistentKeepalive(UintRange seconds) {
        return seconds.isZero() ? 0 : nanos(TimingParameters.drawMillis(seconds, entropy));
    }

    /** How long keys are kept after the last session was made. */
    long zeroKeysDelay() {
        return 3 * nanos(timing.maxRejectAfterMillis());
    }

    static long nanos(long millis) {
        return Math.max(1, millis) * Constants.NANOS_PER_MILLI;
    }

    @Override
    public void close() {
        setIdentity(null);
        KeyVault.release(noPresharedKey);
    }
}
