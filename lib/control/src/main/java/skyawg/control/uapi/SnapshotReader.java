package skyawg.control.uapi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.control.socket.LineReader;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/**
 * Reads the answer to {@code get=1}, whichever daemon wrote it. Unknown keys are skipped; a number that does not fit
 * its field is an error, never cut. The parameters that the answer names, and only those, are named in the snapshot's
 * set.
 */
final class SnapshotReader {
    /** More lines than any interface has, so that a daemon gone wrong cannot fill the tool's memory. */
    private static final int LINE_LIMIT = 4_000_000;

    private final LineReader lines;
    private Optional<Secret> privateKey = Optional.empty();
    private int listenPort;
    private long fwmark;
    private final Map<Parameter, ParameterValue> parameters = new EnumMap<>(Parameter.class);
    private final List<PeerSnapshot> peers = new ArrayList<>();
    private @Nullable Peer peer;
    private final Reply reply = new Reply();

    private SnapshotReader(LineReader lines) {
        this.lines = lines;
    }

    /**
     * @param name the interface's name, which the answer does not hold
     * @throws UapiException EPROTO when the answer cannot be read, else what the daemon's errno says
     */
    static InterfaceSnapshot read(LineReader lines, String name) throws UapiException, IOException {
        return new SnapshotReader(lines).read(name);
    }

    private InterfaceSnapshot read(String name) throws UapiException, IOException {
        for (int count = 0; lines.next() && lines.length() > 0; count++) {
            if (count == LINE_LIMIT) {
                throw new UapiException(Errno.EPROTO, "the answer has no end");
            }
            try {
                readLine(Pair.of(lines));
            } catch (UapiException e) {
                // Whatever is wrong in an answer is the daemon's fault, not the caller's argument.
                throw new UapiException(Errno.EPROTO, e.getMessage());
            }
        }
        closePeer();
        reply.check();
        return new InterfaceSnapshot(
                name, privateKey, Optional.empty(), listenPort, fwmark, ParameterSet.DEFAULTS.with(parameters), peers);
    }

    private void readLine(Pair pair) throws UapiException {
        if (pair.key().equals(Key.PUBLIC_KEY)) {
            closePeer();
            peer = new Peer(publicKey(pair));
        } else if (!reply.read(pair)) {
            if (peer != null) {
                peer.read(pair);
            } else {
                readDevice(pair);
            }
        }
    }

    private void readDevice(Pair pair) throws UapiException {
        switch (pair.key()) {
            case Key.PRIVATE_KEY -> privateKey = nonZero(pair.secret());
            case Key.LISTEN_PORT ->
                listenPort = (int) ParameterText.number(pair, 0xffff).low();
            case Key.FWMARK ->
                fwmark = ParameterText.number(pair, UintRange.MAX).low();
            default -> {
                Parameter parameter = ParameterText.named(pair.key());
                if (parameter != null) {
                    parameters.put(parameter, ParameterText.read(parameter, pair));
                }
            }
        }
    }

    private void closePeer() {
        if (peer != null) {
            peers.add(peer.finish());
            peer = null;
        }
    }

    private static Optional<Secret> nonZero(Secret key) {
        return key.isZero() ? Optional.empty() : Optional.of(key);
    }

    private static PublicKey publicKey(Pair pair) throws UapiException {
        try {
            return PublicKey.parseHex(pair.text());
        } catch (IllegalArgumentException e) {
            throw pair.invalid("a key has 64 hex digits");
        }
    }

    /** The lines behind one {@code public_key}. */
    private static final class Peer {
        private final PublicKey publicKey;
        private Optional<Secret> presharedKey = Optional.empty();
        private Optional<Endpoint> endpoint = Optional.empty();
        private long lastHandshakeSeconds;
        private int lastHandshakeNanos;
        private long rxBytes;
        private long txBytes;
        private UintRange persistentKeepalive = UintRange.ZERO;
        private final List<Cidr> allowedIps = new ArrayList<>();

        Peer(PublicKey publicKey) {
            this.publicKey = publicKey;
        }

        void read(Pair pair) throws UapiException {
            switch (pair.key()) {
                case Key.PRESHARED_KEY -> presharedKey = nonZero(pair.secret());
                case Key.ENDPOINT -> endpoint = Optional.of(PeerSection.endpoint(pair));
                case Key.LAST_HANDSHAKE_SECONDS -> lastHandshakeSeconds = unsigned(pair);
                case Key.LAST_HANDSHAKE_NANOS ->
                    lastHandshakeNanos =
                            (int) ParameterText.number(pair, 999_999_999).low();
                case Key.RX_BYTES -> rxBytes = unsigned(pair);
                case Key.TX_BYTES -> txBytes = unsigned(pair);
                case Key.PERSISTENT_KEEPALIVE -> persistentKeepalive = ParameterText.range(pair, 0xffff);
                case Key.ALLOWED_IP -> allowedIps.add(PeerSection.prefix(pair, pair.text()));
                default -> {
                    // A newer daemon may say more than we know.
                }
            }
        }

        PeerSnapshot finish() {
            return new PeerSnapshot(
                    publicKey,
                    presharedKey,
                    endpoint,
                    lastHandshakeSeconds,
                    lastHandshakeNanos,
                    rxBytes,
                    txBytes,
                    persistentKeepalive,
                    allowedIps);
        }

        private static long unsigned(Pair pair) throws UapiException {
            String text = pair.text();
            try {
                if (text.startsWith("+")) {
                    throw new NumberFormatException();
                }
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException e) {
                throw pair.invalid("not a 64-bit number: " + Pair.quote(text));
            }
        }
    }
}
