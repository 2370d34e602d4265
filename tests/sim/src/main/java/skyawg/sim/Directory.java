package skyawg.sim;

import java.util.ArrayList;
import java.util.List;
import skyawg.mesh.nodes.Origin;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.record.AddressedRecord;

/**
 * Stands for discovery: whoever asks gets records of random nodes that offer something. One that has gone is handed out
 * a while longer, until the network of discovery has noticed.
 */
final class Directory {
    private final List<Entry> entries = new ArrayList<>();

    /** A record that can be found. */
    static final class Entry {
        final AddressedRecord addressed;
        final Origin origin;
        private int place;

        private Entry(AddressedRecord addressed) {
            this.addressed = addressed;
            // A discovery id is no mesh key; here it only has to be another for each node.
            this.origin = Origin.discovery(addressed.node().staticKey().toHex(), 1);
        }
    }

    Entry add(AddressedRecord addressed) {
        Entry entry = new Entry(addressed);
        entry.place = entries.size();
        entries.add(entry);
        return entry;
    }

    void remove(Entry entry) {
        Entry last = entries.removeLast();
        if (last != entry) {
            entries.set(entry.place, last);
            last.place = entry.place;
        }
    }

    Entry draw(Entropy entropy) {
        return entries.get((int) entropy.uniform(0, entries.size() - 1L));
    }

    int size() {
        return entries.size();
    }

    List<Entry> all() {
        return entries;
    }
}
