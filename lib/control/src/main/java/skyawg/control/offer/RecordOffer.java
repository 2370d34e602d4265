package skyawg.control.offer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The request {@code record.offer}: records of one source, for the daemon's sample of nodes.
 *
 * <pre>
 *   {"do": "record.offer", "with": {"source": "discv5", "records": "sky1:... PUBLISHER SEQUENCE\nsky1:..."}}
 *   {"ok": true, "result": {"offered": 2, "taken": 1}}
 * </pre>
 */
public record RecordOffer(OfferSource source, List<OfferedRecord> records) {
    public static final String ACTION = "record.offer";
    public static final String SOURCE = "source";
    public static final String RECORDS = "records";

    /** In the answer: how many records the daemon holds on to, those that it knew already among them. */
    public static final String TAKEN = "taken";

    /** A line of the control socket has 65 535 bytes; a record's at most 299. */
    public static final int MAX_RECORDS = 128;

    public RecordOffer {
        records = List.copyOf(records);
        if (records.size() > MAX_RECORDS) {
            throw new IllegalArgumentException("at most " + MAX_RECORDS + " records at once, not " + records.size());
        }
    }

    /** What stands under {@code with}. */
    public Map<String, String> fields() {
        StringBuilder lines = new StringBuilder();
        for (OfferedRecord offered : records) {
            lines.append(offered.toLine()).append('\n');
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SOURCE, source.word());
        fields.put(RECORDS, lines.toString());
        return fields;
    }

    /**
     * Reads what stands under {@code with}.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static RecordOffer parse(Map<String, String> fields) {
        OfferSource source = OfferSource.of(fields.getOrDefault(SOURCE, ""));
        List<OfferedRecord> records = new ArrayList<>();
        for (String line : fields.getOrDefault(RECORDS, "").split("\n", -1)) {
            if (!line.isEmpty()) {
                records.add(OfferedRecord.parse(line));
            }
        }
        return new RecordOffer(source, records);
    }
}
