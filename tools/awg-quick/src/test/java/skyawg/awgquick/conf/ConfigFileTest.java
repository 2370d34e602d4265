package skyawg.awgquick.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.awgquick.exec.FailureException;

class ConfigFileTest {
    @TempDir
    Path temp;

    private Path first;
    private Path second;
    private List<String> folders;

    @BeforeEach
    void makeFolders() throws IOException {
        first = Files.createDirectory(temp.resolve("first"));
        second = Files.createDirectory(temp.resolve("second"));
        folders = List.of(first.toString(), second.toString());
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void looksForANameInEveryFolderInTurn() throws Exception {
        Path in = Files.writeString(second.resolve("awg0.conf"), "");
        assertThat(ConfigFile.find("awg0", folders).path()).isEqualTo(in.toRealPath());
        Path before = Files.writeString(first.resolve("awg0.conf"), "");
        assertThat(ConfigFile.find("awg0", folders).path()).isEqualTo(before.toRealPath());
    }

    @Test
    void namesTheFirstFolderWhenNoneHasTheFile() {
        assertThatThrownBy(() -> ConfigFile.find("awg0", folders))
                .hasMessage("`" + first + "/awg0.conf' does not exist");
    }

    @Test
    void takesTheNameOfALinkAndTheFileBehindIt() throws Exception {
        Path file = Files.writeString(first.resolve("work.conf"), "");
        Path link = Files.createSymbolicLink(second.resolve("awg7.conf"), file);
        ConfigFile found = ConfigFile.find(link.toString(), folders);
        assertThat(found.interfaceName()).isEqualTo("awg7");
        assertThat(found.path()).isEqualTo(file.toRealPath());
    }

    @Test
    void refusesAFileThatNamesNoInterface() throws Exception {
        for (String name : List.of("averyveryverylongname.conf", "bad name.conf", "awg0.txt", ".conf", "a:b.conf")) {
            Path file = Files.writeString(first.resolve(name), "");
            assertThatThrownBy(() -> ConfigFile.find(file.toString(), folders))
                    .isInstanceOf(FailureException.class)
                    .hasMessage("The config file must be a valid interface name, followed by .conf");
        }
    }

    @Test
    void callsAFileWorldAccessibleWhenItsFolderIsToo() throws Exception {
        Path path = Files.writeString(first.resolve("awg0.conf"), "");
        ConfigFile file = ConfigFile.find(path.toString(), folders);
        mode(first, "rwxr-xr-x");
        mode(path, "rw-r--r--");
        assertThat(file.isWorldAccessible()).isTrue();
        mode(first, "rwx------");
        assertThat(file.isWorldAccessible()).isFalse();
        mode(first, "rwxr-xr-x");
        mode(path, "rw-------");
        assertThat(file.isWorldAccessible()).isFalse();
    }

    @Test
    void trustsHooksOfAFileThatOnlyItsOwnerWrites() throws Exception {
        Path path = Files.writeString(first.resolve("awg0.conf"), "");
        mode(first, "rwxr-xr-x");
        mode(path, "rw-r--r--");
        HookTrust.check(ConfigFile.find(path.toString(), folders));
    }

    @Test
    void refusesHooksOfAFileThatOthersWrite() throws Exception {
        Path path = Files.writeString(first.resolve("awg0.conf"), "");
        mode(path, "rw----rw-");
        assertThatThrownBy(() -> HookTrust.check(ConfigFile.find(path.toString(), folders)))
                .hasMessageContaining("awg0.conf' is writable by everyone (chmod o-w");
    }

    @Test
    void refusesHooksOfAFileInAFolderThatOthersWriteUnlessItIsSticky() throws Exception {
        Path path = Files.writeString(first.resolve("awg0.conf"), "");
        mode(path, "rw-------");
        Files.setAttribute(first, "unix:mode", 0777);
        assertThatThrownBy(() -> HookTrust.check(ConfigFile.find(path.toString(), folders)))
                .hasMessageContaining("first' is writable by everyone");
        Files.setAttribute(first, "unix:mode", 01777);
        HookTrust.check(ConfigFile.find(path.toString(), folders));
    }

    @Test
    void knowsInterfaceNames() {
        assertThat(ConfigFile.isInterfaceName("awg0")).isTrue();
        assertThat(ConfigFile.isInterfaceName("a=b+c.d-e_f")).isTrue();
        assertThat(ConfigFile.isInterfaceName("")).isFalse();
        assertThat(ConfigFile.isInterfaceName("abcdefghijklmno")).isTrue();
        assertThat(ConfigFile.isInterfaceName("abcdefghijklmnop")).isFalse();
        assertThat(ConfigFile.isInterfaceName("a/b")).isFalse();
        assertThat(ConfigFile.isInterfaceName("ä")).isFalse();
    }
}
