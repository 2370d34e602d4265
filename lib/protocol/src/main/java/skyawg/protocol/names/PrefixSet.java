package skyawg.protocol.names;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A set of addresses given by prefixes, as sorted ranges that do not overlap: looked up by halving, without allocation.
 */
public final class PrefixSet {
    /** Nothing at all. */
    public static final PrefixSet EMPTY = of(List.of());

    private final Ranges v4;
    private final Ranges v6;

    private PrefixSet(Ranges v4, Ranges v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    public static PrefixSet of(Collection<Cidr> prefixes) {
        return new PrefixSet(Ranges.of(prefixes, false), Ranges.of(prefixes, true));
    }

    public boolean contains(IpAddress address) {
        return address.isV6() ? containsV6(address.high(), address.low()) : containsV4((int) address.low());
    }

    /** The address in host order. */
    public boolean containsV4(int address) {
        return v4.contains(0, address & 0xffff_ffffL);
    }

    /** The address as two halves in network order. */
    public boolean containsV6(long high, long low) {
        return v6.contains(high, low);
    }

    /** First and last address of each range, as unsigned 128-bit numbers in two halves, ascending. */
    private static final class Ranges {
        private final long[] firstHigh;
        private final long[] firstLow;
        private final long[] lastHigh;
        private final long[] lastLow;

        private Ranges(int count) {
            firstHigh = new long[count];
            firstLow = new long[count];
            lastHigh = new long[count];
            lastLow = new long[count];
        }

        static Ranges of(Collection<Cidr> prefixes, boolean isV6) {
            List<Cidr> ours = new ArrayList<>();
            for (Cidr prefix : prefixes) {
                if (prefix.address().isV6() == isV6) {
                    ours.add(prefix);
                }
            }
            // The wider of two prefixes that begin alike comes first, so what it covers follows it.
            ours.sort((a, b) -> {
                int order = compare(
                        a.address().high(),
                        a.address().low(),
                        b.address().high(),
                        b.address().low());
                return order != 0 ? order : Integer.compare(a.prefixBits(), b.prefixBits());
            });
            List<Cidr> disjoint = new ArrayList<>();
            for (Cidr prefix : ours) {
                if (disjoint.isEmpty() || !disjoint.getLast().contains(prefix.address())) {
                    disjoint.add(prefix);
                }
            }
            return ofDisjoint(disjoint);
        }

        private static Ranges ofDisjoint(List<Cidr> prefixes) {
            int count = prefixes.size();
            Ranges ranges = new Ranges(count);
            for (int i = 0; i < count; i++) {
                IpAddress first = prefixes.get(i).address();
                IpAddress ones = first.isV6() ? IpAddress.v6(-1, -1) : IpAddress.v4(-1);
                IpAddress mask = ones.masked(prefixes.get(i).prefixBits());
                ranges.firstHigh[i] = first.high();
                ranges.firstLow[i] = first.low();
                ranges.lastHigh[i] = first.high() | (ones.high() & ~mask.high());
                ranges.lastLow[i] = first.low() | (ones.low() & ~mask.low());
            }
            return ranges;
        }

        boolean contains(long high, long low) {
            int from = 0;
            int to = firstHigh.length;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (compare(high, low, firstHigh[middle], firstLow[middle]) < 0) {
                    to = middle;
                } else if (compare(high, low, lastHigh[middle], lastLow[middle]) > 0) {
                    from = middle + 1;
                } else {
                    return true;
                }
            }
            return false;
        }

        private static int compare(long high, long low, long otherHigh, long otherLow) {
            int order = Long.compareUnsigned(high, otherHigh);
            return order != 0 ? order : Long.compareUnsigned(low, otherLow);
        }
    }
}
