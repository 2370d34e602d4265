package skyawg.lab.shaper;

import java.io.IOException;
import skyawg.protocol.crypto.SeededEntropy;

/** Two devices and both ways between them. Ends have names by which orders and counters call them. */
final class Link implements AutoCloseable {
    private final String endA;
    private final String endB;
    private final TapDevice deviceA;
    private final TapDevice deviceB;
    private final Way towardsA;
    private final Way towardsB;

    /** @param number unlike that of any other link: the devices are called by it, and moved away by others */
    Link(int number, String endA, String endB, long seed) throws IOException {
        if (endA.equals(endB)) {
            throw new IllegalArgumentException(endA + ": the ends need two names");
        }
        this.endA = endA;
        this.endB = endB;
        deviceA = new TapDevice("shape" + number + "a");
        deviceB = new TapDevice("shape" + number + "b");
        SeededEntropy seeds = new SeededEntropy(seed);
        towardsB = new Way(deviceA, deviceB, new Direction(seeds.nextLong()));
        towardsA = new Way(deviceB, deviceA, new Direction(seeds.nextLong()));
    }

    String endA() {
        return endA;
    }

    String endB() {
        return endB;
    }

    TapDevice deviceA() {
        return deviceA;
    }

    TapDevice deviceB() {
        return deviceB;
    }

    Way towardsA() {
        return towardsA;
    }

    Way towardsB() {
        return towardsB;
    }

    /** Throws IllegalArgumentException when no end is called so. */
    Way towards(String end) {
        if (end.equals(endA)) {
            return towardsA;
        }
        if (end.equals(endB)) {
            return towardsB;
        }
        throw new IllegalArgumentException(end + ": the ends are " + endA + " and " + endB);
    }

    @Override
    public void close() {
        deviceA.close();
        deviceB.close();
    }
}
