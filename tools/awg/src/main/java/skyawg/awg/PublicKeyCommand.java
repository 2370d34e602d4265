package skyawg.awg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Secret;

/** {@code awg pubkey}: a private key in, its public key out. */
final class PublicKeyCommand {
    private final CommandIo io;

    PublicKeyCommand(CommandIo io) {
        this.io = io;
    }

    int run(String[] words) {
        if (words.length != 0) {
            io.complain("Usage: awg pubkey");
            return ExitStatus.FAILED;
        }
        byte[] text = new byte[KeyFile.TEXT_LENGTH];
        try {
            if (io.in().readNBytes(text, 0, text.length) != text.length) {
                return fail("awg: Key is not the correct length or format");
            }
            int b = io.in().read();
            while (b == 0 || b == ' ' || (b >= '\t' && b <= '\r')) {
                b = io.in().read();
            }
            if (b >= 0) {
                return fail("awg: Trailing characters found after key");
            }
            try (Secret key = Secret.parseBase64(new String(text, StandardCharsets.ISO_8859_1))) {
                io.out().line(X25519Keys.publicKey(key).toBase64());
            }
            return ExitStatus.OK;
        } catch (IllegalArgumentException | IOException e) {
            return fail("awg: Key is not the correct length or format");
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private int fail(String message) {
        io.complain(message);
        return ExitStatus.FAILED;
    }
}
