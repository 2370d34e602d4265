package skyawg.datapath.forward;

import skyawg.protocol.names.PublicKey;

/**
 * Keeps over a restart how far the timestamps of an interface's initiations have come. Both methods may wait for a
 * disk; neither throws: what cannot be kept is reported by the store itself.
 */
public interface TimestampStore {
    /** Keeps nothing. */
    TimestampStore NONE = new TimestampStore() {
        @Override
        public long load(String interfaceName, PublicKey key) {
            return 0;
        }

        @Override
        public void save(String interfaceName, PublicKey key, long unixNanos) {}
    };

    /** What was saved last for this interface and key, in Unix nanoseconds; 0 for nothing. */
    long load(String interfaceName, PublicKey key);

    void save(String interfaceName, PublicKey key, long unixNanos);
}
