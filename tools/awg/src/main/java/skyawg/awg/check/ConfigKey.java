package skyawg.awg.check;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a file that are no obfuscation parameters, and where each belongs. */
enum ConfigKey {
    PRIVATE_KEY("PrivateKey", false, false),
    LISTEN_PORT("ListenPort", false, false),
    FWMARK("FwMark", false, false),
    ADDRESS("Address", false, true),
    DNS("DNS", false, true),
    MTU("MTU", false, true),
    TABLE("Table", false, true),
    PRE_UP("PreUp", false, true),
    POST_UP("PostUp", false, true),
    PRE_DOWN("PreDown", false, true),
    POST_DOWN("PostDown", false, true),
    SAVE_CONFIG("SaveConfig", false, true),
    PUBLIC_KEY("PublicKey", true, false),
    PRESHARED_KEY("PresharedKey", true, false),
    ALLOWED_IPS("AllowedIPs", true, false),
    ENDPOINT("Endpoint", true, false),
    PERSISTENT_KEEPALIVE("PersistentKeepalive", true, false),
    ADVANCED_SECURITY("AdvancedSecurity", true, false);

    private static final Map<String, ConfigKey> BY_NAME = byName();

    private final String spelling;
    private final boolean isOfPeer;
    private final boolean isQuick;

    ConfigKey(String spelling, boolean isOfPeer, boolean isQuick) {
        this.spelling = spelling;
        this.isOfPeer = isOfPeer;
        this.isQuick = isQuick;
    }

    static @Nullable ConfigKey of(String lowerCaseKey) {
        return BY_NAME.get(lowerCaseKey);
    }

    String spelling() {
        return spelling;
    }

    /** Under {@code [Peer]}, not {@code [Interface]}. */
    boolean isOfPeer() {
        return isOfPeer;
    }

    /** Read by {@code awg-quick} only. */
    boolean isQuick() {
        return isQuick;
    }

    /** Each line adds to those before. */
    boolean mayRepeat() {
        return switch (this) {
            case ADDRESS, DNS, PRE_UP, POST_UP, PRE_DOWN, POST_DOWN, ALLOWED_IPS -> true;
            case PRIVATE_KEY,
                    LISTEN_PORT,
                    FWMARK,
                    MTU,
                    TABLE,
                    SAVE_CONFIG,
                    PUBLIC_KEY,
                    PRESHARED_KEY,
                    ENDPOINT,
                    PERSISTENT_KEEPALIVE,
                    ADVANCED_SECURITY -> false;
        };
    }

    private static Map<String, ConfigKey> byName() {
        Map<String, ConfigKey> map = new HashMap<>();
        for (ConfigKey key : values()) {
            map.put(key.spelling.toLowerCase(Locale.ROOT), key);
        }
        return map;
    }
}
