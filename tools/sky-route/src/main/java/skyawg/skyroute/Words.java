package skyawg.skyroute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import skyawg.control.mesh.MeshConfigException;
import skyawg.control.mesh.RecordLines;
import skyawg.protocol.record.AddressedRecord;

/** Reads what files on the command line hold; {@code -} is standard input. */
final class Words {
    private static final int MAX_SECRET_LENGTH = 64;

    private Words() {}

    /** A secret: one line of base64. */
    static String secret(Call call, String file) throws FailureException {
        String text = read(call, file).strip();
        if (text.length() > MAX_SECRET_LENGTH || text.isEmpty()) {
            throw new FailureException(file + ": holds no secret: it is one line of base64, as 'awg genpsk' prints it");
        }
        return text;
    }

    /** Records, one a line. */
    static List<String> records(Call call, String file) throws FailureException {
        List<String> lines = new ArrayList<>();
        try {
            for (AddressedRecord addressed : RecordLines.read(read(call, file), file)) {
                lines.add(addressed.toText());
            }
        } catch (MeshConfigException e) {
            throw new FailureException(e.text());
        }
        if (lines.isEmpty()) {
            throw new FailureException(
                    file + ": holds no record: 'sky-route record export' on another node prints one");
        }
        return lines;
    }

    private static String read(Call call, String file) throws FailureException {
        try {
            return file.equals("-")
                    ? new String(call.io().in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new FailureException(file + ": no such file");
        } catch (IOException e) {
            throw new FailureException(file + ": cannot be read: " + e.getMessage());
        }
    }
}
