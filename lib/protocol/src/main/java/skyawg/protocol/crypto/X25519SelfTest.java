package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.HexFormat;
import skyawg.protocol.wire.Memory;

/** RFC 7748 §6.1, Alice's side, and a low-order point. */
final class X25519SelfTest {
    private static final byte[] SCALAR = bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    private static final byte[] PEER = bytes("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    private static final byte[] SHARED = bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    private X25519SelfTest() {}

    static boolean passes(X25519Function function) {
        try (Arena arena = Arena.ofConfined()) {
            long scalar = Memory.allocate(arena, 32);
            long point = Memory.allocate(arena, 32);
            long out = Memory.allocate(arena, 32);
            Memory.copy(SCALAR, 0, scalar, 32);
            Memory.putByte(scalar, Memory.getByte(scalar) & 0xf8);
            Memory.putByte(scalar + 31, (Memory.getByte(scalar + 31) & 0x7f) | 0x40);
            Memory.copy(PEER, 0, point, 32);
            function.multiply(scalar, point, out);
            byte[] shared = new byte[32];
            Memory.copy(out, shared, 0, 32);
            Memory.fill(point, 32, 0);
            function.multiply(scalar, point, out);
            return Arrays.equals(shared, SHARED) && KeyVault.isZero(out);
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
