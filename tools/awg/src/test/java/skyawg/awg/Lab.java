package skyawg.awg;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.Output;
import skyawg.control.socket.LocalServer;
import skyawg.control.uapi.TunnelInterface;
import skyawg.control.uapi.UapiClient;
import skyawg.control.uapi.UapiDirectory;
import skyawg.control.uapi.UapiServer;

/** Interfaces without packets behind real sockets in a folder, and the tool run against them in this process. */
final class Lab implements AutoCloseable {
    /** What a command did. */
    record Outcome(int status, String out, String err) {}

    private final Path sockets;
    private final UapiDirectory directory;
    private final List<UapiServer> servers = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    Lab(Path folder) throws IOException {
        sockets = folder.resolve("amneziawg");
        directory = UapiDirectory.open(sockets, folder.resolve("wireguard"), LocalServer.Limits.DEFAULT);
    }

    void add(String name, TunnelInterface tunnel) throws IOException {
        servers.add(directory.serve(name, tunnel, () -> {}));
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    Outcome run(String... words) {
        return runWithInput("", words);
    }

    Outcome runWithInput(String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandIo io = new CommandIo(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new Output(out),
                new Output(err),
                environment,
                false);
        int status = new Awg(io, new UapiClient(sockets)).run(words);
        io.out().flush();
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        servers.forEach(UapiServer::close);
        directory.close();
    }
}
