package skyawg.awg.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CorrectedFileTest {
    private static final String KEY = "QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=";

    @Test
    void leavesAFileWithoutMisplacedKeysAlone() {
        assertThat(CorrectedFile.of(ConfigText.of("[Interface]\nJc = 4\n[Peer]\nPreSharedKey = " + KEY + "\n")))
                .isNull();
    }

    @Test
    void keepsTheInterfacesOwnValueAndTheFirstPeers() {
        assertThat(CorrectedFile.of(ConfigText.of(
                        "[Interface]\nJc = 4 # mine\n\n[Peer]\nJc = 5\nS1 = 6\n[Peer]\n  S1 = 7\nS2 = 8\n")))
                .isEqualTo("[Interface]\nJc = 4 # mine\nS1 = 6\nS2 = 8\n\n[Peer]\n[Peer]\n");
    }

    @Test
    void makesAnInterfaceSectionWhereThereIsNone() {
        assertThat(CorrectedFile.of(ConfigText.of("[Peer]\nS1 = 6\n"))).isEqualTo("[Interface]\nS1 = 6\n\n[Peer]\n");
    }

    @Test
    void dropsKeysOfAbandonedDrafts() {
        assertThat(CorrectedFile.of(ConfigText.of("[Interface]\nItime = 5\nJ2 = <r 5>\nJc = 4\n")))
                .isEqualTo("[Interface]\nJc = 4\n");
    }

    @Test
    void hidesWhatIsOrMayBeAKeyOnATerminal() {
        String file = "[Interface]\nprivatekey=" + KEY + "\nPrivateKye=" + KEY + "\n# old " + KEY
                + "\n[Peer]\nPublicKey=" + KEY + "\n";
        assertThat(ConfigText.of(file).withoutSecrets())
                .isEqualTo(
                        "[Interface]\nPrivateKey = (hidden)\n# (hidden)\n# (hidden)\n[Peer]\nPublicKey=" + KEY + "\n");
    }
}
