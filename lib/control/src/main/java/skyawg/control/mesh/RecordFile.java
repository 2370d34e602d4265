package skyawg.control.mesh;

import java.nio.file.Path;
import java.util.List;
import skyawg.protocol.record.AddressedRecord;

/** A file of records, one a line, that the operator keeps himself; and what was in it when it was read. */
public record RecordFile(Path path, List<AddressedRecord> records) {
    public RecordFile {
        records = List.copyOf(records);
    }
}
