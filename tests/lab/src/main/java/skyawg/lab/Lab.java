package skyawg.lab;

import java.util.Arrays;
import skyawg.lab.clients.ClientsCommand;
import skyawg.lab.handshake.HandshakesCommand;
import skyawg.lab.handshake.PeersCommand;
import skyawg.lab.hostile.FloodCommand;
import skyawg.lab.relay.RelayCommand;
import skyawg.lab.shaper.ShaperCommand;
import skyawg.lab.traffic.ReceiveCommand;
import skyawg.lab.traffic.SendCommand;
import skyawg.lab.uapi.DialoguesCommand;

/** {@code lab SUBCOMMAND --name value ...}. */
public final class Lab {
    private static final String USAGE = """
            usage: lab receive --port N [--on ADDRESS] [--quiet-ms N] [--give-up-s N]
                   lab send --to HOST:PORT --count N [--rate N] [--size BYTES] [--from ADDRESS]
                   lab relay --listen HOST:PORT --to HOST:PORT --seed N [--loss %] [--duplicate %] [--corrupt %]
                             [--reorder %] [--depth PACKETS]
                   lab shaper [--seed N], and orders on standard input
                   lab flood --kind wrong-mac1|right-mac1|junk|transport --to HOST:PORT --rate N --seconds N
                             [--public-key KEY] [--from ADDRESS] [--sources N]
                   lab clients --socket PATH [--hostile idle|slow|endless-line|half-closed|binary|deaf --count N]
                             [--amount BYTES] [--probes N] [--crowd yes] [--ask TEXT --end TEXT]
                   lab peers --seed N --peers N
                   lab handshakes --to HOST:PORT --public-key KEY --seed N --peers N [--rounds N] [--window N]
                             [--stamp SECONDS]
                   lab dialogues --control SOCKET --interface NAME
            """;

    private Lab() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Arguments arguments = new Arguments(Arrays.asList(args).subList(1, args.length));
        switch (args[0]) {
            case "receive" -> ReceiveCommand.run(arguments);
            case "send" -> SendCommand.run(arguments);
            case "relay" -> RelayCommand.run(arguments);
            case "shaper" -> ShaperCommand.run(arguments);
            case "flood" -> FloodCommand.run(arguments);
            case "peers" -> PeersCommand.run(arguments);
            case "clients" -> ClientsCommand.run(arguments);
            case "handshakes" -> HandshakesCommand.run(arguments);
            case "dialogues" -> DialoguesCommand.run(arguments);
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }
}
