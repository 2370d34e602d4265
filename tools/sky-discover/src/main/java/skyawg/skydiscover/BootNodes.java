package skyawg.skydiscover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skyawg.control.cli.ExitStatus;
import skyawg.skydiscover.discv5.Enr;

/** The nodes to begin with, from the command line and from a file. */
final class BootNodes {
    private BootNodes() {}

    static List<Enr> read(List<String> words, Optional<Path> file) throws UsageException, FailureException {
        List<Enr> nodes = new ArrayList<>();
        for (String word : words) {
            try {
                nodes.add(Enr.parse(word));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--boot '" + shortened(word) + "': " + e.getMessage());
            }
        }
        if (file.isPresent()) {
            nodes.addAll(read(file.get()));
        }
        return nodes;
    }

    private static List<Enr> read(Path file) throws FailureException {
        List<Enr> nodes = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (text.isEmpty()) {
                continue;
            }
            try {
                nodes.add(Enr.parse(text));
            } catch (IllegalArgumentException e) {
                throw new FailureException(
                        ExitStatus.USAGE,
                        file + ":" + number + ": " + e.getMessage()
                                + ": take the whole line that 'sky-discover --print-enr' prints");
            }
        }
        return nodes;
    }

    private static List<String> lines(Path file) throws FailureException {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new FailureException(ExitStatus.FAILED, file + ": no such file: see --boot-file");
        } catch (IOException e) {
            throw new FailureException(ExitStatus.FAILED, file + ": cannot be read: " + e.getMessage());
        }
    }

    private static String shortened(String word) {
        return word.length() <= 24 ? word : word.substring(0, 24) + "...";
    }
}
