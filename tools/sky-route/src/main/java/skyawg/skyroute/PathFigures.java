package skyawg.skyroute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code sky-route bench} has measured of one path. Times are microseconds. */
final class PathFigures {
    private static final double MICROS_PER_MILLI = 1000;

    private final String tunnel;
    private final int number;
    private final String role;
    private final List<String> hops;
    private final long setupMicros;
    private final List<Long> roundTrips = new ArrayList<>();
    private int sent;

    private PathFigures(String tunnel, int number, String role, List<String> hops, long setupMicros) {
        this.tunnel = tunnel;
        this.number = number;
        this.role = role;
        this.hops = List.copyOf(hops);
        this.setupMicros = setupMicros;
    }

    /**
     * Nothing measured yet.
     *
     * @param group what the daemon said of the tunnel before
     * @param number of the path, from 1 on
     * @param hops its nodes; one that was not there before has no role and no set-up time
     */
    static PathFigures of(Answer group, int number, List<String> hops) {
        Answer leg = group.list("legs").stream()
                .filter(each -> each.texts("hops").equals(hops))
                .findFirst()
                .orElse(new Answer(Map.of()));
        return new PathFigures(group.text("tunnel"), number, leg.cell("role"), hops, leg.number("setup_us"));
    }

    String tunnel() {
        return tunnel;
    }

    /** How many echoes were answered. */
    int answers() {
        return roundTrips.size();
    }

    /**
     * An echo was sent.
     *
     * @param end what became of it
     */
    void take(Answer end) {
        sent++;
        if (end.isTrue("answered")) {
            roundTrips.add(end.number("rtt_us"));
        }
    }

    /**
     * The smallest round trip that so many of a hundred do not exceed; 0 without any.
     *
     * @param percent 1 to 100
     */
    static long percentile(List<Long> micros, int percent) {
        if (micros.isEmpty()) {
            return 0;
        }
        List<Long> sorted = new ArrayList<>(micros);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceilDiv((long) sorted.size() * percent, 100) - 1);
    }

    Map<String, Object> json() {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("path", number);
        shown.put("role", role);
        shown.put("hops", hops);
        shown.put("transmitted", sent);
        shown.put("lost", sent - roundTrips.size());
        shown.put("rtt_min_us", roundTrips.isEmpty() ? 0L : Collections.min(roundTrips));
        shown.put("rtt_p50_us", percentile(roundTrips, 50));
        shown.put("rtt_p99_us", percentile(roundTrips, 99));
        shown.put("setup_us", setupMicros);
        return shown;
    }

    String[] cells() {
        return new String[] {
            tunnel,
            Integer.toString(number),
            role,
            Integer.toString(hops.size()),
            Integer.toString(sent),
            (sent - roundTrips.size()) + " (" + Math.round(100.0 * (sent - roundTrips.size()) / sent) + "%)",
            millis(roundTrips.isEmpty() ? 0 : Collections.min(roundTrips)),
            millis(percentile(roundTrips, 50)),
            millis(percentile(roundTrips, 99)),
            millis(setupMicros)
        };
    }

    private static String millis(long micros) {
        return micros == 0 ? "-" : String.format(Locale.ROOT, "%.3f ms", micros / MICROS_PER_MILLI);
    }
}
