package skyawg.awgquick.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTest {
    private static final String LISTED = """
            0:\tfrom all lookup local
            32762:\tfrom all lookup main suppress_prefixlength 0
            32763:\tnot from all fwmark 0xca6d lookup 51821
            32764:\tfrom 10.0.0.9 lookup 51820
            32765:\tnot from all fwmark 0xca6c lookup 51820
            32766:\tfrom all lookup main
            """;

    @Test
    void tellsOurRulesFromOthers() {
        List<Rule> rules = Rule.parse(LISTED);
        assertThat(rules).hasSize(6);
        assertThat(rules.get(1).isSuppress()).isTrue();
        assertThat(rules.get(5).isSuppress()).isFalse();
        assertThat(rules.get(4).isLookup(51820)).isTrue();
        assertThat(rules.get(2).isLookup(51820)).isFalse();
        assertThat(rules.get(3).isLookup(51820)).isFalse();
        assertThat(rules.get(3).looksIn(51820)).isTrue();
        assertThat(rules.get(3).looksIn(5182)).isFalse();
        assertThat(rules.get(2).mark()).isEqualTo(51821);
        assertThat(rules.get(0).mark()).isEqualTo(-1);
    }

    @Test
    void foreseesThePreferenceThatTheKernelGives() {
        assertThat(Rule.nextPreference(Rule.parse(LISTED))).isEqualTo(32761);
        assertThat(Rule.nextPreference(Rule.parse("0:\tfrom all lookup local\n32766:\tfrom all lookup main\n")))
                .isEqualTo(32765);
        assertThat(Rule.nextPreference(List.of())).isZero();
        assertThat(Rule.nextPreference(Rule.parse("0:\tfrom all lookup local\n0:\tfrom all lookup main\n")))
                .isZero();
    }

    @Test
    void readsAMaskAsNoMarkOfOurs() {
        assertThat(Rule.parse("5:\tnot from all fwmark 0xca6c/0xff00 lookup 7")
                        .getFirst()
                        .mark())
                .isEqualTo(-1);
    }
}
