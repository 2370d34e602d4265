package skyawg.awg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Secret;

/** {@code awg genkey} and {@code awg genpsk}. */
final class GenerateKeyCommand {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

    private final CommandIo io;
    private final String subcommand;

    GenerateKeyCommand(CommandIo io, String subcommand) {
        this.io = io;
        this.subcommand = subcommand;
    }

    int run(String[] words) {
        if (words.length != 0) {
            io.complain("Usage: awg " + subcommand);
            return ExitStatus.FAILED;
        }
        if (isWorldAccessible(STANDARD_OUTPUT)) {
            io.complain("Warning: writing to world accessible file.");
            io.complain("Consider setting the umask to 077 and trying again.");
        }
        try (Secret key = subcommand.equals("genkey") ? X25519Keys.generate() : X25519Keys.generatePresharedKey()) {
            io.out().line(key.revealBase64());
        }
        return ExitStatus.OK;
    }

    static boolean isWorldAccessible(Path file) {
        if (!file.toFile().isFile()) {
            return false;
        }
        try {
            for (PosixFilePermission permission :
                    Files.readAttributes(file, PosixFileAttributes.class).permissions()) {
                switch (permission) {
                    case OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE -> {
                        return true;
                    }
                    default -> {
                        // The owner's and the group's affair.
                    }
                }
            }
        } catch (IOException e) {
            // Not to be found out: no reason to warn.
        }
        return false;
    }
}
