package skyawg.control.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text on its way out, in UTF-8, collected and written in one go. A reader that has gone away is no error. */
public final class Output {
    private static final int FLUSH_LENGTH = 1 << 16;

    private final OutputStream stream;
    private final StringBuilder pending = new StringBuilder();

    public Output(OutputStream stream) {
        this.stream = stream;
    }

    public Output print(CharSequence text) {
        pending.append(text);
        if (pending.length() > FLUSH_LENGTH) {
            flush();
        }
        return this;
    }

    public Output line(CharSequence text) {
        return print(text).print("\n");
    }

    public void flush() {
        try {
            stream.write(pending.toString().getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            // A closed pipe: whoever read has seen enough.
        }
        pending.setLength(0);
    }
}
