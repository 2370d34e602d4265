package skyawg.skydiscover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.Output;
import skyawg.control.offer.OfferedRecord;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;
import skyawg.skydiscover.discv5.Enr;

/** Real discovery over loopback: twenty nodes, of which nineteen know one. */
class TwentyNodesTest {
    private static final int NODES = 20;
    private static final Duration WANTED = Duration.ofSeconds(30);
    private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

    @TempDir
    Path folder;

    /** One node with a daemon that takes everything. */
    private static final class Member implements AutoCloseable {
        final AddressedRecord record;
        final Set<AddressedRecord> taken = new HashSet<>();
        final LocalNode node;
        private final DiscoveryState state;
        private final Rounds rounds;

        Member(int number, int port, List<Enr> boot, Path folder, @Nullable AddressedRecord as)
                throws FailureException {
            record = as == null ? Records.of(number, network(number), expiry(), LOOPBACK) : as;
            Progress progress = new Progress(
                    new CommandIo(
                            new ByteArrayInputStream(new byte[0]),
                            new Output(new ByteArrayOutputStream()),
                            new Output(new ByteArrayOutputStream()),
                            Map.of(),
                            false),
                    false);
            SplittableRandom random = new SplittableRandom(number);
            long now = System.nanoTime();
            state = Objects.requireNonNull(DiscoveryState.open(folder.resolve("node" + number)));
            node = new LocalNode(
                    state, List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), boot, progress);
            Sample sample = new Sample(random);
            Publication publication = new Publication(() -> record, progress, random, sample::handAllAgain, now);
            RecordSink daemon = offer -> {
                offer.records().stream().map(OfferedRecord::addressed).forEach(taken::add);
                return offer.records().size();
            };
            rounds = new Rounds(
                    publication,
                    node,
                    List.of(new Walk(node::discovery, sample, random, now)),
                    sample,
                    new Feeder(sample, daemon, progress, random, now),
                    state,
                    progress,
                    now);
        }

        /** The last one is of another network. */
        private static long network(int number) {
            return number == NODES ? Records.NETWORK + 1 : Records.NETWORK;
        }

        private static long expiry() {
            return System.currentTimeMillis() / 1000 + 86_400;
        }

        void round() throws FailureException {
            rounds.go(System.nanoTime(), System.currentTimeMillis() / 1000);
        }

        Enr enr() {
            return Objects.requireNonNull(node.discovery()).own();
        }

        void stop() {
            rounds.keepHouse();
            node.close();
        }

        @Override
        public void close() throws IOException {
            node.close();
            state.close();
        }
    }

    @Test
    @Timeout(120)
    void findEachOtherByOneBootNode() throws IOException, FailureException, InterruptedException {
        List<Integer> ports = Ports.free(NODES + 1);
        List<Member> members = new ArrayList<>();
        try {
            members.add(new Member(0, ports.getFirst(), List.of(), folder, null));
            members.getFirst().round();
            List<Enr> boot = List.of(members.getFirst().enr());
            for (int i = 1; i <= NODES; i++) {
                members.add(new Member(i, ports.get(i), boot, folder, null));
            }
            for (Member member : members) {
                member.round();
            }
            Set<AddressedRecord> all = new HashSet<>();
            members.subList(0, NODES).forEach(member -> all.add(member.record));
            long begin = System.nanoTime();
            while (!areComplete(members, all) && System.nanoTime() - begin < WANTED.toNanos()) {
                for (Member member : members) {
                    member.round();
                }
                Thread.sleep(50);
            }
            for (Member member : members.subList(0, NODES)) {
                Set<AddressedRecord> others = new HashSet<>(all);
                others.remove(member.record);
                assertThat(member.taken).isEqualTo(others);
            }
            assertThat(members.getLast().taken).as("of another network").isEmpty();
            comesBackWithoutItsBootNode(members, ports);
        } finally {
            closeAll(members);
        }
    }

    /** Side by side: each takes two seconds to see that nothing more comes. */
    private static void closeAll(List<Member> members) {
        try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Member member : members) {
                closers.execute(() -> {
                    try {
                        member.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }

    private static boolean areComplete(List<Member> members, Set<AddressedRecord> all) {
        return members.subList(0, NODES).stream().allMatch(member -> member.taken.size() == all.size() - 1);
    }

    /** A node that remembers others finds them when it is started again, and they hear of its new record. */
    private void comesBackWithoutItsBootNode(List<Member> members, List<Integer> ports)
            throws IOException, FailureException, InterruptedException {
        String nodeId = members.get(1).enr().nodeId();
        long sequence = members.get(1).enr().sequence();
        members.get(1).stop();
        members.get(1).close();
        AddressedRecord fresh = Records.of(1_000, Records.NETWORK, Member.expiry(), LOOPBACK);
        Member again = new Member(1, ports.get(1), List.of(), folder, fresh);
        members.set(1, again);
        again.round();
        assertThat(again.enr().nodeId()).isEqualTo(nodeId);
        assertThat(again.enr().sequence()).isEqualTo(sequence + 1);
        long begin = System.nanoTime();
        while (again.taken.size() < NODES - 1 && System.nanoTime() - begin < WANTED.toNanos()) {
            again.round();
            Thread.sleep(50);
        }
        assertThat(again.taken).hasSizeGreaterThanOrEqualTo(NODES - 1);
    }
}
