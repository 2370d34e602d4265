package skyawg.lab.traffic;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import skyawg.lab.Arguments;
import skyawg.lab.socket.BatchSocket;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;

/**
 * {@code lab receive}: counts numbered packets until the sender says that it is done and {@code --quiet-ms} passed
 * since the last, or nothing came for {@code --give-up-s}.
 */
public final class ReceiveCommand {
    private ReceiveCommand() {}

    public static void run(Arguments arguments) throws IOException {
        long quietNanos = arguments.number("--quiet-ms", 500) * 1_000_000;
        long giveUpNanos = arguments.number("--give-up-s", 20) * 1_000_000_000;
        BatchSocket socket = new BatchSocket(
                Endpoint.of(IpAddress.parse(arguments.text("--on", "::")), (int) arguments.number("--port")));
        @Nullable Tally tally = null;
        long changed = 0;
        boolean ended = false;
        long first = 0;
        long last = System.nanoTime();
        while (!(ended && (tally == null || tally.isComplete() || System.nanoTime() - last > quietNanos))
                && System.nanoTime() - last < giveUpNanos) {
            int count = socket.receive(50);
            for (int i = 0; i < count; i++) {
                long packet = socket.received(i);
                if (!NumberedPacket.isWhole(packet, socket.receivedLength(i))) {
                    changed++;
                    continue;
                }
                long now = System.nanoTime();
                if (tally == null) {
                    tally = new Tally(NumberedPacket.total(packet));
                    first = now;
                }
                if (NumberedPacket.number(packet) == NumberedPacket.total(packet)) {
                    ended = true;
                } else {
                    tally.count(NumberedPacket.number(packet));
                    last = now;
                }
            }
        }
        double seconds = tally == null ? 0 : (last - first) / 1e9;
        System.out.printf(
                "{%s,\"changed\":%d,\"ended\":%b,\"seconds\":%.3f,\"packets_per_s\":%.0f}%n",
                tally == null ? "\"total\":0,\"received\":0,\"lost\":0" : tally.fields(),
                changed,
                ended,
                seconds,
                tally == null || seconds == 0 ? 0 : tally.distinct() / seconds);
    }
}
