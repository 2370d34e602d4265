package skyawg.protocol.noise;

import org.jspecify.annotations.Nullable;

/**
 * Functions on a binary radix trie whose nodes never change: an insertion or removal copies the nodes on its way and
 * gives a new root, while a reader of the old root goes on undisturbed.
 *
 * <p>Keys are 128 bits as two longs, read from the left; an IPv4 address stands in the first 32 of them. A node is a
 * prefix that has a value, or at which two longer ones part: a root of n values has fewer than 2n nodes.
 */
final class PrefixTrie {
    private static final int HALF = Long.SIZE;
    static final int MAX_LENGTH = 2 * HALF;

    private PrefixTrie() {}

    /** A prefix of {@code length} bits; the bits behind it are zero. */
    static final class Node<V> {
        private final long high;
        private final long low;
        private final int length;
        private final @Nullable V value;
        private final @Nullable Node<V> zero;
        private final @Nullable Node<V> one;

        private Node(
                long high, long low, int length, @Nullable V value, @Nullable Node<V> zero, @Nullable Node<V> one) {
            this.high = high;
            this.low = low;
            this.length = length;
            this.value = value;
            this.zero = zero;
            this.one = one;
        }

        private Node<V> withValue(@Nullable V newValue) {
            return new Node<>(high, low, length, newValue, zero, one);
        }

        private @Nullable Node<V> child(int bit) {
            return bit == 0 ? zero : one;
        }

        private Node<V> withChild(int bit, @Nullable Node<V> child) {
            return bit == 0
                    ? new Node<>(high, low, length, value, child, one)
                    : new Node<>(high, low, length, value, zero, child);
        }
    }

    /** The value of the longest prefix that covers the address. Allocates nothing. */
    static <V> @Nullable V longestMatch(@Nullable Node<V> root, long high, long low) {
        V best = null;
        Node<V> node = root;
        while (node != null && commonBits(node.high, node.low, high, low) >= node.length) {
            if (node.value != null) {
                best = node.value;
            }
            node = node.child(bitAt(high, low, node.length));
        }
        return best;
    }

    /** The value of exactly this prefix. */
    static <V> @Nullable V exactMatch(@Nullable Node<V> root, long high, long low, int length) {
        Node<V> node = root;
        while (node != null && node.length <= length && commonBits(node.high, node.low, high, low) >= node.length) {
            if (node.length == length) {
                return node.value;
            }
            node = node.child(bitAt(high, low, node.length));
        }
        return null;
    }

    /** The trie with this prefix's value set, replacing one that it had. */
    static <V> Node<V> insert(@Nullable Node<V> node, long high, long low, int length, V value) {
        if (node == null) {
            return new Node<>(high, low, length, value, null, null);
        }
        int common = Math.min(commonBits(node.high, node.low, high, low), Math.min(node.length, length));
        if (common == node.length && common == length) {
            return node.withValue(value);
        }
        if (common == node.length) {
            int bit = bitAt(high, low, common);
            return node.withChild(bit, insert(node.child(bit), high, low, length, value));
        }
        int bitOfNode = bitAt(node.high, node.low, common);
        if (common == length) {
            return new Node<V>(high, low, length, value, null, null).withChild(bitOfNode, node);
        }
        Node<V> leaf = new Node<>(high, low, length, value, null, null);
        return new Node<V>(high & firstHalfMask(common), low & secondHalfMask(common), common, null, null, null)
                .withChild(bitOfNode, node)
                .withChild(1 - bitOfNode, leaf);
    }

    /** The trie without this prefix, which must be there. */
    static <V> @Nullable Node<V> remove(Node<V> node, long high, long low, int length) {
        if (node.length == length) {
            return collapsed(node.withValue(null));
        }
        int bit = bitAt(high, low, node.length);
        Node<V> child = node.child(bit);
        if (child == null) {
            throw new IllegalStateException("prefix is not in the trie");
        }
        return collapsed(node.withChild(bit, remove(child, high, low, length)));
    }

    /** A node without a value is there only to part two others. */
    private static <V> @Nullable Node<V> collapsed(Node<V> node) {
        if (node.value != null || (node.zero != null && node.one != null)) {
            return node;
        }
        return node.zero != null ? node.zero : node.one;
    }

    private static int commonBits(long high, long low, long otherHigh, long otherLow) {
        return high != otherHigh
                ? Long.numberOfLeadingZeros(high ^ otherHigh)
                : HALF + Long.numberOfLeadingZeros(low ^ otherLow);
    }

    /** For an index of 128 any bit: nothing lies below a full-length prefix. */
    private static int bitAt(long high, long low, int index) {
        return (int) (index < HALF ? high >>> (HALF - 1 - index) : low >>> (MAX_LENGTH - 1 - index)) & 1;
    }

    private static long firstHalfMask(int length) {
        return length == 0 ? 0 : length >= HALF ? -1L : -1L << (HALF - length);
    }

    private static long secondHalfMask(int length) {
        return length <= HALF ? 0 : length == MAX_LENGTH ? -1L : -1L << (MAX_LENGTH - length);
    }
}
