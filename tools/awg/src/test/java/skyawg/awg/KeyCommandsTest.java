package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.uapi.MemoryTunnel;
import skyawg.protocol.names.Secret;

class KeyCommandsTest {
    private static final String KEY = "QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=";
    private static final String ALMOST_A_KEY = "QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEh=";

    @TempDir
    Path folder;

    @Test
    void makesAClampedKeyEachTimeAnother() throws Exception {
        try (Lab lab = new Lab(folder)) {
            String first = lab.run("genkey").out();
            String second = lab.run("genkey").out();
            assertThat(first).hasSize(45).endsWith("=\n").isNotEqualTo(second);
            byte[] bytes = new byte[Secret.LENGTH];
            Secret.parseBase64(first.strip()).copyTo(bytes, 0);
            assertThat(bytes[0] & 7).isZero();
            assertThat(bytes[31] & 0xc0).isEqualTo(0x40);
        }
    }

    @Test
    void makesAPairWithPubkey() throws Exception {
        try (Lab lab = new Lab(folder)) {
            String key = lab.run("genkey").out();
            Lab.Outcome outcome = lab.runWithInput(key, "pubkey");
            assertThat(outcome.status()).isZero();
            assertThat(outcome.out()).hasSize(45);
            assertThat(lab.runWithInput(key, "pubkey").out()).isEqualTo(outcome.out());
        }
    }

    @Test
    void knowsAWorldAccessibleFile() throws Exception {
        Path file = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertThat(GenerateKeyCommand.isWorldAccessible(file)).isFalse();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(GenerateKeyCommand.isWorldAccessible(file)).isTrue();
        assertThat(GenerateKeyCommand.isWorldAccessible(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void takesKeysFromFilesOnly() throws Exception {
        try (Lab lab = new Lab(folder)) {
            lab.add("t2", new MemoryTunnel("t2"));
            Path file = Files.writeString(folder.resolve("key"), KEY + " \n");
            assertThat(lab.run("set", "t2", "private-key", file.toString()).err())
                    .isEmpty();
            assertThat(lab.run("show", "t2", "private-key").out()).isEqualTo(KEY + "\n");
            assertThat(lab.run("set", "t2", "private-key", "/dev/null").err()).isEmpty();
            assertThat(lab.run("show", "t2", "private-key").out()).isEqualTo("(none)\n");
            assertThat(lab.run("set", "t2", "private-key", KEY).err()).isEqualTo("fopen: No such file or directory\n");
        }
    }

    @Test
    void doesNotRepeatWhatIsAlmostAKey() throws Exception {
        try (Lab lab = new Lab(folder)) {
            Path file = Files.writeString(folder.resolve("key"), ALMOST_A_KEY);
            assertThat(lab.run("set", "t2", "private-key", file.toString()).err())
                    .isEqualTo("Key is not the correct length or format: `(hidden)'\n");
            Files.writeString(file, KEY.substring(1));
            assertThat(lab.run("set", "t2", "private-key", file.toString()).err())
                    .isEqualTo("Invalid length key in key file\n");
            Files.writeString(file, KEY + "\nx");
            assertThat(lab.run("set", "t2", "private-key", file.toString()).err())
                    .isEqualTo("Found trailing character in key file: `x'\n");
        }
    }
}
