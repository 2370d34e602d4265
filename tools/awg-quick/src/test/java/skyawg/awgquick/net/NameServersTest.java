package skyawg.awgquick.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameServersTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatResolvconfHolds() {
        assertThat(NameServers.resolvconfValues(
                        "# x\nsearch corp.example example.org\nnameserver 10.0.0.53\nnameserver fd::53\n"))
                .containsExactly("10.0.0.53", "fd::53", "corp.example", "example.org");
        assertThat(NameServers.resolvconfValues("")).isEmpty();
    }

    @Test
    void readsWhatResolvectlHoldsButTheRoutingDomain() {
        assertThat(NameServers.resolvectlValues("Link 5 (awg0): 10.0.0.53 fd::53\n"))
                .containsExactly("10.0.0.53", "fd::53");
        assertThat(NameServers.resolvectlValues("Link 5 (awg0): corp.example ~.\n"))
                .containsExactly("corp.example");
        assertThat(NameServers.resolvectlValues("Link 5 (awg0):\n")).isEmpty();
    }

    @Test
    void findsThePrefixThatPutsAnInterfaceInFront() throws IOException {
        Path order = folder.resolve("interface-order");
        assertThat(NameServers.interfacePrefix(order)).isEmpty();
        Files.writeString(order, "# comment\nlo.inet6\nlo\n*.inet\ntun*\ntap*\n");
        assertThat(NameServers.interfacePrefix(order)).isEqualTo("tun.");
    }
}
