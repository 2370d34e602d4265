package skyawg.awgd;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import skyawg.datapath.sys.LibC;
import skyawg.protocol.wire.Memory;

/**
 * One line for whoever started a daemon in the background and waits: nothing when all is well, else what went wrong.
 * The descriptor is closed then, which ends the waiting.
 */
record Report(int descriptor) {
    private static final int NONE = -1;

    static Report none() {
        return new Report(NONE);
    }

    /** The interface is there and its socket answers. */
    void ready() {
        if (descriptor != NONE) {
            say("ready");
        }
    }

    void failed(String message) {
        if (descriptor == NONE) {
            System.err.println("awgd: " + message);
        } else {
            say(message);
        }
    }

    private void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            long text = Memory.allocate(arena, bytes.length);
            Memory.copy(bytes, 0, text, bytes.length);
            LibC.write(descriptor, text, bytes.length);
        }
        LibC.close(descriptor);
    }
}
