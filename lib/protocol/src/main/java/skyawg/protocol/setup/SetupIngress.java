package skyawg.protocol.setup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.onion.HopKeys;

/**
 * The ingress's part in setting an LSP up (mesh specification §4): it builds area A from the last hop to the first,
 * each slot sealed for one hop, and unwinds area B from the first to the last. Three DHs a hop. One thread at a time.
 */
public final class SetupIngress {
    private final Entropy entropy;
    private final Slot slot;
    private final Area area = new Area();
    private final byte[] record = new byte[Request.LENGTH];

    /** @param networkId 16 bytes */
    public SetupIngress(byte[] networkId, Entropy entropy) {
        this.entropy = entropy;
        slot = new Slot(networkId);
    }

    /**
     * Builds the set-up of a path, with fresh keys.
     *
     * @param hops 1 to 6: transits, each naming the one behind it, and the egress
     * @param reverseLse the label for packets from the first hop, as an LSE
     * @param out {@link SetupMessage#LENGTH} bytes
     * @return null when a hop's key M is of low order: its node record is worthless
     */
    public @Nullable PendingPath build(List<PathHop> hops, int reverseLse, byte[] out) {
        check(hops);
        List<PendingHop> pending = new ArrayList<>(hops.size());
        for (PathHop hop : hops) {
            pending.add(new PendingHop(hop, DhKey.generate(entropy)));
        }
        PendingPath path = new PendingPath(pending, reverseLse);
        boolean isBuilt = false;
        try {
            for (PendingHop hop : pending) {
                if (!hop.agree(slot)) {
                    return null;
                }
            }
            buildArea(pending, out);
            SetupMessage.writeHeader(out, hops.getFirst().keyId(), reverseLse);
            isBuilt = true;
            return path;
        } finally {
            wipe();
            if (!isBuilt) {
                path.close();
            }
        }
    }

    /**
     * Unwinds the reply to a set-up, and closes it. The caller has found the set-up by the reply's reverse LSE, among
     * those sent over the adjacency that the reply came on, and takes no second reply.
     *
     * @param message a well-formed reply; not changed
     */
    public Unwound unwind(PendingPath path, byte[] message) {
        byte[] left = Arrays.copyOfRange(message, ReplyMessage.AREA_OFFSET, ReplyMessage.AREA_OFFSET + Area.LENGTH);
        List<PendingHop> hops = path.hops();
        List<ReplyRecord> replies = new ArrayList<>(hops.size());
        List<HopKeys> keys = new ArrayList<>(hops.size());
        boolean isEstablished = false;
        try {
            for (PendingHop hop : hops) {
                area.xor(hop.reverseLayer(), 0, left, 0, Area.LENGTH);
                if (!hop.open(slot, left, 0, record)) {
                    return new Unwound.Spoiled(replies.size() + 1);
                }
                ReplyRecord reply = ReplyRecord.read(record);
                replies.add(reply);
                if (reply.status() != Status.OK) {
                    return new Unwound.Refused(replies.size(), reply);
                }
                keys.add(slot.deriveHopKeys());
                System.arraycopy(left, Area.SLOT_LENGTH, left, 0, Area.REST_LENGTH);
                Arrays.fill(left, Area.REST_LENGTH, Area.LENGTH, (byte) 0);
            }
            if (!ReplyMessage.isAccepted(message)) {
                return new Unwound.Contradictory();
            }
            isEstablished = true;
            return new Unwound.Established(
                    ReplyMessage.forwardLse(message),
                    replies,
                    keys,
                    slot.deriveEpoch0(hops.getLast().request()));
        } finally {
            wipe();
            path.close();
            if (!isEstablished) {
                keys.forEach(HopKeys::close);
            }
        }
    }

    /**
     * From the last hop to the first. The rest of the last hop's area is random, and then what the layers before it
     * make of the zeros that they push in: a hop cannot tell either from a slot.
     */
    private void buildArea(List<PendingHop> hops, byte[] out) {
        int last = hops.size() - 1;
        byte[] random = new byte[Area.REST_LENGTH - last * Area.SLOT_LENGTH];
        entropy.fill(random);
        byte[] filler = filler(hops);
        int rest = SetupMessage.AREA_OFFSET + Area.SLOT_LENGTH;
        System.arraycopy(random, 0, out, rest, random.length);
        System.arraycopy(filler, 0, out, rest + random.length, filler.length);
        hops.get(last).seal(slot, out, SetupMessage.AREA_OFFSET, record);
        for (int i = last - 1; i >= 0; i--) {
            System.arraycopy(out, SetupMessage.AREA_OFFSET, out, rest, Area.REST_LENGTH);
            area.xor(hops.get(i).forwardLayer(), 0, out, rest, Area.REST_LENGTH);
            hops.get(i).seal(slot, out, SetupMessage.AREA_OFFSET, record);
        }
    }

    /** What the zeros that the hops before the last push in have become when the last hop receives them. */
    private byte[] filler(List<PendingHop> hops) {
        byte[] filler = {};
        for (int i = 0; i < hops.size() - 1; i++) {
            filler = Arrays.copyOf(filler, filler.length + Area.SLOT_LENGTH);
            area.xor(hops.get(i).forwardLayer(), Area.LENGTH - filler.length, filler, 0, filler.length);
        }
        return filler;
    }

    private static void check(List<PathHop> hops) {
        if (hops.isEmpty() || hops.size() > Area.SLOTS) {
            throw new IllegalArgumentException("a path has 1 to " + Area.SLOTS + " hops, not " + hops.size());
        }
        for (int i = 0; i < hops.size() - 1; i++) {
            PathHop next = hops.get(i + 1);
            boolean leadsOn = hops.get(i).request() instanceof TransitRequest transit
                    && transit.nextHop().equals(next.node())
                    && transit.nextKeyId() == next.keyId();
            if (!leadsOn) {
                throw new IllegalArgumentException("hop " + (i + 1) + " is not asked to pass on to hop " + (i + 2));
            }
        }
        if (!(hops.getLast().request() instanceof EgressRequest)) {
            throw new IllegalArgumentException("the last hop is not asked to be the egress");
        }
    }

    private void wipe() {
        slot.wipe();
        Arrays.fill(record, (byte) 0);
    }
}
