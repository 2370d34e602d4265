package skyawg.mesh.nodes;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.RecordDigest;

/** One record of a node as one publisher handed it over. */
public final class Claim {
    /** So many times without an answer in a row, and other claims of the node are tried first. */
    private static final int SILENT = 3;

    private final Node node;
    private final AddressedRecord addressed;
    private final int families;
    private final Locality locality;
    private Origin origin;
    private Standing standing;
    private long heardUnixSeconds;
    private int silences;
    private boolean isHeldFalse;
    private @Nullable RecordDigest digest;

    /** @param families as of {@link Vantage#familiesOf} */
    Claim(Node node, AddressedRecord addressed, int families, Origin origin, Standing standing, long unixSeconds) {
        this.node = node;
        this.addressed = addressed;
        this.families = families;
        this.locality = Locality.of(addressed);
        this.origin = origin;
        this.standing = standing;
        this.heardUnixSeconds = unixSeconds;
    }

    public Node node() {
        return node;
    }

    public AddressedRecord addressed() {
        return addressed;
    }

    /** In which there is an endpoint that may be dialled, as of {@link Vantage#familiesOf}. */
    public int families() {
        return families;
    }

    public Locality locality() {
        return locality;
    }

    public Origin origin() {
        return origin;
    }

    public Standing standing() {
        return standing;
    }

    /** When its publisher last said so. */
    public long heardUnixSeconds() {
        return heardUnixSeconds;
    }

    /** Computed once, when it is first asked for. */
    public RecordDigest digest() {
        RecordDigest known = digest;
        if (known == null) {
            known = addressed.digest();
            digest = known;
        }
        return known;
    }

    /** @param from the same publisher, or one of a better source that says the same */
    void heardAgain(Origin from, long unixSeconds) {
        origin = from;
        heardUnixSeconds = unixSeconds;
    }

    void follow() {
        standing = Standing.FOLLOWS_PROVED;
    }

    void prove() {
        standing = Standing.PROVED;
        silences = 0;
        isHeldFalse = false;
    }

    void holdFalse() {
        standing = Standing.CLAIMED;
        isHeldFalse = true;
    }

    /** Whether the node called another record its own: no set-up is sealed to this one. */
    public boolean isHeldFalse() {
        return isHeldFalse;
    }

    void countSilence() {
        silences = Math.min(silences + 1, SILENT);
    }

    boolean isSilent() {
        return silences == SILENT;
    }

    boolean hasAddress4() {
        return !addressed.ip4().equals(AddressedRecord.NO_IP4);
    }

    boolean hasAddress6() {
        return !addressed.ip6().equals(AddressedRecord.NO_IP6);
    }
}
