package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/** Zeros to encrypt as padding; never written to. */
final class ZeroBlock {
    static final int LENGTH = 2048;
    static final long ADDRESS = Memory.allocate(Arena.global(), LENGTH);

    private ZeroBlock() {}
}
