package skyawg.awg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skyawg.control.uapi.UapiException;
import skyawg.control.uapi.UapiText;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** What the real tool printed of two real interfaces, from {@code tests/vectors/awg/cli}. */
final class Recordings {
    /** One second behind the recorded handshake. */
    static final long NOW_SECONDS = 1_795_416_338L;

    /** The peers of interface a by their first letters, as the reference happened to order them. */
    static final List<String> NEWEST_FIRST = List.of("lc1Z", "TrMv", "xTIB");

    static final List<String> NEWEST_LAST = List.of("TrMv", "xTIB", "lc1Z");

    private Recordings() {}

    static Path file(String name) {
        String root = Objects.requireNonNull(System.getenv("SKYAWG_ROOT"), "SKYAWG_ROOT");
        return Path.of(root, "tests/vectors/awg/cli", name);
    }

    static String text(String name) throws IOException {
        return Files.readString(file(name));
    }

    /** What a recorded command wrote to standard output. */
    static String stdout(String name) throws IOException {
        String text = text(name);
        int from = text.indexOf("--- stdout\n") + "--- stdout\n".length();
        return text.substring(from, text.indexOf("--- stderr", from));
    }

    /** Interface a as its daemon reported it, peers in the order of their keys' first letters. */
    static InterfaceSnapshot interfaceA(List<String> order) throws IOException, UapiException {
        byte[] reply = stdout("uapi-get-a.txt").getBytes(StandardCharsets.UTF_8);
        InterfaceSnapshot read = UapiText.readSnapshot(reply, "veca0");
        List<PeerSnapshot> peers = new ArrayList<>();
        for (String letters : order) {
            for (PeerSnapshot peer : read.peers()) {
                if (peer.publicKey().toBase64().startsWith(letters)) {
                    peers.add(peer);
                }
            }
        }
        PublicKey publicKey = X25519Keys.publicKey(read.privateKey().orElseThrow());
        return new InterfaceSnapshot(
                "veca0",
                read.privateKey(),
                Optional.of(publicKey),
                read.listenPort(),
                read.fwmark(),
                read.parameters(),
                peers);
    }
}
