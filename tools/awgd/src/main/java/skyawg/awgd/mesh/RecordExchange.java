package skyawg.awgd.mesh;

import java.lang.foreign.Arena;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.Links;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.RecordMessage;
import skyawg.protocol.wire.Memory;

/**
 * Neighbours ask one another for their records of today: an entry of a static list may name a node for years, its
 * medium-term key is worth two days. The session proves who answers. On the conductor.
 *
 * @param <A> an adjacency
 */
public final class RecordExchange<A> {
    /** At most one answer a second to a peer. */
    private static final long SPACING_NANOS = 1_000_000_000L;

    /** An answer later than this was not asked for. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Links<A> links;
    private final Supplier<AddressedRecord> own;
    private final Arena arena = Arena.ofAuto();
    private final long message = Memory.allocate(arena, RecordMessage.LENGTH);
    private final Map<A, Long> answeredNanos = new WeakHashMap<>();
    private final Map<A, Long> askedNanos = new WeakHashMap<>();

    public RecordExchange(Links<A> links, Supplier<AddressedRecord> own) {
        this.links = links;
        this.own = own;
    }

    /** The question leaves when there is a session; nothing happens if there is no place for another neighbour. */
    public void ask(PublicKey node, Endpoint endpoint, long nowNanos) {
        A neighbour = links.reach(node, endpoint);
        if (neighbour != null) {
            askedNanos.put(neighbour, nowNanos);
            RecordMessage.writeAsk(message);
            links.send(neighbour, Memory.bytes(message, RecordMessage.LENGTH));
        }
    }

    /** Answers a question. @return the record of an answer that was asked for, else null */
    public @Nullable AddressedRecord onMessage(A from, long payload, int length, long nowNanos) {
        if (ChannelHeader.type(payload) != ChannelHeader.RECORD) {
            return null;
        }
        if (RecordMessage.isAsk(payload, length)) {
            Long last = answeredNanos.get(from);
            if (last == null || nowNanos - last >= SPACING_NANOS) {
                answeredNanos.put(from, nowNanos);
                RecordMessage.writeAnswer(message, own.get());
                links.send(from, Memory.bytes(message, RecordMessage.LENGTH));
            }
            return null;
        }
        Long asked = askedNanos.remove(from);
        boolean isAwaited = asked != null && nowNanos - asked < PATIENCE_NANOS;
        return isAwaited ? RecordMessage.readAnswer(payload, length).orElse(null) : null;
    }
}
