package skyawg.mesh.tunnel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;

/**
 * The prefixes that an egress grants: of 100.64.0.0/10, and of a /48 of its own within fd00::/8 (RFC 6598, RFC 4193).
 * Each /24 is cut into prefixes of one length. What is given back rests, so that no tunnel gets another's packets. One
 * thread.
 */
final class PrefixPool {
    static final long REST_NANOS = 600 * 1_000_000_000L;

    private static final int BLOCK_LENGTH = 24;
    private static final int FIRST_BLOCK = 0x6440_0000;
    private static final int BLOCKS = 1 << (BLOCK_LENGTH - 10);
    private static final int SUBNETS = 1 << 16;
    private static final long UNIQUE_LOCAL = 0xfdL << 56;
    private static final long GLOBAL_ID_MASK = 0x00ff_ffff_ffff_0000L;

    private final Entropy entropy;
    private final long site;
    /** The length that a /24 is cut into. */
    private final Map<Integer, Integer> lengths = new HashMap<>();

    private final Set<Integer> taken = new HashSet<>();
    private final Set<Long> takenSubnets = new HashSet<>();
    private final Map<Prefixes, Long> resting = new HashMap<>();

    PrefixPool(Entropy entropy) {
        this.entropy = entropy;
        site = UNIQUE_LOCAL | (entropy.nextLong() & GLOBAL_ID_MASK);
    }

    /** Upper half of the /48 that IPv6 prefixes are taken from. */
    long site() {
        return site;
    }

    /** @param ipv4Length 24 to 30 @return null when none is left of this length */
    @Nullable
    Prefixes take(int ipv4Length, long nowNanos) {
        wake(nowNanos);
        int prefix = findPrefix(ipv4Length);
        if (prefix == 0 || takenSubnets.size() == SUBNETS) {
            return null;
        }
        long subnet;
        do {
            subnet = site | entropy.uniform(0, SUBNETS - 1);
        } while (!takenSubnets.add(subnet));
        taken.add(prefix);
        return new Prefixes(prefix, ipv4Length, subnet);
    }

    void giveBack(Prefixes prefixes, long nowNanos) {
        resting.put(prefixes, nowNanos);
    }

    private int findPrefix(int length) {
        for (int block = 0; block < BLOCKS; block++) {
            int cut = lengths.getOrDefault(block, length);
            if (cut == length) {
                int prefix = findIn(block, length);
                if (prefix != 0) {
                    lengths.put(block, length);
                    return prefix;
                }
            }
        }
        return 0;
    }

    private int findIn(int block, int length) {
        int size = 1 << (Integer.SIZE - length);
        int begin = FIRST_BLOCK + (block << (Integer.SIZE - BLOCK_LENGTH));
        for (int prefix = begin; prefix < begin + (1 << (Integer.SIZE - BLOCK_LENGTH)); prefix += size) {
            if (!taken.contains(prefix)) {
                return prefix;
            }
        }
        return 0;
    }

    private void wake(long nowNanos) {
        resting.entrySet().removeIf(entry -> {
            boolean isOver = nowNanos - entry.getValue() >= REST_NANOS;
            if (isOver) {
                taken.remove(entry.getKey().ipv4());
                takenSubnets.remove(entry.getKey().ipv6());
            }
            return isOver;
        });
    }
}
