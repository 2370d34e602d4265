package skyawg.awg;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;

/**
 * {@code awg -b [FILE]}: runs one command a line, without the word {@code awg}, in this one process. Empty lines and
 * lines that begin with {@code #} are skipped; words may stand in single or double quotes. The first command that fails
 * ends it, with its line number.
 */
final class BatchCommand {
    private final CommandIo io;
    private final Awg awg;

    BatchCommand(CommandIo io, Awg awg) {
        this.io = io;
        this.awg = awg;
    }

    int run(String[] words) {
        if (words.length > 1 || (words.length == 1 && words[0].startsWith("-") && words[0].length() > 1)) {
            io.complain("Usage: awg -b [<file>]");
            return ExitStatus.USAGE;
        }
        boolean isStandardInput = words.length == 0 || words[0].equals("-");
        String name = isStandardInput ? "-" : words[0];
        try (InputStream in = isStandardInput ? io.in() : new FileInputStream(name)) {
            return run(name, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            io.complain(name + ": " + KeyFile.reason(e));
            return ExitStatus.USAGE;
        }
    }

    private int run(String name, BufferedReader lines) throws IOException {
        String line;
        for (int number = 1; (line = lines.readLine()) != null; number++) {
            String[] words = split(line);
            if (words == null) {
                io.complain(name + ":" + number + ": a quote is not closed");
                return ExitStatus.USAGE;
            }
            if (words.length == 0) {
                continue;
            }
            int status = words[0].equals("-b") ? nested() : awg.run(words);
            io.out().flush();
            if (status != ExitStatus.OK) {
                io.complain(name + ":" + number + ": failed, the rest was not run");
                return status;
            }
        }
        return ExitStatus.OK;
    }

    private int nested() {
        io.complain("a batch cannot run a batch");
        return ExitStatus.USAGE;
    }

    /** @return null when a quote is not closed */
    private static String @Nullable [] split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == ' ' || c == '\t') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else if (c == '#' && words.isEmpty() && !inWord) {
                break;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            return null;
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words.toArray(new String[0]);
    }
}
