package skyawg.awg;

import skyawg.protocol.obfuscation.Parameter;

/** Usage texts. Those of single subcommands are built when they are needed. */
final class Usage {
    static final String GENERAL = """
            Usage: awg <cmd> [<args>]

            Available subcommands:
              show: what interfaces and peers are and do; the same as awg alone
              showconf: an interface as a file for setconf
              set: change an interface, add, change or remove peers
              setconf: make an interface what a file says
              addconf: add what a file says to an interface
              syncconf: as setconf, but peers that stay keep their sessions
              genkey: print a new private key
              genpsk: print a new preshared key
              pubkey: read a private key from standard input, print its public key
              check: look for mistakes in a configuration file
              genconf: write a matching pair of configurations with fresh keys and obfuscation
            `awg -b [<file>]' runs one command a line, from the file or standard input, in one process.
            Reading commands take `--json'. You may pass `--help' to any of these subcommands to view usage.
            """;

    static final String SHOWCONF = "Usage: awg showconf <interface>";

    private Usage() {}

    static String show() {
        StringBuilder text = new StringBuilder("Usage: awg show { <interface> | all | interfaces } [");
        for (String name : ShowField.NAMES) {
            text.append(name).append(" | ");
        }
        String separator = "";
        for (Parameter parameter : Parameter.values()) {
            text.append(separator).append(parameter.option());
            separator = " | ";
        }
        return text.append(']').toString();
    }

    static String set() {
        StringBuilder text = new StringBuilder("Usage: awg set <interface> [listen-port <port>] [fwmark <mark>]");
        text.append(" [private-key <file path>]");
        for (Parameter parameter : Parameter.values()) {
            text.append(" [").append(parameter.option()).append(' ');
            text.append(
                            switch (parameter.kind()) {
                                case NUMBER -> "<number>";
                                case RANGE -> "<number or range>";
                                case TAGS -> "\"<tags>\"";
                                case KEY -> "<file path>";
                                case SWITCH -> "<on|off>";
                            })
                    .append(']');
        }
        text.append(" [peer <base64 public key> [remove] [preshared-key <file path>] [endpoint <ip>:<port>]");
        text.append(" [persistent-keepalive <interval seconds>] [allowed-ips <ip1>/<cidr1>[,<ip2>/<cidr2>]...]");
        return text.append(" [advanced-security <on|off>]]...").toString();
    }
}
