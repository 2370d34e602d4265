package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command pays only for the classes of its own: a tool's start is most of its time. */
class ClassLoadingTest {
    @Test
    void loadsTheGeneratorForGenconfOnly() throws Exception {
        assertThat(classesOf("genkey"))
                .contains("skyawg.awg.GenerateKeyCommand ")
                .doesNotContain("GenConf", "ConfigPair", "ParameterGenerator", "SystemEntropy");
        assertThat(classesOf("genconf", "--out", "-"))
                .contains("skyawg.awg.GenConfCommand ", "skyawg.awg.ConfigPair ", "ParameterGenerator ");
    }

    private static String classesOf(String... words) throws Exception {
        String[] command = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:stderr",
            "-cp",
            System.getProperty("java.class.path"),
            "skyawg.awg.Awg"
        };
        ProcessBuilder builder =
                new ProcessBuilder(new ArrayList<>(List.of(command))).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.command().addAll(List.of(words));
        Process awg = builder.start();
        String loaded = new String(awg.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(awg.waitFor()).isZero();
        return loaded;
    }
}
