package skyawg.lab.handshake;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import skyawg.lab.Arguments;
import skyawg.lab.socket.BatchSocket;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.wire.Memory;

/**
 * {@code lab handshakes}: how many handshakes a second a daemon answers. Every initiation is made before the first is
 * sent; each round uses each peer once. No more than {@code --window} are unanswered at a time, so that the daemon has
 * work all the time but is not under load and asks for no cookies.
 */
public final class HandshakesCommand {
    private static final int RESPONSE_LENGTH = 92;
    private static final int RECEIVER_OFFSET = 8;
    private static final long TIMEOUT_NANOS = 500_000_000;

    private final BatchSocket socket;
    private final long messages;
    private final int total;
    private final boolean[] answeredSet;
    private int answered;
    private int unanswered;

    private HandshakesCommand(BatchSocket socket, long messages, int total) {
        this.socket = socket;
        this.messages = messages;
        this.total = total;
        answeredSet = new boolean[total];
    }

    public static void run(Arguments arguments) throws IOException {
        Endpoint to = arguments.endpoint("--to");
        int peers = (int) arguments.number("--peers");
        int rounds = (int) arguments.number("--rounds", 1);
        long seed = arguments.number("--seed");
        List<DhKey> keys = PreparedPeers.of(seed, peers);
        Initiator initiator = new Initiator(
                new SeededEntropy(System.nanoTime()), PublicKey.parseBase64(arguments.text("--public-key")));
        int total = peers * rounds;
        long messages = Memory.allocate(Arena.global(), (long) total * Initiator.MESSAGE_LENGTH);
        long stamp = arguments.number("--stamp", System.currentTimeMillis() / 1000 - rounds);
        for (int i = 0; i < total; i++) {
            initiator.write(keys.get(i % peers), i, stamp + i / peers, messages + (long) i * Initiator.MESSAGE_LENGTH);
        }
        BatchSocket socket = new BatchSocket(Endpoint.of(IpAddress.parse("0.0.0.0"), 0));
        socket.connect(to);
        HandshakesCommand command = new HandshakesCommand(socket, messages, total);
        long nanos = command.exchange((int) arguments.number("--window", 64));
        System.out.printf(
                "{\"handshakes\":%d,\"answered\":%d,\"unanswered\":%d,\"seconds\":%.3f,\"handshakes_per_s\":%.0f}%n",
                total, command.answered, command.unanswered, nanos / 1e9, command.answered * 1e9 / nanos);
    }

    private long exchange(int window) {
        long start = System.nanoTime();
        long lastAnswer = start;
        int sent = 0;
        while (answered + unanswered < total) {
            int batch = Math.min(Math.min(BatchSocket.BATCH, total - sent), window - (sent - answered - unanswered));
            for (int i = 0; i < batch; i++) {
                Memory.copy(
                        messages + (long) (sent + i) * Initiator.MESSAGE_LENGTH,
                        socket.payload(i),
                        Initiator.MESSAGE_LENGTH);
                socket.setLength(i, Initiator.MESSAGE_LENGTH);
            }
            if (batch > 0) {
                socket.send(batch);
                sent += batch;
            }
            int count = socket.receive(20);
            for (int i = 0; i < count; i++) {
                note(socket.received(i), socket.receivedLength(i));
            }
            if (count > 0) {
                lastAnswer = System.nanoTime();
            } else if (System.nanoTime() - lastAnswer > TIMEOUT_NANOS) {
                // Nothing on the way will be answered any more.
                unanswered = sent - answered;
                lastAnswer = System.nanoTime();
            }
        }
        return lastAnswer - start;
    }

    private void note(long message, int length) {
        if (length != RESPONSE_LENGTH || Memory.getIntLe(message) != 2) {
            return;
        }
        int index = Memory.getIntLe(message + RECEIVER_OFFSET);
        if (index >= 0 && index < total && !answeredSet[index]) {
            answeredSet[index] = true;
            answered++;
        }
    }
}
