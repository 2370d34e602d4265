package skyawg.control.config;

/**
 * An endpoint as written: a host, which may be a name, and a port, which may be a service.
 *
 * @param host without brackets
 */
public record EndpointText(String host, String port) {
    /** Splits the text; whether host and port exist is not asked. @throws ConfigException when it has no port */
    public static EndpointText split(String text) throws ConfigException {
        if (text.isEmpty()) {
            throw ConfigException.parsing("Unable to parse empty endpoint");
        }
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            if (bracket < 0) {
                throw ConfigException.parsing("Unable to find matching brace of endpoint: `" + text + "'");
            }
            boolean hasPort = bracket + 2 < text.length() && text.charAt(bracket + 1) == ':';
            if (!hasPort) {
                throw noPort(text);
            }
            return new EndpointText(text.substring(1, bracket), text.substring(bracket + 2));
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            throw noPort(text);
        }
        return new EndpointText(text.substring(0, colon), text.substring(colon + 1));
    }

    private static ConfigException noPort(String text) {
        return ConfigException.parsing("Unable to find port of endpoint: `" + text + "'");
    }
}
