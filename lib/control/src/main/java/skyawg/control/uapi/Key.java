package skyawg.control.uapi;

/** The keys of the protocol that are no AmneziaWG parameters (those are {@code Parameter.uapiKey}). */
final class Key {
    static final String ALLOWED_IP = "allowed_ip";
    static final String ENDPOINT = "endpoint";
    static final String ERRNO = "errno";
    /** Ours: a line ahead of {@code errno} that says why. Clients that do not know it skip it. */
    static final String ERROR = "error";

    static final String FWMARK = "fwmark";
    static final String LAST_HANDSHAKE_NANOS = "last_handshake_time_nsec";
    static final String LAST_HANDSHAKE_SECONDS = "last_handshake_time_sec";
    static final String LISTEN_PORT = "listen_port";
    static final String PERSISTENT_KEEPALIVE = "persistent_keepalive_interval";
    static final String PRESHARED_KEY = "preshared_key";
    static final String PRIVATE_KEY = "private_key";
    static final String PROTOCOL_VERSION = "protocol_version";
    static final String PUBLIC_KEY = "public_key";
    static final String REMOVE = "remove";
    static final String REPLACE_ALLOWED_IPS = "replace_allowed_ips";
    static final String REPLACE_PEERS = "replace_peers";
    static final String RX_BYTES = "rx_bytes";
    static final String TX_BYTES = "tx_bytes";
    static final String UPDATE_ONLY = "update_only";

    private Key() {}
}
