package skyawg.awgquick.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.awgquick.exec.FailureException;

class QuickConfigReaderTest {

    private static QuickConfig read(String text) throws FailureException {
        return QuickConfigReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String rest(QuickConfig config) {
        return new String(config.rest().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void stripsAsTheRecordingShows() throws Exception {
        Path recording = Path.of(System.getenv("SKYAWG_ROOT"), "tests/vectors/awg/awg-quick/strip.txt");
        String text = Files.readString(recording);
        String input = between(text, "# input\n", "\n$ awg-quick strip");
        String output = between(text, "[stdout]\n", "");
        // strip prints an empty line after the rest
        assertThat(rest(read(input)) + "\n").isEqualTo(output);
    }

    private static String between(String text, String start, String end) throws IOException {
        int from = text.indexOf(start) + start.length();
        int to = end.isEmpty() ? text.length() : text.indexOf(end);
        assertThat(from).isGreaterThan(start.length() - 1);
        return text.substring(from, to);
    }

    @Test
    void takesQuickKeysInAnyCaseAndSpacing() throws FailureException {
        QuickConfig config = read("""
                [interface]
                 address=10.0.0.1/24,fd00::1/64
                ADDRESS = 10.0.0.2 10.0.0.3
                mtu= 1300
                dns = 1.1.1.1, fd::53,corp.example
                Table=off
                SaveConfig = TRUE
                """);
        assertThat(config.addresses()).containsExactly("10.0.0.1/24", "fd00::1/64", "10.0.0.2", "10.0.0.3");
        assertThat(config.mtu()).isEqualTo("1300");
        assertThat(config.dnsServers()).containsExactly("1.1.1.1", "fd::53");
        assertThat(config.searchDomains()).containsExactly("corp.example");
        assertThat(config.isWithoutRoutes()).isTrue();
        assertThat(config.saveConfig()).isTrue();
        assertThat(rest(config)).isEqualTo("[interface]\n");
    }

    @Test
    void keepsHooksInOrderWithTheirEqualsSignsAndWithoutComments() throws FailureException {
        QuickConfig config = read("""
                [Interface]
                PostUp = a=1; echo "é"
                PreUp = x # why
                PostUp=second
                PreDown = p
                PostDown = q
                """);
        assertThat(config.hooks().postUp()).containsExactly("a=1; echo \"é\"", "second");
        assertThat(config.hooks().preUp()).containsExactly("x");
        assertThat(config.hooks().preDown()).containsExactly("p");
        assertThat(config.hooks().postDown()).containsExactly("q");
    }

    @Test
    void takesQuickKeysInTheInterfaceSectionOnly() throws FailureException {
        QuickConfig config =
                read("MTU = 1\n[Peer]\nMTU = 2\n[Interface]\nMTU = 3\n[Peer]\nMTU = 4\n[Interface]\nDNS=9.9.9.9");
        assertThat(config.mtu()).isEqualTo("3");
        assertThat(config.dnsServers()).containsExactly("9.9.9.9");
        assertThat(rest(config)).isEqualTo("MTU = 1\n[Peer]\nMTU = 2\n[Interface]\n[Peer]\nMTU = 4\n[Interface]\n");
    }

    @Test
    void readsLinesThatEndInCarriageReturns() throws FailureException {
        QuickConfig config = read("[Interface]\r\nAddress = 10.0.0.1/24\r\nPrivateKey = x\r\n");
        assertThat(config.addresses()).containsExactly("10.0.0.1/24");
        assertThat(rest(config)).isEqualTo("[Interface]\r\nPrivateKey = x\r\n");
    }

    @Test
    void refusesASaveConfigThatIsNoBoolean() {
        assertThatThrownBy(() -> read("[Interface]\nSaveConfig = maybe\n"))
                .isInstanceOf(FailureException.class)
                .hasMessage("`maybe' is neither true nor false");
    }

    @Test
    void wipesTheRestWhenClosed() throws FailureException {
        QuickConfig config = read("[Interface]\nPrivateKey = secret\n");
        config.close();
        assertThat(config.rest().bytes()).containsOnly(0);
        assertThat(config.toString()).doesNotContain("secret");
    }

    @Property
    void passesEveryByteOfOtherSectionsOn(@ForAll @Size(max = 60) byte[] noise) throws FailureException {
        byte[] file = ("[Peer]\n#" + new String(noise, StandardCharsets.ISO_8859_1).replace('\n', ' '))
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] rest = QuickConfigReader.read(file).rest().bytes();
        String expected = new String(file, StandardCharsets.ISO_8859_1).replaceAll("[ \t]+\\z", "") + "\n";
        assertThat(new String(rest, StandardCharsets.ISO_8859_1)).isEqualTo(expected);
    }

    @Property
    void readsAnyBytes(@ForAll @Size(max = 200) byte[] file) {
        try {
            QuickConfig config = QuickConfigReader.read(file);
            assertThat(config.rest().bytes().length).isLessThanOrEqualTo(file.length + 1);
        } catch (FailureException e) {
            assertThat(e.text()).endsWith("is neither true nor false");
        }
    }
}
