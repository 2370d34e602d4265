package skyawg.sim;

/**
 * What is simulated.
 *
 * @param nodes altogether
 * @param ingresses of them have a tunnel, and offer nothing
 * @param exitPercent of the other nodes that are exits as well as transits
 * @param churnPercent of those nodes that go without a word in an hour; as many new ones come
 * @param seconds of virtual time
 * @param trials of failover, evenly over that time
 * @param lossPerMille of datagrams
 * @param spreadMillis one-way delay of a datagram over the whole width of the world
 * @param lookupSeconds between two lookups of an ingress's discovery, 16 records each
 * @param againSeconds before discovery tells the daemon again of a node that it told of
 * @param staleSeconds for which discovery hands out records of a node that has gone
 */
record Settings(
        int nodes,
        int ingresses,
        int exitPercent,
        double churnPercent,
        int seconds,
        int trials,
        double lossPerMille,
        int spreadMillis,
        double lookupSeconds,
        int againSeconds,
        int staleSeconds,
        long seed) {
    static Settings of(int nodes, double churnPercent, int seconds, long seed) {
        int ingresses = Math.max(1, nodes / 20);
        return new Settings(nodes, ingresses, 10, churnPercent, seconds, seconds / 7, 1, 30, 15, 120, 300, seed);
    }

    double goingPerSecond() {
        return (nodes - ingresses) * churnPercent / 100 / 3_600;
    }
}
