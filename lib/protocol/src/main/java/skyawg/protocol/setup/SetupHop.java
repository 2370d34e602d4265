package skyawg.protocol.setup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.HopKeys;

/**
 * A hop's part in setting an LSP up (mesh specification §4). The steps, in order:
 *
 * <ol>
 *   <li>{@link SetupAdmission#admit}: the neighbour's tokens, before any DH
 *   <li>{@link #open}: key id, replay filter, slot 0 (one DH), then the {@link RequestRules}
 *   <li>resources, and at a transit the adjacency to the next hop: the caller's
 *   <li>{@link #forward} at a transit; {@link #accept} at the egress; {@link #refuse} at either
 *   <li>{@link #relay} at a transit when the reply comes
 * </ol>
 *
 * <p>An answer costs two more DHs. One thread at a time.
 */
public final class SetupHop implements AutoCloseable {
    private final byte[] self;
    private final MediumTermKeys mediumTermKeys;
    private final ReplayFilter replayFilter;
    private final RequestRules rules;
    private final Entropy entropy;
    private final Slot slot;
    private final Area area = new Area();
    private final long forwardLayer = KeyVault.allocate();
    private final long reverseLayer = KeyVault.allocate();
    private final byte[] record = new byte[Request.LENGTH];
    private final byte[] replySlot = new byte[Area.SLOT_LENGTH];

    /**
     * @param networkId 16 bytes
     * @param self our key S
     * @param mediumTermKeys the caller's, who keeps them up to date; none is older than the filter, or what it was used
     *     for before might come again
     */
    public SetupHop(
            byte[] networkId,
            PublicKey self,
            MediumTermKeys mediumTermKeys,
            ReplayFilter replayFilter,
            RequestRules rules,
            Entropy entropy) {
        this.self = self.toBytes();
        this.mediumTermKeys = mediumTermKeys;
        this.replayFilter = replayFilter;
        this.rules = rules;
        this.entropy = entropy;
        slot = new Slot(networkId);
    }

    /**
     * Opens a set-up. The caller has taken a token for it.
     *
     * @param message the payload from its channel header on; not changed
     * @param length of the payload with the link's padding
     * @param upstream the neighbour's key S
     * @return a reason to drop it in silence, or the set-up, to be forwarded or answered
     */
    public Opening open(byte[] message, int length, PublicKey upstream, long nowNanos, long unixSeconds) {
        if (!SetupMessage.isWellFormed(message, length)) {
            return SetupDrop.MALFORMED;
        }
        DhKey mediumTerm = mediumTermKeys.find(SetupMessage.keyId(message));
        if (mediumTerm == null) {
            return SetupDrop.UNKNOWN_KEY;
        }
        byte[] ephemeral =
                Arrays.copyOfRange(message, SetupMessage.AREA_OFFSET, SetupMessage.AREA_OFFSET + DhKey.LENGTH);
        if (replayFilter.contains(ephemeral, nowNanos)) {
            return SetupDrop.REPLAYED;
        }
        if (replayFilter.isFull(nowNanos)) {
            return SetupDrop.FILTER_FULL;
        }
        try {
            if (!openSlot(message, mediumTerm)) {
                return SetupDrop.NOT_GENUINE;
            }
            replayFilter.add(ephemeral, nowNanos);
            Request request = RequestCodec.read(record);
            byte[] nextArea = request instanceof TransitRequest ? nextArea(message) : null;
            return new OpenedSetup(
                    request,
                    rules.check(request, upstream, unixSeconds),
                    SetupMessage.reverseLse(message),
                    ephemeral,
                    slot.noise().saveHash(),
                    slot.noise().chainKey(),
                    reverseLayer,
                    nextArea);
        } finally {
            wipe();
        }
    }

    /**
     * Writes the set-up for the next hop.
     *
     * @param reverseLse the label for packets from the next hop, as an LSE
     * @param out {@link SetupMessage#LENGTH} bytes
     */
    public void forward(OpenedSetup setup, int reverseLse, byte[] out) {
        if (!(setup.request() instanceof TransitRequest request)) {
            throw new IllegalArgumentException("only a transit forwards a set-up");
        }
        byte[] nextArea = setup.takeNextArea();
        SetupMessage.writeHeader(out, request.nextKeyId(), reverseLse);
        System.arraycopy(nextArea, 0, out, SetupMessage.AREA_OFFSET, Area.LENGTH);
    }

    /**
     * Egress: writes the reply that accepts, and closes the set-up.
     *
     * @param reply its status is OK
     * @param forwardLse the label for packets from the upstream neighbour, as an LSE
     * @param out {@link ReplyMessage#LENGTH} bytes
     */
    public SetupKeys accept(OpenedSetup setup, ReplyRecord reply, int forwardLse, byte[] out) {
        if (reply.status() != Status.OK || !(setup.request() instanceof EgressRequest)) {
            throw new IllegalArgumentException("only an egress accepts, with the status OK");
        }
        try {
            startArea(out);
            answer(setup, reply, forwardLse, out);
            return new SetupKeys(slot.deriveHopKeys(), slot.deriveEpoch0(setup.request()));
        } finally {
            setup.close();
            wipe();
        }
    }

    /**
     * Any hop: writes the reply that refuses, and closes the set-up.
     *
     * @param reply its status is not OK
     * @param out {@link ReplyMessage#LENGTH} bytes
     */
    public void refuse(OpenedSetup setup, ReplyRecord reply, byte[] out) {
        if (reply.status() == Status.OK) {
            throw new IllegalArgumentException("a refusal has a status other than OK");
        }
        try {
            startArea(out);
            answer(setup, reply, 0, out);
        } finally {
            setup.close();
            wipe();
        }
    }

    /**
     * Transit: puts its own slot before those of the hops behind it, and closes the set-up. The caller has found the
     * set-up by the reply's reverse LSE, among those sent over the adjacency that the reply came on, and takes no
     * second reply.
     *
     * @param received the next hop's reply; not changed
     * @param reply our own part, status OK: we agree, whatever those behind us say
     * @param forwardLse the label for packets from the upstream neighbour, as an LSE; sent only when all accepted
     * @param out {@link ReplyMessage#LENGTH} bytes, not the place of {@code received}
     * @return the keys to install, or null when somebody behind us refused
     */
    public @Nullable HopKeys relay(OpenedSetup setup, byte[] received, ReplyRecord reply, int forwardLse, byte[] out) {
        if (reply.status() != Status.OK || !(setup.request() instanceof TransitRequest)) {
            throw new IllegalArgumentException("only a transit relays a reply, with the status OK");
        }
        boolean isAccepted = ReplyMessage.isAccepted(received);
        try {
            System.arraycopy(received, ReplyMessage.AREA_OFFSET, out, ReplyMessage.AREA_OFFSET, Area.LENGTH);
            answer(setup, reply, isAccepted ? forwardLse : 0, out);
            return isAccepted ? slot.deriveHopKeys() : null;
        } finally {
            setup.close();
            wipe();
        }
    }

    private boolean openSlot(byte[] message, DhKey mediumTerm) {
        NoiseNk noise = slot.noise();
        if (!noise.agreeFirst(mediumTerm, message, SetupMessage.AREA_OFFSET)) {
            return false;
        }
        byte[] mediumTermPublic = new byte[DhKey.LENGTH];
        mediumTerm.publicKey(mediumTermPublic);
        slot.beginTranscript(self, mediumTermPublic, message, SetupMessage.AREA_OFFSET);
        if (!noise.open(message, SetupMessage.AREA_OFFSET + Slot.RECORD_OFFSET, Slot.SEALED_RECORD_LENGTH, record)) {
            return false;
        }
        slot.deriveLayers(message, SetupMessage.AREA_OFFSET, mediumTermPublic, forwardLayer, reverseLayer);
        return true;
    }

    private byte[] nextArea(byte[] message) {
        byte[] next = Arrays.copyOfRange(message, SetupMessage.AREA_OFFSET, SetupMessage.AREA_OFFSET + Area.LENGTH);
        area.peel(forwardLayer, next, 0);
        return next;
    }

    /** Who answers first fills area B with random bytes, so that nobody sees how many follow. */
    private void startArea(byte[] out) {
        byte[] random = new byte[Area.LENGTH];
        entropy.fill(random);
        System.arraycopy(random, 0, out, ReplyMessage.AREA_OFFSET, Area.LENGTH);
    }

    /** @param out area B as it is behind us; becomes the whole message */
    private void answer(OpenedSetup setup, ReplyRecord reply, int forwardLse, byte[] out) {
        NoiseNk noise = slot.noise();
        noise.resume(setup.hash(), setup.chainKey());
        try (DhKey ephemeral = DhKey.generate(entropy)) {
            ephemeral.publicKey(replySlot);
            // E is not of low order, or slot 0 would not have opened.
            if (!noise.agreeSecond(replySlot, 0, ephemeral, setup.ephemeral(), 0)) {
                throw new IllegalStateException("a key that slot 0 was opened with is of low order");
            }
        }
        reply.write(record);
        noise.seal(record, ReplyRecord.LENGTH, replySlot, Slot.RECORD_OFFSET);
        area.wrap(setup.reverseLayer(), replySlot, out, ReplyMessage.AREA_OFFSET);
        ReplyMessage.writeHeader(out, setup.reverseLse(), forwardLse);
    }

    private void wipe() {
        slot.wipe();
        KeyVault.wipe(forwardLayer, KeyVault.KEY_LENGTH);
        KeyVault.wipe(reverseLayer, KeyVault.KEY_LENGTH);
        Arrays.fill(record, (byte) 0);
    }

    @Override
    public void close() {
        KeyVault.release(forwardLayer);
        KeyVault.release(reverseLayer);
    }
}
