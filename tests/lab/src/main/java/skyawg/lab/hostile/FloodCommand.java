package skyawg.lab.hostile;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import skyawg.datapath.sys.SockAddr;
import skyawg.lab.Arguments;
import skyawg.lab.socket.BatchSocket;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.wire.Memory;

/**
 * {@code lab flood}: datagrams of one kind at a rate, from one address or from many ({@code --from A --sources N}: A, A
 * + 1 ..., all of them local: {@code ip route add local PREFIX dev lo}). Counts what comes back, by type.
 */
public final class FloodCommand {
    /** Forged ahead, so that the flood costs little here. */
    private static final int POOL = 4096;

    private FloodCommand() {}

    public static void run(Arguments arguments) throws IOException {
        FloodKind kind = FloodKind.of(arguments.text("--kind"));
        Endpoint to = arguments.endpoint("--to");
        long rate = arguments.number("--rate");
        long seconds = arguments.number("--seconds");
        int sources = (int) arguments.number("--sources", 1);
        IpAddress from = IpAddress.parse(arguments.text("--from", "0.0.0.0"));
        PublicKey receiver = PublicKey.parseBase64(
                arguments.text("--public-key", Base64.getEncoder().encodeToString(new byte[32])));
        SeededEntropy entropy = new SeededEntropy(arguments.number("--seed", 1));

        long pool = Memory.allocate(Arena.global(), (long) POOL * BatchSocket.MAX_LENGTH);
        int[] lengths = new int[POOL];
        MessageForge forge = new MessageForge(entropy, receiver);
        for (int i = 0; i < POOL; i++) {
            lengths[i] = forge.write(kind, pool + (long) i * BatchSocket.MAX_LENGTH);
        }
        BatchSocket socket = new BatchSocket(Endpoint.of(IpAddress.v4(0), 0));
        long name = Memory.allocate(Arena.global(), SockAddr.MAX_LENGTH);
        int nameLength = SockAddr.put(name, to.address(), 0, to.port());
        Answers answers = new Answers(socket);
        Thread.ofPlatform().daemon().start(answers);

        long start = System.nanoTime();
        long end = seconds * 1_000_000_000;
        long sent = 0;
        for (long now = 0; now < end; now = System.nanoTime() - start) {
            int batch = (int) Math.min(BatchSocket.BATCH, now * rate / 1_000_000_000 + 1 - sent);
            if (batch <= 0) {
                LockSupport.parkNanos(100_000);
                continue;
            }
            for (int i = 0; i < batch; i++) {
                int next = (int) ((sent + i) % POOL);
                Memory.copy(pool + (long) next * BatchSocket.MAX_LENGTH, socket.payload(i), lengths[next]);
                socket.setLength(i, lengths[next]);
                socket.setDestination(i, name, nameLength);
                if (from.low() != 0) {
                    socket.setSource(i, IpAddress.v4((int) (from.low() + (sent + i) % sources)));
                }
            }
            socket.send(batch);
            sent += batch;
        }
        System.out.printf(
                "{\"sent\":%d,\"packets_per_s\":%.0f,\"responses\":%d,\"cookie_replies\":%d,\"other_answers\":%d}%n",
                sent, sent * 1e9 / end, answers.responses, answers.cookieReplies, answers.others);
    }

    /** Counts what the victim says. */
    private static final class Answers implements Runnable {
        private final BatchSocket socket;
        volatile long responses;
        volatile long cookieReplies;
        volatile long others;

        Answers(BatchSocket socket) {
            this.socket = socket;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // this thread alone writes
        public void run() {
            while (true) {
                int count = socket.receive(1000);
                for (int i = 0; i < count; i++) {
                    int type = socket.receivedLength(i) < 4 ? 0 : Memory.getIntLe(socket.received(i));
                    if (type == 2) {
                        responses++;
                    } else if (type == 3) {
                        cookieReplies++;
                    } else {
                        others++;
                    }
                }
            }
        }
    }
}
