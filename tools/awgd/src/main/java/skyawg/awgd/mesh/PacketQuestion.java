package skyawg.awgd.mesh;

import java.util.Map;
import java.util.Optional;
import skyawg.control.control.ControlException;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;

/**
 * A packet that somebody asks about.
 *
 * @param fromInterface that it comes in by; with neither this nor a client it is this machine's own
 * @param client the peer of an AmneziaWG interface of this daemon that sends it
 * @param dscp 0 to 63
 */
record PacketQuestion(IpAddress to, Optional<String> fromInterface, Optional<PublicKey> client, int dscp) {
    private static final String INTERFACE = "[A-Za-z0-9_=+.-]{1,15}";
    private static final int KEY_CHARACTERS = 44;

    /** Reads the fields {@code to}, {@code from} and {@code dscp}. */
    static PacketQuestion read(Map<String, String> with) throws ControlException {
        String from = with.getOrDefault("from", "");
        boolean isKey = from.length() == KEY_CHARACTERS;
        return new PacketQuestion(
                address(String.valueOf(with.get("to"))),
                from.isEmpty() || isKey ? Optional.empty() : Optional.of(interfaceName(from)),
                isKey ? Optional.of(key(from)) : Optional.empty(),
                dscp(with.getOrDefault("dscp", "0")));
    }

    /** Whether this machine sends it. */
    boolean isOwn() {
        return fromInterface.isEmpty() && client.isEmpty();
    }

    private static IpAddress address(String text) throws ControlException {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw RequestFields.badRequest(
                    "to: one address is wanted, as 192.0.2.1 or 2001:db8::1, not '" + text + "'");
        }
    }

    private static String interfaceName(String text) throws ControlException {
        if (!text.matches(INTERFACE)) {
            throw RequestFields.badRequest(
                    "from: an interface has 1 to 15 characters, a client's key 44 of base64, and '" + text
                            + "' is none");
        }
        return text;
    }

    private static PublicKey key(String text) throws ControlException {
        try {
            return PublicKey.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw RequestFields.badRequest("from: '" + text + "' is no key: that is 44 characters of base64");
        }
    }

    private static int dscp(String text) throws ControlException {
        try {
            int dscp = Integer.parseInt(text);
            if (dscp >= 0 && dscp <= FtnRule.MAX_DSCP) {
                return dscp;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw RequestFields.badRequest("dscp: 0 to " + FtnRule.MAX_DSCP + ", not '" + text + "'");
    }
}
