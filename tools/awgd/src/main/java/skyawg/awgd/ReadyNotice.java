package skyawg.awgd;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.UnixDatagram;
import skyawg.protocol.wire.Memory;

/** Tells systemd that the daemon is ready (sd_notify(3)), where it was started as a service of type notify. */
final class ReadyNotice {
    private static final String ENVIRONMENT = "NOTIFY_SOCKET";

    private ReadyNotice() {}

    static void send() {
        String socket = System.getenv(ENVIRONMENT);
        if (socket == null || socket.isEmpty()) {
            return;
        }
        byte[] message = "READY=1".getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            long text = Memory.allocate(arena, message.length);
            Memory.copy(message, 0, text, message.length);
            if (!UnixDatagram.send(arena, socket, text, message.length)) {
                System.getLogger(ReadyNotice.class.getName())
                        .log(System.Logger.Level.WARNING, "no word to the service manager: errno " + LibC.errno());
            }
        }
    }
}
