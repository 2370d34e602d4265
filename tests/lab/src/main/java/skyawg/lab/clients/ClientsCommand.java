package skyawg.lab.clients;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import skyawg.lab.Arguments;

/**
 * {@code lab clients}: {@code --count} hostile clients of one kind on a Unix socket, and meanwhile {@code --probes}
 * honest ones, one after the other, or all at once with {@code --hostile none --crowd yes}. The first of those that
 * come one after the other still stands in the queue behind the hostile ones; its time is given apart from the others'
 * worst.
 */
public final class ClientsCommand {
    private static final long PROBE_DEADLINE_SECONDS = 10;

    private ClientsCommand() {}

    public static void run(Arguments arguments) throws InterruptedException, ExecutionException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(arguments.text("--socket"));
        HonestClient honest = new HonestClient(
                address,
                unescape(arguments.text("--ask", "get=1\\n\\n")),
                unescape(arguments.text("--end", "errno=0\\n\\n")));
        int count = (int) arguments.number("--count", 0);
        int probes = (int) arguments.number("--probes", 20);
        String hostile = arguments.text("--hostile", "none");
        AtomicInteger connected = new AtomicInteger();
        // Platform threads: on a virtual one a connect fails where the backlog is full, instead of waiting as tools do.
        ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
        if (!hostile.equals("none")) {
            Behaviour behaviour =
                    Behaviour.valueOf(hostile.toUpperCase(Locale.ROOT).replace('-', '_'));
            long amount = arguments.number("--amount", 1 << 20);
            for (int i = 0; i < count; i++) {
                threads.execute(() -> connectAndAct(address, behaviour, amount, connected));
            }
            // Give them time to be in the way: until all are connected, or two seconds have passed.
            for (int i = 0; i < 200 && connected.get() < count; i++) {
                Thread.sleep(10);
            }
        }
        boolean together = arguments.text("--crowd", "no").equals("yes");
        List<Future<Long>> asked = new ArrayList<>();
        long[] nanos = new long[probes];
        for (int i = 0; i < probes; i++) {
            asked.add(threads.submit(honest::ask));
            if (!together) {
                nanos[i] = await(asked.get(i));
            }
        }
        for (int i = 0; together && i < probes; i++) {
            nanos[i] = await(asked.get(i));
        }
        long first = nanos[0];
        Arrays.sort(nanos, together ? 0 : 1, probes);
        int unanswered = (int) Arrays.stream(nanos).filter(n -> n < 0).count();
        System.out.printf(
                "{\"connected\":%d,\"probes\":%d,\"answered\":%d,\"first_ms\":%.1f,\"median_ms\":%.1f,\"worst_ms\":%.1f}%n",
                connected.get(),
                probes,
                probes - unanswered,
                first / 1e6,
                nanos[probes / 2] / 1e6,
                nanos[probes - 1] / 1e6);
        System.out.flush();
        // The hostile clients would hang on for ever.
        Runtime.getRuntime().halt(0);
    }

    private static void connectAndAct(
            UnixDomainSocketAddress address, Behaviour behaviour, long amount, AtomicInteger connected) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(address);
            connected.incrementAndGet();
            behaviour.act(channel, amount);
        } catch (IOException e) {
            // Thrown out: that is what the daemon should do.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long await(Future<Long> asked) throws InterruptedException, ExecutionException {
        try {
            return asked.get(PROBE_DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return -1;
        }
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n");
    }
}
