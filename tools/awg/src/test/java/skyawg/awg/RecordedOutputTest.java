package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.cli.Colours;
import skyawg.control.config.ConfigWriter;
import skyawg.control.uapi.MemoryTunnel;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/** Byte for byte what the real tool printed; the header protection key is the one thing that we hide and it shows. */
class RecordedOutputTest {
    private static final String SHOWN = "yMxwWjVRk0JZ5c7gEPt0gK7hpQpW9j6kqYzvW8nL9aE=";

    @TempDir
    Path folder;

    @Test
    void showsAnInterface() throws Exception {
        String text = new ShowText(Colours.NONE, false, Recordings.NOW_SECONDS)
                .render(Recordings.interfaceA(Recordings.NEWEST_LAST));
        assertThat(text).isEqualTo(Recordings.stdout("show-a.txt").replace(SHOWN, "(hidden)"));
    }

    @Test
    void showsAnInterfaceInColour() throws Exception {
        String text = new ShowText(Colours.ANSI, false, Recordings.NOW_SECONDS)
                .render(Recordings.interfaceA(Recordings.NEWEST_LAST));
        assertThat(text).isEqualTo(Recordings.stdout("show-a-colour.txt").replace(SHOWN, "(hidden)"));
    }

    @Test
    void showsKeysToThoseWhoAskForThem() throws Exception {
        String text = new ShowText(Colours.NONE, true, Recordings.NOW_SECONDS)
                .render(Recordings.interfaceA(Recordings.NEWEST_LAST));
        assertThat(text).isEqualTo(Recordings.stdout("show-a-keys.txt"));
    }

    @Test
    void dumpsAnInterface() throws Exception {
        InterfaceSnapshot snapshot = Recordings.interfaceA(Recordings.NEWEST_LAST);
        assertThat(ShowDump.render(snapshot, "")).isEqualTo(Recordings.stdout("show-a-dump.txt"));
    }

    @Test
    void writesTheConfiguration() throws Exception {
        InterfaceSnapshot snapshot = Recordings.interfaceA(Recordings.NEWEST_FIRST);
        assertThat(ConfigWriter.write(snapshot)).isEqualTo(Recordings.stdout("showconf-a.txt"));
    }

    @Test
    void showsAnInterfaceBeforeItsConfiguration() throws Exception {
        try (Lab lab = new Lab(folder)) {
            lab.add("veca0", new MemoryTunnel("veca0"));
            lab.run("set", "veca0", "listen-port", "47836");
            assertThat(lab.run("show", "veca0").out()).isEqualTo(Recordings.stdout("before-config-show.txt"));
            assertThat(lab.run("show", "veca0", "dump").out())
                    .isEqualTo(Recordings.stdout("before-config-show-dump.txt"));
            assertThat(lab.run("showconf", "veca0").out()).isEqualTo(Recordings.stdout("before-config-showconf.txt"));
        }
    }

    @Test
    void showsNothingWhereThereIsNothing() throws Exception {
        try (Lab lab = new Lab(folder)) {
            assertThat(lab.run("show")).isEqualTo(new Lab.Outcome(0, "", ""));
            assertThat(lab.run()).isEqualTo(new Lab.Outcome(0, "", ""));
            assertThat(lab.run("show", "interfaces")).isEqualTo(new Lab.Outcome(0, "", ""));
        }
    }

    @Test
    void showsAllInterfacesOneBehindTheOther() throws Exception {
        try (Lab lab = new Lab(folder)) {
            lab.add("vecb0", new MemoryTunnel("vecb0"));
            lab.add("veca0", new MemoryTunnel("veca0"));
            lab.run("set", "vecb0", "listen-port", "47836");
            String a = lab.run("show", "veca0").out();
            String b = lab.run("show", "vecb0").out();
            assertThat(lab.run("show").out()).isEqualTo(a + "\n" + b);
            assertThat(lab.run("show", "all", "listen-port").out()).isEqualTo("veca0\t0\nvecb0\t47836\n");
            assertThat(lab.run("show", "interfaces").out()).isEqualTo("veca0 vecb0\n");
        }
    }
}
