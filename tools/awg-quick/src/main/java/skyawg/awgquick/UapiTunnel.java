package skyawg.awgquick;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import skyawg.awgquick.exec.FailureException;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigReader;
import skyawg.control.config.ConfigWriter;
import skyawg.control.config.ParsedConfig;
import skyawg.control.config.SystemResolver;
import skyawg.control.uapi.Errno;
import skyawg.control.uapi.UapiClient;
import skyawg.control.uapi.UapiException;
import skyawg.protocol.names.Secret;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;

/** Talks to the daemon itself, in the words of {@code awg}, whose process would cost another start of a JVM. */
final class UapiTunnel implements Tunnel {
    private final String name;
    private final Consumer<String> say;
    private final UapiClient client;

    /** @param say takes lines for the user */
    UapiTunnel(String name, UapiClient client, Consumer<String> say) {
        this.name = name;
        this.client = client;
        this.say = say;
    }

    @Override
    public boolean answers() {
        return Sockets.isServed(name);
    }

    @Override
    public void setConfig(byte[] config) throws FailureException {
        try (ParsedConfig parsed = parse(config)) {
            if (parsed.asksAdvancedSecurity()) {
                throw refused(new UapiException(Errno.EINVAL, "AdvancedSecurity is known to the kernel module only"));
            }
            set(parsed.replacing());
        }
    }

    @Override
    public void setFwmark(long mark) throws FailureException {
        set(new InterfaceUpdate(Optional.empty(), Optional.empty(), Optional.of(mark), false, Map.of(), List.of()));
    }

    @Override
    public InterfaceSnapshot get() throws FailureException {
        InterfaceSnapshot snapshot = ask();
        wipe(snapshot);
        return snapshot;
    }

    @Override
    public String config() throws FailureException {
        InterfaceSnapshot snapshot = ask();
        try {
            return ConfigWriter.write(snapshot);
        } finally {
            wipe(snapshot);
        }
    }

    private ParsedConfig parse(byte[] config) throws FailureException {
        SystemResolver resolver = new SystemResolver(System.getenv(), say);
        try (InputStreamReader lines =
                new InputStreamReader(new ByteArrayInputStream(config), StandardCharsets.UTF_8)) {
            return ConfigReader.read(lines, resolver, say);
        } catch (ConfigException e) {
            if (!e.text().isEmpty()) {
                say.accept(e.text());
            }
            if (!e.epilogue().text().isEmpty()) {
                say.accept(e.epilogue().text());
            }
            throw FailureException.passingOn(1);
        } catch (IOException e) {
            throw FailureException.because("the config cannot be read: " + e.getMessage());
        }
    }

    private void set(InterfaceUpdate update) throws FailureException {
        try {
            client.set(name, update);
        } catch (UapiException e) {
            throw refused(e);
        }
    }

    private InterfaceSnapshot ask() throws FailureException {
        try {
            return client.get(name);
        } catch (UapiException e) {
            say.accept("Unable to access interface: " + e.text());
            throw FailureException.passingOn(1);
        }
    }

    private FailureException refused(UapiException e) {
        say.accept("Unable to modify interface: " + e.text());
        return FailureException.passingOn(1);
    }

    private static void wipe(InterfaceSnapshot snapshot) {
        snapshot.privateKey().ifPresent(Secret::close);
        snapshot.parameters().headerProtectionKey().close();
        for (PeerSnapshot peer : snapshot.peers()) {
            peer.presharedKey().ifPresent(Secret::close);
        }
    }
}
