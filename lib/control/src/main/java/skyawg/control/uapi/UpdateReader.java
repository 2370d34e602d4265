package skyawg.control.uapi;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.control.socket.LineReader;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;

/**
 * Reads the lines of a {@code set} up to the empty line (or the end of the stream). The whole request is read even when
 * a line is wrong, so that the connection can go on; the first fault is what is reported.
 */
final class UpdateReader {
    /** The text of 65 536 peers with two dozen prefixes each fits; what is longer is an attack or a mistake. */
    static final long REQUEST_LIMIT_BYTES = 128L << 20;

    private final LineReader lines;
    private Optional<Secret> privateKey = Optional.empty();
    private Optional<Integer> listenPort = Optional.empty();
    private Optional<Long> fwmark = Optional.empty();
    private boolean replacePeers;
    private final Map<Parameter, ParameterValue> parameters = new EnumMap<>(Parameter.class);
    private final List<PeerUpdate> peers = new ArrayList<>();
    private @Nullable PeerSection peer;

    private UpdateReader(LineReader lines) {
        this.lines = lines;
    }

    /**
     * @return the update, which the caller closes
     * @throws UapiException EPROTO for a line without {@code =}, EINVAL for an unknown key or a value that does not fit
     */
    static InterfaceUpdate read(LineReader lines) throws UapiException, IOException {
        return new UpdateReader(lines).read();
    }

    private InterfaceUpdate read() throws UapiException, IOException {
        UapiException fault = null;
        long bytes = 0;
        try {
            while (lines.next() && lines.length() > 0) {
                bytes += lines.length();
                if (bytes > REQUEST_LIMIT_BYTES) {
                    throw new IOException("request is longer than " + REQUEST_LIMIT_BYTES + " bytes");
                }
                if (fault == null) {
                    try {
                        readLine();
                    } catch (UapiException e) {
                        fault = e;
                    }
                }
            }
        } catch (IOException e) {
            finish().close();
            throw e;
        }
        InterfaceUpdate update = finish();
        if (fault != null) {
            update.close();
            throw fault;
        }
        return update;
    }

    private void readLine() throws UapiException {
        if (!lines.isTerminated()) {
            throw new UapiException(Errno.EPROTO, "request ends in the middle of a line");
        }
        Pair pair = Pair.of(lines);
        if (pair.key().equals(Key.PUBLIC_KEY)) {
            closePeer();
            peer = new PeerSection(publicKey(pair));
        } else if (peer != null) {
            peer.read(pair);
        } else {
            readDevice(pair);
        }
    }

    private void readDevice(Pair pair) throws UapiException {
        switch (pair.key()) {
            case Key.PRIVATE_KEY -> {
                privateKey.ifPresent(Secret::close);
                privateKey = Optional.of(pair.secret());
            }
            case Key.LISTEN_PORT ->
                listenPort =
                        Optional.of((int) ParameterText.number(pair, 0xffff).low());
            case Key.FWMARK ->
                fwmark = Optional.of(ParameterText.number(pair, UintRange.MAX).low());
            case Key.REPLACE_PEERS -> replacePeers = pair.flag();
            default -> {
                Parameter parameter = ParameterText.named(pair.key());
                if (parameter == null) {
                    throw pair.invalid("unknown key");
                }
                ParameterValue before = parameters.put(parameter, ParameterText.read(parameter, pair));
                if (before instanceof ParameterValue.Key(Secret secret)) {
                    secret.close();
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

    private InterfaceUpdate finish() {
        closePeer();
        return new InterfaceUpdate(privateKey, listenPort, fwmark, replacePeers, parameters, peers);
    }

    private static PublicKey publicKey(Pair pair) throws UapiException {
        String text = pair.text();
        try {
            return PublicKey.parseHex(text);
        } catch (IllegalArgumentException e) {
            throw pair.invalid("a key has 64 hex digits: " + Pair.quote(text));
        }
    }
}
