package skyawg.awgquick.exec;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code ip} commands in one process for each run of commands of one family, which counts when there are hundreds
 * of routes. Shows and fails as if each had run alone.
 *
 * <p>Not for words that {@code ip} may be unable to read, such as an address from a file: it then ends without saying
 * at which line of the batch.
 */
public final class IpCommands {
    private static final String FAILED = "Command failed -:";

    private final Commands commands;
    private final List<IpCommand> pending = new ArrayList<>();

    public IpCommands(Commands commands) {
        this.commands = commands;
    }

    private record IpCommand(Family family, List<String> words) {
        List<String> command() {
            List<String> command = new ArrayList<>();
            command.add("ip");
            command.add(family.option());
            command.addAll(words);
            return command;
        }

        /** A batch line knows comments, quotes and backslashes: words with anything unusual run alone. */
        boolean isPlain() {
            for (String word : words) {
                for (int i = 0; i < word.length(); i++) {
                    char c = word.charAt(i);
                    if (!(Character.isLetterOrDigit(c) || ":./%_-+=@".indexOf(c) >= 0)) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** Queues {@code ip FAMILY WORDS}. */
    public IpCommands add(Family family, String... words) {
        pending.add(new IpCommand(family, List.of(words)));
        return this;
    }

    /**
     * Runs what is queued, in order.
     *
     * @throws FailureException with the status of the first that fails
     */
    public void run() throws FailureException {
        int done = 0;
        while (done < pending.size()) {
            int end = endOfBatch(done);
            done = end - done < 2 ? runAlone(done) : runBatch(done, end);
        }
        pending.clear();
    }

    private int endOfBatch(int from) {
        int end = from;
        while (end < pending.size()
                && pending.get(end).isPlain()
                && pending.get(end).family() == pending.get(from).family()) {
            end++;
        }
        return end;
    }

    private int runAlone(int index) throws FailureException {
        commands.run(pending.get(index).command());
        return index + 1;
    }

    private int runBatch(int from, int to) throws FailureException {
        StringBuilder batch = new StringBuilder();
        for (int i = from; i < to; i++) {
            batch.append(String.join(" ", pending.get(i).words())).append('\n');
        }
        Commands.Output output = commands.exchange(
                batch.toString(), "ip", pending.get(from).family().option(), "-batch", "-");
        int failed = output.isOk() ? to : from + failedLine(output.text(), to - from);
        for (int i = from; i < failed; i++) {
            commands.show(String.join(" ", pending.get(i).command()));
        }
        if (output.isOk()) {
            sayUnlessBlank(output.text());
            return to;
        }
        if (failed == to) {
            // It ended without saying where, killed perhaps: to run any of them again could do it twice.
            sayUnlessBlank(output.text());
            throw FailureException.passingOn(output.status());
        }
        // The one that failed runs again, alone: it fails with its own words and its own status.
        return runAlone(failed);
    }

    private void sayUnlessBlank(String text) {
        if (!text.isBlank()) {
            commands.say(text.strip());
        }
    }

    /**
     * The index of the line that {@code ip} says failed; those above it were carried out.
     *
     * @return {@code lines} when it does not say
     */
    private static int failedLine(String text, int lines) {
        int at = text.lastIndexOf(FAILED);
        if (at < 0) {
            return lines;
        }
        int number = 0;
        for (int i = at + FAILED.length(); i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            number = Math.min(number * 10 + (text.charAt(i) - '0'), lines);
        }
        return Math.max(number - 1, 0);
    }
}
