package skyawg.protocol.obfuscation;

import java.util.Locale;
import skyawg.protocol.names.UintRange;

/**
 * The parameters of an AmneziaWG interface, in the order in which {@code get}, {@code show} and {@code showconf} print
 * them.
 *
 * <p>A parameter's name in config files ({@code HeaderProtectionKey}) gives its other names: {@link #uapiKey}
 * {@code header_protection_key}, {@link #option} {@code header-protection-key}, {@link #label} {@code header protection
 * key}, {@link #jsonName} {@code headerProtectionKey}.
 */
public enum Parameter {
    JC("Jc", Kind.NUMBER, 0xffff),
    JMIN("Jmin", Kind.NUMBER, 0xffff),
    JMAX("Jmax", Kind.NUMBER, 0xffff),
    S1("S1", Kind.NUMBER, 0xffff),
    S2("S2", Kind.NUMBER, 0xffff),
    S3("S3", Kind.NUMBER, 0xffff),
    S4("S4", Kind.NUMBER, 0xffff),
    H1("H1", Kind.RANGE, UintRange.MAX),
    H2("H2", Kind.RANGE, UintRange.MAX),
    H3("H3", Kind.RANGE, UintRange.MAX),
    H4("H4", Kind.RANGE, UintRange.MAX),
    I1("I1", Kind.TAGS, 0),
    I2("I2", Kind.TAGS, 0),
    I3("I3", Kind.TAGS, 0),
    I4("I4", Kind.TAGS, 0),
    I5("I5", Kind.TAGS, 0),
    HEADER_PROTECTION_KEY("HeaderProtectionKey", Kind.KEY, 0),
    CONTENT_PADDING_ADDITION("ContentPaddingAddition", Kind.RANGE, 0xffff),
    REKEY_AFTER_TIME("RekeyAfterTime", Kind.RANGE, 0xffff),
    REKEY_TIMEOUT("RekeyTimeout", Kind.RANGE, 0xffff),
    REJECT_AFTER_TIME("RejectAfterTime", Kind.RANGE, 0xffff),
    KEEPALIVE_TIMEOUT("KeepaliveTimeout", Kind.RANGE, 0xffff),
    MAX_HANDSHAKE_ATTEMPTS("MaxHandshakeAttempts", Kind.RANGE, 0xffff),
    RANDOM_TRAILERS("RandomTrailers", Kind.SWITCH, 1),
    DISABLE_COOKIES("DisableCookies", Kind.SWITCH, 1);

    /** How a parameter's value is written. */
    public enum Kind {
        /** One unsigned decimal number. */
        NUMBER,
        /** A number or {@code a-b}. */
        RANGE,
        /** A run of signature packet tags, kept as written. */
        TAGS,
        /** 32 secret bytes: hex on the UAPI socket, base64 elsewhere. */
        KEY,
        /** On or off: 0 or 1 on the UAPI socket. */
        SWITCH
    }

    private final String configKey;
    private final Kind kind;
    private final long limit;
    private final String spaced;

    Parameter(String configKey, Kind kind, long limit) {
        this.configKey = configKey;
        this.kind = kind;
        this.limit = limit;
        this.spaced = spell(configKey);
    }

    public Kind kind() {
        return kind;
    }

    /** The largest number that fits, for {@link Kind#NUMBER} and {@link Kind#RANGE}. */
    public long limit() {
        return limit;
    }

    /** The name in config files, {@code HeaderProtectionKey}. */
    public String configKey() {
        return configKey;
    }

    /** The key on the UAPI socket, {@code header_protection_key}. */
    public String uapiKey() {
        return spaced.replace(' ', '_');
    }

    /** The word of {@code awg set} and {@code awg show}, {@code header-protection-key}. */
    public String option() {
        return spaced.replace(' ', '-');
    }

    /** The label in {@code awg show}, {@code header protection key}. */
    public String label() {
        return spaced;
    }

    /** The name in JSON, {@code headerProtectionKey}. */
    public String jsonName() {
        return configKey.substring(0, 1).toLowerCase(Locale.ROOT) + configKey.substring(1);
    }

    private static String spell(String configKey) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < configKey.length(); i++) {
            char c = configKey.charAt(i);
            if (i > 0 && Character.isUpperCase(c)) {
                words.append(' ');
            }
            words.append(Character.toLowerCase(c));
        }
        return words.toString();
    }
}
