package skyawg.skydiscover;

/**
 * What became of the records that were found.
 *
 * @param records held now
 * @param otherNetwork finds of another network, since the start
 * @param malformed finds that are no record, or one that cannot be any node's
 * @param refused finds for which there was no room
 */
record SampleCounts(int records, long otherNetwork, long malformed, long refused) {}
