package skyawg.protocol.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;
import skyawg.protocol.wire.Memory;

/** Bouncy Castle's X25519, where libcrypto is not. It works on the heap: the arrays are zeroed after each use. */
final class BouncyX25519 implements X25519Function {
    private static final int LENGTH = X25519.POINT_SIZE;

    private final ThreadLocal<byte[][]> arrays = ThreadLocal.withInitial(() -> new byte[3][LENGTH]);

    @Override
    public void multiply(long scalar, long point, long out) {
        byte[][] mine = arrays.get();
        Memory.copy(scalar, mine[0], 0, LENGTH);
        Memory.copy(point, mine[1], 0, LENGTH);
        X25519.scalarMult(mine[0], 0, mine[1], 0, mine[2], 0);
        Memory.copy(mine[2], 0, out, LENGTH);
        Arrays.fill(mine[0], (byte) 0);
        Arrays.fill(mine[2], (byte) 0);
    }
}
