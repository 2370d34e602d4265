package skyawg.awgquick.net;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.protocol.names.Endpoint;

/**
 * Works out an interface's MTU: that of the widest route to a peer, less what the tunnel adds to a packet.
 *
 * <p>An IPv6 header (40), UDP (8), the transport message's header and tag (32) make 80; S4 random bytes stand in front
 * of each. Without peers' endpoints the default route counts, and without that 1500.
 */
public final class LinkMtu {
    private static final int OVERHEAD = 80;
    private static final int OVERHEAD_V4 = 60;
    private static final int ETHERNET = 1500;

    /** The least that a link with IPv6 may have (RFC 8200 section 5). */
    private static final int LEAST_FOR_V6 = 1280;

    /** Keeps the answers of one process below the size of a pipe. */
    private static final int ROUTES_AT_ONCE = 200;

    private final Commands commands;

    public LinkMtu(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param endpoints of the peers that have one
     * @param s4 bytes in front of each transport message
     */
    public int of(List<Endpoint> endpoints, int s4) throws FailureException {
        int outer = widest(endpoints);
        int inner = inner(outer, s4);
        int overhead = (isV4Only(endpoints) ? OVERHEAD_V4 : OVERHEAD) + s4;
        if (s4 > 0 && inner + overhead > outer) {
            int room = outer - overhead;
            commands.say("Warning: S4 = " + s4 + " leaves " + room + " bytes of the path's " + outer
                    + " for a packet, but the MTU stays at " + inner + ", which IPv6 needs: packets above " + room
                    + " will be lost, since nothing is fragmented; choose a smaller S4, or set MTU = " + room
                    + " where the tunnel carries no IPv6");
        }
        return inner;
    }

    /** S4 never takes an MTU below 1280 that would not be below it without S4. */
    static int inner(int outer, int s4) {
        return Math.max(outer - OVERHEAD - s4, Math.min(LEAST_FOR_V6, outer - OVERHEAD));
    }

    private int widest(List<Endpoint> endpoints) throws FailureException {
        Map<String, Integer> devices = new HashMap<>();
        int widest = 0;
        for (String route : routesTo(endpoints)) {
            widest = Math.max(widest, mtuOf(route, devices));
        }
        if (widest == 0) {
            String routes = commands.ask("ip", "route", "show", "default").text();
            widest = mtuOf(routes.split("\n", 2)[0], devices);
        }
        return widest == 0 ? ETHERNET : widest;
    }

    /** One line for each distinct address that has a route. */
    private List<String> routesTo(List<Endpoint> endpoints) throws FailureException {
        Set<String> questions = new LinkedHashSet<>();
        for (Endpoint endpoint : endpoints) {
            String device = endpoint.zone().isEmpty() ? "" : " dev " + endpoint.zone();
            questions.add("route get " + endpoint.address() + device);
        }
        StringBuilder batch = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        int waiting = 0;
        for (String question : questions) {
            batch.append(question).append('\n');
            if (++waiting == ROUTES_AT_ONCE) {
                answers.append(ask(batch));
                waiting = 0;
            }
        }
        if (waiting > 0) {
            answers.append(ask(batch));
        }
        return List.of(answers.toString().split("\n", -1));
    }

    private String ask(StringBuilder batch) throws FailureException {
        String answer = commands.exchange(batch.toString(), "ip", "-o", "-force", "-batch", "-")
                .text();
        batch.setLength(0);
        return answer;
    }

    /**
     * @param devices filled at the first need.
     * @return 0 when the line is no route or names no device of ours
     */
    private int mtuOf(String route, Map<String, Integer> devices) throws FailureException {
        int ofRoute = numberAfter(route, "mtu");
        if (ofRoute > 0) {
            return ofRoute;
        }
        String device = wordAfter(route, "dev");
        if (device.isEmpty()) {
            return 0;
        }
        if (devices.isEmpty()) {
            devices.putAll(mtuOfDevices(commands.ask("ip", "-o", "link", "show").text()));
        }
        return devices.getOrDefault(device, 0);
    }

    /** Reads {@code 2: eth0@if3: <UP> mtu 1500 ...} lines. */
    static Map<String, Integer> mtuOfDevices(String text) {
        Map<String, Integer> devices = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split(": ", 3);
            if (parts.length == 3) {
                devices.put(parts[1].split("@", 2)[0], numberAfter(parts[2], "mtu"));
            }
        }
        return devices;
    }

    /** The number behind a word, over a {@code lock} that may stand between; 0 when there is none. */
    public static int numberAfter(String line, String word) {
        String value = wordAfter(line, word);
        if (value.equals("lock")) {
            value = wordAfter(line, "lock");
        }
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String wordAfter(String line, String word) {
        String[] words = line.strip().split("[ \\\\]+", -1);
        for (int i = 0; i + 1 < words.length; i++) {
            if (words[i].equals(word)) {
                return words[i + 1];
            }
        }
        return "";
    }

    private static boolean isV4Only(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.address().isV6()) {
                return false;
            }
        }
        return !endpoints.isEmpty();
    }
}
