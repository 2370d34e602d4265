package skyawg.awgquick.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.record.UndoRecord;
import skyawg.awgquick.record.UndoStep;

/** Hands an interface's name servers to resolvconf, or where that is missing to systemd-resolved. */
public final class NameServers {
    private static final Path INTERFACE_ORDER = Path.of("/etc/resolvconf/interface-order");
    private static final Path RUNNING = Path.of("/etc/resolvconf/run/interface");

    private final Commands commands;
    private final String interfaceName;

    public NameServers(Commands commands, String interfaceName) {
        this.commands = commands;
        this.interfaceName = interfaceName;
    }

    /** @throws FailureException when nothing on this machine could take name servers */
    public void requireSomeoneToTakeThem() throws FailureException {
        if (!commands.has("resolvconf") && !commands.has("resolvectl")) {
            throw FailureException.because("DNS is set, but neither resolvconf nor resolvectl is here to take it:"
                    + " install openresolv or systemd-resolved, or take out the DNS line");
        }
    }

    public void add(List<String> servers, List<String> searchDomains, UndoRecord record) throws FailureException {
        if (commands.has("resolvconf")) {
            String name = interfacePrefix(INTERFACE_ORDER) + interfaceName;
            record.add(new UndoStep.Resolvconf(name));
            StringBuilder input = new StringBuilder();
            for (String server : servers) {
                input.append("nameserver ").append(server).append('\n');
            }
            if (!searchDomains.isEmpty()) {
                input.append("search ").append(String.join(" ", searchDomains)).append('\n');
            }
            List<String> command = List.of("resolvconf", "-a", name, "-m", "0", "-x");
            commands.feed(String.join(" ", command), input.toString(), command);
        } else {
            record.add(new UndoStep.Resolvectl(interfaceName));
            commands.run(words("resolvectl", "dns", interfaceName, servers));
            // "~." asks these servers for every name, as -x of resolvconf does.
            List<String> domains = words("resolvectl", "domain", interfaceName, searchDomains);
            domains.add("~.");
            commands.run(domains);
        }
    }

    public void remove(UndoStep.Resolvconf step) throws FailureException {
        commands.run("resolvconf", "-d", step.name(), "-f");
    }

    public void remove(UndoStep.Resolvectl step) throws FailureException {
        if (Links.exists(step.name())) {
            commands.run("resolvectl", "revert", step.name());
        }
    }

    /** The step that takes out what the config file would put in, for an interface of which there is no record. */
    public UndoStep assumed() throws FailureException {
        return commands.has("resolvconf")
                ? new UndoStep.Resolvconf(interfacePrefix(INTERFACE_ORDER) + interfaceName)
                : new UndoStep.Resolvectl(interfaceName);
    }

    /** What is in force for the interface now, servers before search domains: values for DNS lines. */
    public List<String> current() throws FailureException {
        if (!commands.has("resolvconf")) {
            List<String> values = resolvectlValues(
                    commands.ask("resolvectl", "dns", interfaceName).text());
            values.addAll(resolvectlValues(
                    commands.ask("resolvectl", "domain", interfaceName).text()));
            return values;
        }
        String name = interfacePrefix(INTERFACE_ORDER) + interfaceName;
        Commands.Output output = commands.ask("resolvconf", "-l", name);
        return resolvconfValues(output.isOk() ? output.text() : textOf(RUNNING.resolve(name)));
    }

    /** Reads {@code nameserver 1.1.1.1} and {@code search a b} lines. */
    static List<String> resolvconfValues(String text) {
        List<String> servers = new ArrayList<>();
        List<String> domains = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split("[ \t]+", -1);
            List<String> target = words[0].equals("nameserver") ? servers : domains;
            if (words[0].equals("nameserver") || words[0].equals("search")) {
                target.addAll(List.of(words).subList(1, words.length));
            }
        }
        servers.addAll(domains);
        return servers;
    }

    /** Reads {@code Link 5 (awg0): 10.0.0.1 ~.}; the routing domain is none of the user's. */
    static List<String> resolvectlValues(String text) {
        List<String> values = new ArrayList<>();
        int start = text.indexOf("): ");
        if (start >= 0) {
            for (String word : text.substring(start + 3).strip().split("\\s+", -1)) {
                if (!word.isEmpty() && !word.startsWith("~")) {
                    values.add(word);
                }
            }
        }
        return values;
    }

    /**
     * Debian's resolvconf orders interfaces by name: the first {@code NAME*} of its list gives {@code NAME.}, which
     * puts ours in front; empty without such a list.
     */
    static String interfacePrefix(Path order) {
        for (String line : textOf(order).split("\n", -1)) {
            String name = line.strip();
            if (name.length() > 1 && name.endsWith("*") && isWord(name.substring(0, name.length() - 1))) {
                return name.substring(0, name.length() - 1) + ".";
            }
        }
        return "";
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> words(String program, String verb, String name, List<String> values) {
        List<String> words = new ArrayList<>(List.of(program, verb, name));
        words.addAll(values);
        return words;
    }
}
