package skyawg.lab.handshake;

import skyawg.lab.Arguments;
import skyawg.protocol.crypto.DhKey;

/** {@code lab peers}: the [Peer] sections of a config for the peers of a seed, each with an address of its own. */
public final class PeersCommand {
    private PeersCommand() {}

    public static void run(Arguments arguments) {
        StringBuilder out = new StringBuilder();
        int number = 0;
        for (DhKey key : PreparedPeers.of(arguments.number("--seed"), (int) arguments.number("--peers"))) {
            out.append("[Peer]\nPublicKey = ")
                    .append(PreparedPeers.publicKey(key))
                    .append("\nAllowedIPs = 10.")
                    .append(128 + (number >> 16))
                    .append('.')
                    .append(number >> 8 & 0xff)
                    .append('.')
                    .append(number & 0xff)
                    .append("/32\n");
            number++;
        }
        System.out.print(out);
    }
}
