package skyawg.skydiscover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;
import skyawg.skydiscover.discv5.DiscoveryKey;
import skyawg.skydiscover.discv5.Enr;

class DiscoveryStateTest {
    private static final List<InetSocketAddress> LISTEN = List.of(new InetSocketAddress("0.0.0.0", 9300));
    private static final IpAddress PLACE = IpAddress.parse("192.0.2.7");

    @TempDir
    Path folder;

    private Path state;

    @BeforeEach
    void choose() {
        state = folder.resolve("a/b");
    }

    private DiscoveryState open() throws FailureException {
        return Objects.requireNonNull(DiscoveryState.open(state));
    }

    private Enr signed(Optional<AddressedRecord> record) throws IOException, FailureException {
        try (DiscoveryState opened = open()) {
            Enr enr = LocalNode.sign(opened, record, LISTEN);
            opened.keepOwn(enr);
            return enr;
        }
    }

    @Test
    void isPrivate() throws IOException, FailureException {
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("discovery"))))
                .isEqualTo("rw-------");
    }

    @Test
    void remembersKeyAndNodes() throws IOException, FailureException {
        List<Enr> live = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            live.add(DiscoveryKey.generate().sign(1, Records.of(i, PLACE), 9300, 0));
        }
        live.add(3, DiscoveryKey.generate().signBare(1));
        String key;
        try (DiscoveryState opened = open()) {
            key = opened.key().revealHex();
            opened.keepKnown(live);
            opened.keepKnown(List.of());
        }
        try (DiscoveryState again = open()) {
            assertThat(again.key().revealHex()).isEqualTo(key);
            live.remove(3);
            assertThat(again.known()).isEqualTo(live.subList(0, DiscoveryState.MAX_KNOWN));
        }
    }

    @Test
    void theSameRecordKeepsItsEnrAndAnotherGetsTheNextSequence() throws IOException, FailureException {
        Optional<AddressedRecord> first = Optional.of(Records.of(1, PLACE));
        Enr before = signed(first);
        assertThat(signed(first)).isEqualTo(before);
        Enr after = signed(Optional.of(Records.of(2, PLACE)));
        assertThat(after.sequence()).isEqualTo(before.sequence() + 1);
        assertThat(after.nodeId()).isEqualTo(before.nodeId());
        Enr bare = signed(Optional.empty());
        assertThat(bare.sequence()).isEqualTo(before.sequence() + 2);
        assertThat(signed(Optional.empty())).isEqualTo(bare);
    }

    /** The process may die between the two writes: then the sequence is used up. */
    @Test
    void noSequenceIsUsedTwice() throws IOException, FailureException {
        try (DiscoveryState opened = open()) {
            LocalNode.sign(opened, Optional.of(Records.of(1, PLACE)), LISTEN);
        }
        assertThat(signed(Optional.of(Records.of(2, PLACE))).sequence()).isEqualTo(2);
    }

    @Test
    void aDamagedFileIsNotReplaced() throws IOException, FailureException {
        open().close();
        Path file = state.resolve("discovery");
        for (String bad : List.of("", "key 12\n", "key zz\n", "sequence 1\n", Files.readString(file) + "own enr:x\n")) {
            Files.writeString(file, bad);
            assertThatThrownBy(() -> DiscoveryState.open(state))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("move it away");
            assertThat(file).hasContent(bad);
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws IOException {
        Files.writeString(folder.resolve("a"), "");
        assertThatThrownBy(() -> DiscoveryState.open(state))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining(state.toString())
                .hasMessageContaining("--state");
    }
}
