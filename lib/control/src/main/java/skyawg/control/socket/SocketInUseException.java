package skyawg.control.socket;

import java.io.IOException;
import java.nio.file.Path;

/** Another process listens on the socket. */
public final class SocketInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public SocketInUseException(Path path) {
        super(path + ": unix socket in use");
    }
}
