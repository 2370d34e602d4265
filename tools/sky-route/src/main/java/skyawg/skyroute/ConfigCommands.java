package skyawg.skyroute;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.mesh.MeshConfig;
import skyawg.control.mesh.MeshConfigException;
import skyawg.control.mesh.MeshConfigFile;
import skyawg.control.mesh.MeshConfigReader;
import skyawg.control.mesh.MeshConfigWriter;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Secret;

/** {@code sky-route config gen}: a mesh.conf to begin with. Needs no daemon. */
final class ConfigCommands {
    private ConfigCommands() {}

    static List<Command> all() {
        List<Option> options = new ArrayList<>();
        options.add(Option.with("--out", "FILE", "where it goes, mode 0600; standard output unless given"));
        options.add(MeshCommands.SECRET_FILE);
        options.add(Option.repeatable("--record", "FILE", "records of other nodes, one a line"));
        options.addAll(MeshCommands.OFFER);
        return List.of(new Command(
                "config gen",
                List.of("NAME"),
                options,
                "Prints a mesh.conf with a fresh key, for a daemon that is not running yet.",
                "sky-route config gen example.org --out /etc/skyawg/mesh.conf",
                ConfigCommands::generate));
    }

    private static void generate(Call call) throws FailureException, UsageException {
        try (MeshConfig config = described(call)) {
            String text = MeshConfigWriter.write(config);
            if (!call.has("--out")) {
                if (call.isJson()) {
                    throw new UsageException("--json without --out would print keys into JSON: give --out FILE");
                }
                call.io().out().print(text);
                return;
            }
            Path file = Path.of(call.value("--out").orElseThrow());
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            new MeshConfigFile(file).write(config);
            if (call.isJson()) {
                Map<String, Object> made = new LinkedHashMap<>();
                made.put("file", file.toString());
                made.put(
                        "public_key",
                        X25519Keys.publicKey(config.privateKey().key()).toBase64());
                call.json(made);
            }
        } catch (FileAlreadyExistsException e) {
            throw new FailureException(
                    e.getFile() + ": is there already and is not overwritten: move it away, or give another --out");
        } catch (IOException e) {
            throw new FailureException("cannot write: " + e.getMessage());
        }
    }

    private static MeshConfig described(Call call) throws FailureException, UsageException {
        StringBuilder text =
                new StringBuilder("[Mesh]\nName = ").append(call.argument(0)).append('\n');
        try (Secret key = X25519Keys.generate()) {
            text.append("PrivateKey = ").append(key.revealBase64()).append('\n');
        }
        if (call.has("--secret-file")) {
            String secret = Words.secret(call, call.value("--secret-file").orElseThrow());
            text.append("Secret = ").append(secret).append('\n');
        }
        call.fields(MeshCommands.OFFER)
                .forEach((name, value) ->
                        text.append(name).append(" = ").append(value).append('\n'));
        for (String file : call.values("--record")) {
            Words.records(call, file)
                    .forEach(line -> text.append("Record = ").append(line).append('\n'));
        }
        try {
            return MeshConfigReader.read(text.toString(), "config gen", file -> "");
        } catch (MeshConfigException e) {
            throw new UsageException(e.text().replaceFirst("^config gen:([0-9]+:)? ", ""));
        }
    }
}
