package skyawg.control.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeshConfigFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void isItsOwnersAloneAndReadsBack() throws IOException, MeshConfigException {
        MeshConfigFile file = new MeshConfigFile(folder.resolve("new/mesh.conf"));
        assertThat(file.exists()).isFalse();
        try (MeshConfig config = new GeneratedMesh(5).config()) {
            file.write(config);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                    .isEqualTo("rw-------");
            try (MeshConfig back = file.read()) {
                assertThat(back).isEqualTo(config);
            }
        }
        assertThat(file.putAside()).exists();
        assertThat(file.exists()).isFalse();
    }

    @Test
    void refusesOneThatOthersCanRead() throws IOException {
        MeshConfigFile file = new MeshConfigFile(folder.resolve("mesh.conf"));
        try (MeshConfig config = new GeneratedMesh(5).config()) {
            file.write(config);
        }
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(file::read)
                .isInstanceOf(MeshConfigException.class)
                .hasMessageContaining("chmod 600 " + file.path());
    }

    @Test
    void readsRecordsOfFilesThatItNames() throws IOException, MeshConfigException {
        String first = new GeneratedMesh(1).addressedRecord().toText();
        String second = new GeneratedMesh(2).addressedRecord().toText();
        Path list = Files.writeString(folder.resolve("nodes"), "# ours\n" + first + "\n\n" + second + " # theirs\n");
        MeshConfigFile file = new MeshConfigFile(folder.resolve("mesh.conf"));
        try (MeshConfig config = new GeneratedMesh(5).config().withRecords(List.of())) {
            file.write(config);
        }
        Files.writeString(
                file.path(), Files.readString(file.path()).replace("[Mesh]\n", "[Mesh]\nRecordFile = " + list + "\n"));
        try (MeshConfig back = file.read()) {
            assertThat(back.allRecords()).hasSize(2);
            assertThat(MeshConfigWriter.write(back)).contains("RecordFile = " + list);
        }
    }

    @Test
    void namesTheLineOfABadRecord() {
        assertThatThrownBy(() -> RecordLines.read("# a\nsky1:zzz\n", "boot.rec"))
                .isInstanceOf(MeshConfigException.class)
                .hasMessageStartingWith("boot.rec:2: ");
    }
}
