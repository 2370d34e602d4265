package skyawg.protocol.mpls;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.IpAddress;

/**
 * The rules of one family, hashed by source and prefix. A lookup tries the prefix lengths that occur, longest first, so
 * its cost grows with their number (a handful), not with that of rules or clients. Never changes.
 *
 * <p>Addresses are two longs, read from the left; an IPv4 address stands in the first 32 bits.
 */
final class FtnPrefixes<S, T> {
    /** Rules of one source and prefix, chained; first in a chain those for one DSCP. */
    private static final class Entry<S, T> {
        private final FtnRule<S, T> rule;
        private final long high;
        private final long low;
        private @Nullable Entry<S, T> next;

        private Entry(FtnRule<S, T> rule) {
            this.rule = rule;
            this.high = high(rule);
            this.low = low(rule);
        }

        private boolean matches(@Nullable S source, long maskedHigh, long maskedLow, int length, int dscp) {
            return Objects.equals(rule.source(), source)
                    && high == maskedHigh
                    && low == maskedLow
                    && rule.destination().prefixBits() == length
                    && (rule.dscp() == dscp || rule.dscp() == FtnRule.ANY_DSCP);
        }
    }

    private final @Nullable Entry<S, T>[] buckets;

    /** The prefix lengths that occur, longest first, and their masks. */
    private final int[] lengths;

    private final long[] highMasks;
    private final long[] lowMasks;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    FtnPrefixes(List<FtnRule<S, T>> rules) {
        buckets = new @Nullable Entry[Integer.highestOneBit(rules.size() + 1) * 4];
        lengths = rules.stream()
                .mapToInt(rule -> -rule.destination().prefixBits())
                .distinct()
                .sorted()
                .map(length -> -length)
                .toArray();
        highMasks = new long[lengths.length];
        lowMasks = new long[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            IpAddress mask = IpAddress.v6(-1, -1).masked(lengths[i]);
            highMasks[i] = mask.high();
            lowMasks[i] = mask.low();
        }
        for (FtnRule<S, T> rule : rules) {
            insert(new Entry<>(rule));
        }
    }

    /** The rule that decides; null when none fits. */
    @Nullable
    FtnRule<S, T> find(@Nullable S client, S fromInterface, long high, long low, int dscp) {
        for (int i = 0; i < lengths.length; i++) {
            long maskedHigh = high & highMasks[i];
            long maskedLow = low & lowMasks[i];
            Entry<S, T> found = client == null ? null : find(client, maskedHigh, maskedLow, lengths[i], dscp);
            if (found == null) {
                found = find(fromInterface, maskedHigh, maskedLow, lengths[i], dscp);
            }
            if (found == null) {
                found = find(null, maskedHigh, maskedLow, lengths[i], dscp);
            }
            if (found != null) {
                return found.rule;
            }
        }
        return null;
    }

    /** As {@link #find}: the rule's tunnel; null when it has none, or none fits. */
    @Nullable
    T lookup(@Nullable S client, S fromInterface, long high, long low, int dscp) {
        FtnRule<S, T> rule = find(client, fromInterface, high, low, dscp);
        return rule == null ? null : rule.tunnel();
    }

    private @Nullable Entry<S, T> find(@Nullable S source, long high, long low, int length, int dscp) {
        Entry<S, T> entry = buckets[bucket(source, high, low, length)];
        while (entry != null && !entry.matches(source, high, low, length, dscp)) {
            entry = entry.next;
        }
        return entry;
    }

    private void insert(Entry<S, T> entry) {
        int bucket = bucket(
                entry.rule.source(),
                entry.high,
                entry.low,
                entry.rule.destination().prefixBits());
        Entry<S, T> before = null;
        for (Entry<S, T> other = buckets[bucket]; other != null; other = other.next) {
            if (other.rule.isSameClass(entry.rule)) {
                throw new IllegalArgumentException(
                        "two rules for the same source, prefix and DSCP: " + entry.rule.destination() + "; remove one");
            }
            before = other;
        }
        if (before == null || entry.rule.dscp() != FtnRule.ANY_DSCP) {
            entry.next = buckets[bucket];
            buckets[bucket] = entry;
        } else {
            before.next = entry;
        }
    }

    private int bucket(@Nullable S source, long high, long low, int length) {
        long mixed = (high ^ Long.rotateLeft(low, 32) ^ length) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ (mixed >>> 29) ^ Objects.hashCode(source)) * 0xbf58_476d_1ce4_e5b9L;
        return (int) (mixed >>> 32) & (buckets.length - 1);
    }

    private static <S, T> long high(FtnRule<S, T> rule) {
        IpAddress address = rule.destination().address();
        return address.isV6() ? address.high() : address.low() << 32;
    }

    private static <S, T> long low(FtnRule<S, T> rule) {
        IpAddress address = rule.destination().address();
        return address.isV6() ? address.low() : 0;
    }
}
