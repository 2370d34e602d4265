package skyawg.awgquick;

import java.io.IOException;
import java.io.OutputStream;
import skyawg.awgquick.conf.QuickConfig;
import skyawg.awgquick.exec.FailureException;

/** Prints the lines that {@code awg setconf} understands, and an empty one. */
final class Strip {
    private Strip() {}

    static void run(QuickConfig config, OutputStream out) throws FailureException {
        try {
            out.write(config.rest().bytes());
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw FailureException.because("standard output cannot be written: " + e.getMessage());
        }
    }
}
