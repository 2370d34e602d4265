package skyawg.awgquick.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import skyawg.awgquick.exec.FailureException;

class SavedConfigTest {
    private static final String SHOWN =
            "[Interface]\nListenPort = 42980\nJc = 7\n\n[Peer]\nAllowedIPs = 10.66.0.0/24\n\n";

    private static QuickConfig read(String text) throws FailureException {
        return QuickConfigReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void putsQuickKeysInFrontOfWhatShowconfPrints() throws FailureException {
        QuickConfig config = read("""
                [Interface]
                Address = 10.66.0.1/24
                MTU = 1300
                Table = auto
                SaveConfig = true
                PostDown = d
                PreDown = c
                PostUp = b
                PreUp = a
                """);
        assertThat(SavedConfig.text(config, List.of("10.66.0.1/24"), List.of("1.1.1.1", "corp"), "1400", SHOWN))
                .isEqualTo("""
                        [Interface]
                        Address = 10.66.0.1/24
                        DNS = 1.1.1.1
                        DNS = corp
                        MTU = 1400
                        Table = auto
                        SaveConfig = true
                        PreUp = a
                        PostUp = b
                        PreDown = c
                        PostDown = d
                        ListenPort = 42980
                        Jc = 7

                        [Peer]
                        AllowedIPs = 10.66.0.0/24
                        """);
    }

    @Test
    void writesNoMtuThatTheFileDoesNotSet() throws FailureException {
        assertThat(SavedConfig.text(read("[Interface]\n"), List.of(), List.of(), "1400", SHOWN))
                .isEqualTo(SHOWN.stripTrailing() + "\n");
    }

    @Test
    void readsBackAsItWasWritten() throws FailureException {
        QuickConfig config = read("""
                [Interface]
                Address = 10.66.0.1/24
                DNS = 1.1.1.1, corp
                Table = 7
                SaveConfig = true
                PreUp = a b
                """);
        QuickConfig again = read(SavedConfig.text(config, config.addresses(), List.of("1.1.1.1", "corp"), "", SHOWN));
        assertThat(again.addresses()).isEqualTo(config.addresses());
        assertThat(again.dnsServers()).isEqualTo(config.dnsServers());
        assertThat(again.searchDomains()).isEqualTo(config.searchDomains());
        assertThat(again.table()).isEqualTo("7");
        assertThat(again.hooks()).isEqualTo(config.hooks());
    }

    @Test
    void leavesOutLinkLocalAddressesThatTheKernelMade() {
        String brief = "vq0  UNKNOWN  10.66.0.1/24 fd66::1/64 fe80::36d3:236:b7cf:e9cb/64 febf::1/64 fec0::1/64 ";
        assertThat(SavedConfig.addresses(brief, List.of())).containsExactly("10.66.0.1/24", "fd66::1/64", "fec0::1/64");
        assertThat(SavedConfig.addresses(brief, List.of("febf::1/64"))).contains("febf::1/64");
    }

    @Test
    void leavesOutTheOtherEndOfAPointToPointAddress() {
        assertThat(SavedConfig.addresses("vq0 UNKNOWN 10.0.0.1 peer 10.0.0.2/32 fd::1/64", List.of()))
                .containsExactly("10.0.0.1", "fd::1/64");
    }
}
