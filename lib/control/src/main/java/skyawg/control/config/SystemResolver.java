package skyawg.control.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;

/**
 * Resolves host names as the system does, the first address of the answer. A failure that may pass is tried again,
 * after 1 s and then after ever longer pauses up to 20 s, saying so; any other is an error at once.
 */
public class SystemResolver implements EndpointResolver {
    /** How often to try again: a number or {@code infinity}. */
    public static final String RETRIES_VARIABLE = "WG_ENDPOINT_RESOLUTION_RETRIES";

    private static final int DEFAULT_RETRIES = 15;
    private static final long FIRST_PAUSE_MICROS = 1_000_000;
    private static final long LONGEST_PAUSE_MICROS = 20_000_000;
    private static final String UNKNOWN = "Name or service not known";

    /** Failures that waiting does not cure, in the C library's words. */
    private static final String[] PERMANENT = {
        UNKNOWN, "Non-recoverable failure in name resolution", "No address associated with hostname"
    };

    private final Map<String, String> environment;
    private final Consumer<String> progress;

    /**
     * @param environment where {@link #RETRIES_VARIABLE} may stand
     * @param progress takes a line before each pause
     */
    public SystemResolver(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    @Override
    public Endpoint resolve(String text) throws ConfigException {
        EndpointText endpoint = EndpointText.split(text);
        int port;
        try {
            port = ConfigValue.port(endpoint.port());
        } catch (ConfigException e) {
            throw ConfigException.parsing(e.text().replace("`" + endpoint.port() + "'", "`" + text + "'"));
        }
        return address(endpoint.host(), port, text);
    }

    private Endpoint address(String host, int port, String text) throws ConfigException {
        int percent = host.indexOf('%');
        try {
            IpAddress address = IpAddress.parse(percent < 0 ? host : host.substring(0, percent));
            return new Endpoint(address, percent < 0 ? "" : host.substring(percent + 1), port);
        } catch (IllegalArgumentException e) {
            return Endpoint.of(lookUp(host, text), port);
        }
    }

    private IpAddress lookUp(String host, String text) throws ConfigException {
        long pauseMicros = FIRST_PAUSE_MICROS;
        for (long left = retries(); ; left--) {
            String failure;
            try {
                return IpAddress.of(ask(host).getAddress());
            } catch (UnknownHostException e) {
                failure = reason(e);
            }
            if (left == 0 || isPermanent(failure)) {
                throw ConfigException.parsing(failure + ": `" + text + "'");
            }
            progress.accept(String.format(
                    Locale.ROOT, "%s: `%s'. Trying again in %.2f seconds...", failure, text, pauseMicros / 1e6));
            try {
                pause(pauseMicros);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ConfigException.parsing(failure + ": `" + text + "'");
            }
            pauseMicros = Math.min(LONGEST_PAUSE_MICROS, pauseMicros * 6 / 5);
        }
    }

    /** The C library's words stand behind the name. */
    private static String reason(UnknownHostException e) {
        String message = String.valueOf(e.getMessage());
        int colon = message.lastIndexOf(": ");
        return colon < 0 ? UNKNOWN : message.substring(colon + 2);
    }

    private static boolean isPermanent(String failure) {
        for (String permanent : PERMANENT) {
            if (failure.equals(permanent)) {
                return true;
            }
        }
        return false;
    }

    /** The system's first answer. A test answers by itself. */
    InetAddress ask(String host) throws UnknownHostException {
        if (host.isEmpty()) {
            throw new UnknownHostException(": " + UNKNOWN); // the JDK would answer with the loopback address
        }
        // The JDK keeps failures for 10 s and sorts IPv4 first; the C tool does neither.
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        System.setProperty("java.net.preferIPv6Addresses", "system");
        return InetAddress.getAllByName(host)[0];
    }

    /** A test does not wait. */
    void pause(long micros) throws InterruptedException {
        Thread.sleep(micros / 1000);
    }

    private long retries() throws ConfigException {
        String text = environment.get(RETRIES_VARIABLE);
        if (text == null) {
            return DEFAULT_RETRIES;
        }
        if (text.equals("infinity")) {
            return Long.MAX_VALUE;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new ConfigException(
                ConfigException.Epilogue.NONE, "Unable to parse " + RETRIES_VARIABLE + ": `" + text + "'");
    }
}
