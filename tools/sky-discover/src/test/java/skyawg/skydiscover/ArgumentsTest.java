package skyawg.skydiscover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void readsEveryOption() throws UsageException {
        Arguments arguments = Arguments.parse(List.of(
                "--boot",
                "enr:a,enr:b",
                "--boot",
                "enr:c",
                "--boot-file",
                "f",
                "--records",
                "r",
                "--listen",
                "0.0.0.0:9300",
                "--listen",
                "[::]:9301",
                "--state",
                "s",
                "--run-dir",
                "d",
                "--json"));
        assertThat(arguments.boot()).containsExactly("enr:a", "enr:b", "enr:c");
        assertThat(arguments.bootFile()).contains(Path.of("f"));
        assertThat(arguments.records()).contains(Path.of("r"));
        assertThat(arguments.listen())
                .containsExactly(new InetSocketAddress("0.0.0.0", 9300), new InetSocketAddress("::", 9301));
        assertThat(arguments.state()).contains(Path.of("s"));
        assertThat(arguments.runDirectory()).contains(Path.of("d"));
        assertThat(arguments.isJson()).isTrue();
        assertThat(arguments.isPrintEnr()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "--json, --listen ADDR:PORT",
        "--listen, needs a value",
        "--listen nowhere, port is missing",
        "--listen 0.0.0.0:0, others must know the port",
        "--listen example.org:5, example.org",
        "--listen 0.0.0.0:1 --listen 127.0.0.1:2, one of IPv4 and one of IPv6",
        "--listen 0.0.0.0:5 --listen [::]:5, two ports",
        "--listen 0.0.0.0:5 --bot x, unknown option '--bot'",
        "--listen 0.0.0.0:5 x, unexpected word 'x'",
    })
    void saysWhatIsWrong(String words, String wanted) {
        assertThatThrownBy(() -> Arguments.parse(List.of(words.split(" "))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(wanted);
    }
}
