package skyawg.awgquick;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import skyawg.awgquick.conf.QuickConfig;
import skyawg.awgquick.conf.SavedConfig;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.net.LinkMtu;
import skyawg.awgquick.net.Links;
import skyawg.awgquick.net.NameServers;
import skyawg.control.config.AtomicFile;

/** Writes an interface's state to its config file. */
final class Save {
    private final Surroundings around;

    Save(Surroundings around) {
        this.around = around;
    }

    void run() throws FailureException {
        if (!Links.exists(around.interfaceName()) || !around.tunnel().answers()) {
            throw FailureException.because("`" + around.interfaceName() + "' is not a WireGuard interface");
        }
        write();
    }

    /** For an interface that is up. */
    void write() throws FailureException {
        Commands commands = around.commands();
        QuickConfig config = around.config();
        String name = around.interfaceName();
        String brief =
                commands.ask("ip", "-brief", "address", "show", "dev", name).text();
        List<String> dns = new NameServers(commands, name).current();
        String link = config.mtu().isEmpty()
                ? ""
                : commands.ask("ip", "-o", "link", "show", "dev", name).text();
        commands.stop().check();
        commands.show("awg showconf " + name);
        String text = SavedConfig.text(
                config,
                SavedConfig.addresses(brief, config.addresses()),
                dns,
                Integer.toString(LinkMtu.numberAfter(link, "mtu")),
                around.tunnel().config());
        try {
            new AtomicFile(around.file().path()).replace(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw FailureException.because("`" + around.file().path() + "' is not saved and is as it was: " + e);
        }
    }
}
