package skyawg.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;

/** What was counted. */
final class Figures {
    private static final int HOPS = 3;

    private final Map<String, Integer> failures = new TreeMap<>();
    private final Map<String, Integer> lost = new TreeMap<>();
    private final List<Chosen> chosen = new ArrayList<>();
    private final Map<Integer, Integer> carried = new HashMap<>();
    private final Samples leftDead = new Samples();
    private final Samples upAfter = new Samples();
    private final Samples relayControl = new Samples();
    private final Samples relaySent = new Samples();
    private final Samples relayPaths = new Samples();
    /** Set-ups in each ten minutes: those that came up, and all. */
    private final List<int[]> periods = new ArrayList<>();

    private long wantedPaths;
    private long foundPaths;
    private int worked;
    private int failed;
    private int failedOverDead;
    private int workedInTrials;
    private int failedInTrials;
    private int otherLengths;
    private int downs;
    private int churned;
    private long userPackets;
    private long userPacketsByOtherWays;
    private long userBytes;

    /** Numbers of nodes. */
    record Chosen(int ingress, int firstHop, int exit) {}

    void chose(int wanted, int found) {
        wantedPaths += wanted;
        foundPaths += found;
    }

    /** Of a set-up that came up. */
    void setupWorked(Simulation world, SimNode ingress, boolean isForTrials, Path path) {
        count(world, isForTrials, true);
        otherLengths += path.hops().size() == HOPS ? 0 : 1;
        for (Hop hop : path.hops()) {
            SimNode node = world.find(hop.key());
            if (node != null) {
                carried.merge(node.number(), 1, Integer::sum);
            }
        }
        SimNode first = world.find(path.firstHop().key());
        SimNode exit = world.find(path.egress().key());
        if (first != null && exit != null) {
            chosen.add(new Chosen(ingress.number(), first.number(), exit.number()));
        }
    }

    /** @param deadHop the first hop of the path that is no more, from 1; 0 for none */
    void setupFailed(Simulation world, boolean isForTrials, String how, int deadHop) {
        count(world, isForTrials, false);
        if (isForTrials) {
            return;
        }
        failedOverDead += deadHop == 0 ? 0 : 1;
        failures.merge(how + (deadHop == 0 ? "; all hops alive" : "; hop " + deadHop + " gone"), 1, Integer::sum);
    }

    private void count(Simulation world, boolean isForTrials, boolean hasWorked) {
        if (isForTrials) {
            workedInTrials += hasWorked ? 1 : 0;
            failedInTrials += hasWorked ? 0 : 1;
            return;
        }
        worked += hasWorked ? 1 : 0;
        failed += hasWorked ? 0 : 1;
        period(world)[0] += hasWorked ? 1 : 0;
        period(world)[1]++;
    }

    private int[] period(Simulation world) {
        int index = (int) ((world.timeline().nowNanos() / Timeline.SECOND - 1) / 600);
        while (periods.size() <= index) {
            periods.add(new int[2]);
        }
        return periods.get(index);
    }

    void pathLost(String how) {
        lost.merge(how, 1, Integer::sum);
    }

    void leftDeadHop(long nanos) {
        leftDead.add(nanos / 1e9);
    }

    void tunnelUp(long nanos) {
        upAfter.add(nanos / 1e9);
    }

    void tunnelDown() {
        downs++;
    }

    void churned() {
        churned++;
    }

    /** A relay goes, or the simulation ends. */
    void gone(SimNode relay, long nowNanos) {
        double seconds = (nowNanos - relay.bornNanos()) / 1e9;
        if (seconds >= 60) {
            relayControl.add(relay.traffic().controlBytes() / seconds);
            relaySent.add(relay.traffic().sentBytes() / seconds);
            relayPaths.add(carried.getOrDefault(relay.number(), 0) / (seconds / 3_600));
        }
    }

    /** @param links that it has come by */
    void usersPacketArrived(int links, int bytes) {
        userPackets++;
        userBytes += bytes;
        userPacketsByOtherWays += links == HOPS ? 0 : 1;
    }

    double firstTry() {
        return worked + failed == 0 ? 0 : (double) worked / (worked + failed);
    }

    double firstTryInTrials() {
        int all = workedInTrials + failedInTrials;
        return all == 0 ? 0 : (double) workedInTrials / all;
    }

    int setupsInTrials() {
        return workedInTrials + failedInTrials;
    }

    int setups() {
        return worked + failed;
    }

    int worked() {
        return worked;
    }

    int failedOverDead() {
        return failedOverDead;
    }

    int failed() {
        return failed;
    }

    Map<String, Integer> failures() {
        return failures;
    }

    Map<String, Integer> lost() {
        return lost;
    }

    List<Chosen> chosen() {
        return chosen;
    }

    List<int[]> periods() {
        return periods;
    }

    Samples leftDead() {
        return leftDead;
    }

    Samples upAfter() {
        return upAfter;
    }

    Samples relayControl() {
        return relayControl;
    }

    Samples relaySent() {
        return relaySent;
    }

    Samples relayPaths() {
        return relayPaths;
    }

    int otherLengths() {
        return otherLengths;
    }

    int downs() {
        return downs;
    }

    int churnedNodes() {
        return churned;
    }

    long wantedPaths() {
        return wantedPaths;
    }

    long foundPaths() {
        return foundPaths;
    }

    long userPackets() {
        return userPackets;
    }

    long userPacketsByOtherWays() {
        return userPacketsByOtherWays;
    }

    long userBytes() {
        return userBytes;
    }
}
