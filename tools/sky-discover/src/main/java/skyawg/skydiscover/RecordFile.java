package skyawg.skydiscover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.OfferedRecord;
import skyawg.protocol.record.AddressedRecord;

/** A file of records, one {@code sky1:...} a line, {@code #} for comments. It is read again when it has changed. */
final class RecordFile implements RecordSource {
    private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MAX_RECORDS = 1_000;

    private final Path file;
    private final Progress progress;
    private List<OfferedRecord> fresh;
    private @Nullable FileTime readAt;
    private long lookAt;

    private RecordFile(Path file, Progress progress, List<OfferedRecord> fresh, @Nullable FileTime readAt) {
        this.file = file;
        this.progress = progress;
        this.fresh = fresh;
        this.readAt = readAt;
    }

    /** @throws IOException when the file cannot be read, or a line of it, saying which */
    static RecordFile open(Path file, Progress progress) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        return new RecordFile(file, progress, read(file), time);
    }

    @Override
    public OfferSource name() {
        return OfferSource.STATIC;
    }

    @Override
    public List<OfferedRecord> found(long nowNanos) {
        if (nowNanos - lookAt >= 0) {
            lookAt = nowNanos + LOOK_NANOS;
            look();
        }
        List<OfferedRecord> found = fresh;
        fresh = List.of();
        return found;
    }

    /** A file that is being written, or is faulty, leaves what was read of it before. */
    private void look() {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (!time.equals(readAt)) {
                readAt = time;
                fresh = read(file);
            }
        } catch (IOException e) {
            progress.trouble(file + ": " + e.getMessage() + ": its records of before are kept");
        }
    }

    private static List<OfferedRecord> read(Path file) throws IOException {
        List<OfferedRecord> records = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (text.isEmpty()) {
                continue;
            }
            if (records.size() == MAX_RECORDS) {
                throw new IOException("line " + number + ": at most " + MAX_RECORDS + " records: leave some out");
            }
            try {
                AddressedRecord addressed = AddressedRecord.parse(text);
                records.add(new OfferedRecord(
                        addressed, addressed.node().staticKey().toBase64(), 0));
            } catch (IllegalArgumentException e) {
                throw new IOException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return records;
    }
}
