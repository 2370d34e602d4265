package skyawg.awg.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Small files with one mistake each, and what is said of them. */
class ConfigCheckTest {
    private static final String KEY = "QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=";
    private static final String PEER = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    private static final String OTHER = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String I = "[Interface]\nPrivateKey=" + KEY + "\n";
    private static final String P = I + "[Peer]\nPublicKey=" + PEER + "\n";

    private static final Map<String, String> TABLE = Map.ofEntries(
            Map.entry(I + "Jc = x\n", "3 Jc error value: 'x' is not a number from 0 to 65535: write digits only"),
            Map.entry(
                    I + "H1=9-5\n",
                    "3 H1 error value: '9-5' is not a number from 0 to 4294967295 or two of them as low-high: write 5 or"
                            + " 5-9"),
            Map.entry(I + "Jc=4\nJmin=9\nJmax=5\n", "4 Jmin error junk-sizes: Jmin 9 is above Jmax 5: exchange them"),
            Map.entry(
                    I + "ListenPort=65536\n",
                    "3 ListenPort error value: '65536' is not a port: write a number from 0"
                            + " to 65535, or the name of a UDP service"),
            Map.entry(
                    I + "RandomTrailers=yes\n",
                    "3 RandomTrailers error value: 'yes' is neither on nor off: write one" + " of them"),
            Map.entry(I + "Address=10.0.0.1/33\n", "3 Address error value: '10.0.0.1/33': prefix length is 0 to 32"),
            Map.entry(I + "MTU=abc\n", "3 MTU error value: 'abc' is not an MTU: write a number from 576 to 65535"),
            Map.entry(
                    I + "MTU=1480\n",
                    "3 MTU warning fragments: full packets at MTU 1480 are cut in fragments on a"
                            + " path of MTU 1500 over IPv4: the largest good MTU is 1440"),
            Map.entry(
                    I + "J1=<r 5>\n",
                    "3 J1 error draft-key: belongs to an abandoned draft of AmneziaWG 1.5 and is"
                            + " refused: remove the line"),
            Map.entry(
                    I + "PrivatKey=" + OTHER + "\n",
                    "3 PrivatKey error unknown-key: is no key that awg or awg-quick"
                            + " knows: did you mean PrivateKey"),
            Map.entry(
                    I + OTHER + "\n", "3 ? error unknown-key: is no key that awg or awg-quick knows: remove the line"),
            Map.entry(
                    I + "Endpoint=192.0.2.1:5\n",
                    "3 Endpoint error misplaced-key: stands under [Interface] and belongs"
                            + " under a [Peer]: move the line"),
            Map.entry(
                    I + "ListenPort=1\nListenPort=2\n",
                    "4 ListenPort warning repeated-key: replaces the value of line" + " 3: remove one of them"),
            Map.entry(
                    I + "PostUp\n", "3 ? error syntax: is neither a section nor key = value: put a # before a comment"),
            Map.entry(
                    I + "[Peers]\nx=y\n",
                    "3 [Peers] error unknown-section: sections are [Interface] and [Peer]: what"
                            + " follows was not looked at"),
            Map.entry(
                    "[Interface]\n",
                    "1 PrivateKey warning missing-private-key: there is none, and awg setconf takes"
                            + " away the one that the interface has: add one, made by awg genkey"),
            Map.entry(
                    P + "AllowedIPs=10.0.0.1/24\n",
                    "5 AllowedIPs warning host-bits: '10.0.0.1/24' has bits behind the"
                            + " prefix, which are ignored: write 10.0.0.0/24"),
            Map.entry(
                    P + "AllowedIPs=10.0.0.0/33\n",
                    "5 AllowedIPs error value: '10.0.0.0/33': prefix length is 0 to" + " 32"),
            Map.entry(
                    P + "Endpoint=host\n",
                    "5 Endpoint error value: 'host' is not host:port: write 192.0.2.1:51820,"
                            + " [2001:db8::1]:51820 or a name and a port"),
            Map.entry(
                    P + "[Peer]\nPublicKey=" + PEER + "\n",
                    "6 PublicKey error duplicate-peer: the peer of line 4 has"
                            + " the same key, and this one's AllowedIPs replace its: make one [Peer] of both, or give each"
                            + " machine a key of its own"),
            Map.entry(
                    P + "AllowedIPs=fd00::/8\n[Peer]\nPublicKey=" + OTHER + "\nAllowedIPs=fd00::/8\n",
                    "8 AllowedIPs warning duplicate-prefix: fd00::/8 is also the peer's of line 5, which silently loses"
                            + " it to this one: leave it at one of them"),
            Map.entry(
                    I + "[Peer]\nPublicKey=9s7KbVuSf/euoyFChU3MbbZCS22AAuRbbcxmquKDJCc=\n",
                    "4 PublicKey error own-key:"
                            + " is the key of this interface itself: write the other machine's public key"),
            Map.entry(
                    I + "[Peer]\nPublicKey=" + KEY + "\n",
                    "4 PublicKey error own-key: is this interface's private"
                            + " key: write the other machine's public key"),
            Map.entry(
                    I + "[Peer]\n",
                    "3 PublicKey error missing-public-key: this [Peer] has none: add the peer's public" + " key"));

    @TestFactory
    Stream<DynamicTest> saysWhatIsWrong() {
        return TABLE.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getValue(), () -> assertThat(said(entry.getKey())).containsExactly(entry.getValue())));
    }

    @Test
    void pointsAtALineForTheTrailerTrap() {
        assertThat(said(I + "S1=20\nS2=30\nS3=40\nS4=50\nRandomTrailers=on\n"))
                .anyMatch(line -> line.startsWith("3 S1 warning G5: "));
    }

    @Test
    void repeatsNoKey() {
        String file = "PrivateKey " + KEY + "\n" + KEY + "\n[Interface]\nPrivateKye=" + KEY + "\nPrivateKey=x" + KEY
                + "\nJc=" + KEY + "\nAddress=" + KEY + "\n[Peer]\nPublicKey=" + KEY + "x\nEndpoint=" + KEY
                + "\nHeaderProtectionKey=x" + KEY + "\n[" + KEY + "]\n";
        List<String> said = said(file);
        assertThat(said).hasSizeGreaterThan(8).noneMatch(line -> line.contains(KEY.substring(4, 40)));
    }

    private static List<String> said(String file) {
        return ConfigCheck.check(ConfigText.of(file), 1500).stream()
                .map(finding -> finding.line() + " " + finding.key() + " "
                        + finding.level().word() + " " + finding.rule() + ": " + finding.message())
                .toList();
    }
}
