package skyawg.control.uapi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import skyawg.control.socket.LineReader;

/** The end of every reply: {@code errno=N}, with our daemons preceded by {@code error=why} when N is not 0. */
final class Reply {
    private @Nullable Integer errno;
    private @Nullable String reason;

    /** Reads the whole reply to a {@code set}. @throws UapiException what it says, or EPROTO when it says nothing */
    static void toSet(LineReader lines) throws UapiException, IOException {
        Reply reply = new Reply();
        while (lines.next() && lines.length() > 0) {
            reply.read(Pair.of(lines));
        }
        reply.check();
    }

    /** @return false when the line is none of the reply's end */
    boolean read(Pair pair) throws UapiException {
        switch (pair.key()) {
            case Key.ERRNO -> errno = number(pair);
            case Key.ERROR -> reason = pair.text();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @throws UapiException when the number is there and not 0, or is missing */
    void check() throws UapiException {
        if (errno == null) {
            throw new UapiException(Errno.EPROTO, reason == null ? "the reply has no errno" : reason);
        }
        if (errno != 0) {
            throw new UapiException(Math.abs(errno), reason);
        }
    }

    /** Daemons write it negative; kernel-style ones positive. */
    private static int number(Pair pair) throws UapiException {
        String text = pair.text();
        try {
            int number = Integer.parseInt(text);
            if (number != Integer.MIN_VALUE && !text.startsWith("+")) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw pair.invalid("not an error number: " + Pair.quote(text));
    }
}
