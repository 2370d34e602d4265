package skyawg.awgquick.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;

class UndoRecordTest {
    private static final String HERE = "net:[4026531840]";
    private static final List<UndoStep> STEPS = List.of(
            new UndoStep.Link("awg0"),
            new UndoStep.LookupRule(Family.V4, 32765, 51820),
            new UndoStep.SuppressRule(Family.V4, 32764),
            new UndoStep.SuppressRule(Family.V6, 32764),
            new UndoStep.NftTable(Family.V6),
            new UndoStep.IptablesRules(Family.V4),
            new UndoStep.Resolvconf("tun.awg0"),
            new UndoStep.Resolvectl("awg0"));

    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void nameFolder() {
        folder = temp.resolve("awg-quick");
    }

    private void write(List<UndoStep> steps) throws FailureException {
        try (UndoRecord record = UndoRecord.open(folder, "awg0")) {
            record.begin(HERE);
            for (UndoStep step : steps) {
                record.add(step);
            }
        }
    }

    private UndoRecord find() throws FailureException {
        return Objects.requireNonNull(UndoRecord.find(folder, "awg0"), "there is a record");
    }

    private List<UndoStep> read() throws FailureException {
        try (UndoRecord record = find()) {
            return record.steps();
        }
    }

    @Test
    void readsBackWhatWasWritten() throws FailureException {
        write(STEPS);
        assertThat(read()).isEqualTo(STEPS);
        try (UndoRecord record = find()) {
            assertThat(record.namespace()).isEqualTo(HERE);
        }
    }

    @Test
    void isPrivateFromTheFirstMoment() throws FailureException, IOException {
        write(STEPS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("awg0"))))
                .isEqualTo("rw-------");
    }

    @Test
    void forgetsWhatIsUndone() throws FailureException {
        write(STEPS);
        try (UndoRecord record = find()) {
            record.undone(STEPS.get(1));
            record.undone(STEPS.get(7));
        }
        List<UndoStep> left = new ArrayList<>(STEPS);
        left.remove(7);
        left.remove(1);
        assertThat(read()).isEqualTo(left);
    }

    @Test
    void cutsOffALineThatAKilledProcessDidNotEnd() throws FailureException, IOException {
        write(STEPS.subList(0, 2));
        Path file = folder.resolve("awg0");
        Files.writeString(file, "rule V6 327", StandardOpenOption.APPEND);
        try (UndoRecord record = find()) {
            assertThat(record.steps()).isEqualTo(STEPS.subList(0, 2));
            record.add(STEPS.get(4));
        }
        assertThat(read()).containsExactly(STEPS.get(0), STEPS.get(1), STEPS.get(4));
    }

    @Test
    void passesOverLinesOfALaterVersion() throws FailureException, IOException {
        write(STEPS.subList(0, 1));
        Files.writeString(
                folder.resolve("awg0"), "quantum gate\nrule V4 x lookup 1\nnft V9\n", StandardOpenOption.APPEND);
        assertThat(read()).isEqualTo(STEPS.subList(0, 1));
    }

    @Test
    void isGoneWhenDeleted() throws FailureException {
        write(STEPS);
        try (UndoRecord record = find()) {
            record.delete();
        }
        assertThat(UndoRecord.find(folder, "awg0")).isNull();
        assertThat(folder.resolve("awg0")).doesNotExist();
    }

    @Test
    void refusesToReplaceAFolderByALink() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(folder, elsewhere);
        assertThatThrownBy(() -> UndoRecord.open(folder, "awg0"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void isEmptyWhenCleared() throws FailureException {
        write(STEPS);
        try (UndoRecord record = UndoRecord.open(folder, "awg0")) {
            record.clear();
            record.begin("net:[1]");
            record.add(STEPS.getFirst());
        }
        assertThat(read()).containsExactly(STEPS.getFirst());
    }

    @Property
    void anyStepIsItsLine(@ForAll("steps") UndoStep step) {
        assertThat(UndoStep.parse(step.line())).isEqualTo(step);
    }

    @Property
    void anyLineIsReadOrPassedOver(@ForAll String line) {
        UndoStep step = UndoStep.parse(line);
        if (step != null) {
            assertThat(UndoStep.parse(step.line())).isEqualTo(step);
        }
    }

    @Provide
    static Arbitrary<UndoStep> steps() {
        Arbitrary<Family> family = Arbitraries.of(Family.class);
        Arbitrary<Long> number = Arbitraries.longs().between(0, 0xffff_ffffL);
        Arbitrary<String> name =
                Arbitraries.strings().withChars("abz09_=+.-").ofMinLength(1).ofMaxLength(15);
        return Arbitraries.oneOf(
                name.map(UndoStep.Link::new),
                Combinators.combine(family, number, number).as(UndoStep.LookupRule::new),
                Combinators.combine(family, number).as(UndoStep.SuppressRule::new),
                family.map(UndoStep.NftTable::new),
                family.map(UndoStep.IptablesRules::new),
                name.map(UndoStep.Resolvconf::new),
                name.map(UndoStep.Resolvectl::new));
    }
}
