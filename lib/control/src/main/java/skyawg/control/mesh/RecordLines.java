package skyawg.control.mesh;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.record.AddressedRecord;

/** Records of nodes as text: one {@code sky1:...} a line, {@code #} for comments. */
public final class RecordLines {
    private RecordLines() {}

    /** @param label what errors call the text */
    public static List<AddressedRecord> read(String text, String label) throws MeshConfigException {
        List<AddressedRecord> records = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            int comment = line.indexOf('#');
            String content = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (content.isEmpty()) {
                continue;
            }
            if (records.size() == MeshConfig.MAX_RECORDS) {
                throw new MeshConfigException(
                        label + ":" + number + ": at most " + MeshConfig.MAX_RECORDS + " records: leave some out");
            }
            try {
                records.add(AddressedRecord.parse(content));
            } catch (IllegalArgumentException e) {
                throw new MeshConfigException(label + ":" + number + ": " + e.getMessage()
                        + ": take the whole line that 'sky-route record export' prints");
            }
        }
        return records;
    }
}
