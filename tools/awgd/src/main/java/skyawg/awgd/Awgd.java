package skyawg.awgd;

import java.io.IOException;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.protocol.crypto.Aeads;

/** The command {@code awgd}. */
public final class Awgd {
    private Awgd() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String name = args[args.length - 1];
        Aeads aeads = Aeads.best();
        System.err.println("cipher: " + aeads.name());
        int threads = Integer.getInteger("skyawg.threads", 2);
        boolean offloads = !Boolean.getBoolean("skyawg.nooffload");
        Daemon daemon = new Daemon(new TunnelOptions(threads, offloads, aeads), false);
        daemon.add(name);
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "shutdown"));
        daemon.awaitEnd();
        System.exit(0);
    }
}
