package skyawg.protocol.crypto;

import static skyawg.protocol.crypto.Libcrypto.INT;
import static skyawg.protocol.crypto.Libcrypto.LONG;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import skyawg.protocol.wire.Memory;

/**
 * libcrypto's X25519 from its provider's table (provider-keymgmt(7), provider-keyexch(7)). A key object is made of the
 * private bytes, used once and freed, which zeroes it: that costs 0.3 us of 36, and the one lasting copy of a private
 * key stays where its owner put it.
 *
 * <p>Making a private key object would work out its public key, as costly as the multiplication itself, if none were
 * given; it is not used here, so the base point stands in for it.
 */
final class ProviderX25519 implements X25519Function {
    private static final String ALGORITHM = "X25519";
    private static final int LENGTH = 32;
    private static final int PRIVATE_AND_PUBLIC = 3;
    private static final int PUBLIC = 2;

    private static final MethodHandle NEW_KEY = Libcrypto.functionAt(key(1), LONG, LONG);
    private static final MethodHandle FREE_KEY = Libcrypto.procedureAt(key(10), LONG);
    private static final MethodHandle IMPORT = Libcrypto.functionAt(key(40), INT, LONG, INT, LONG);
    private static final MethodHandle NEW_EXCHANGE = Libcrypto.functionAt(exchange(1), LONG, LONG);
    private static final MethodHandle INIT = Libcrypto.functionAt(exchange(2), INT, LONG, LONG, LONG);
    private static final MethodHandle DERIVE = Libcrypto.functionAt(exchange(3), INT, LONG, LONG, LONG, LONG);
    private static final MethodHandle SET_PEER = Libcrypto.functionAt(exchange(4), INT, LONG, LONG);
    private static final MethodHandle FREE_EXCHANGE = Libcrypto.procedureAt(exchange(5), LONG);

    private static final long PRIVATE_NAME = Libcrypto.constant("priv");
    private static final long PUBLIC_NAME = Libcrypto.constant("pub");
    private static final long BASE_POINT = basePoint();

    private final ThreadLocal<Parameters> parameters = ThreadLocal.withInitial(Parameters::new);

    @Override
    public void multiply(long scalar, long point, long out) {
        Parameters mine = parameters.get();
        NativeParameters.point(mine.own, 0, scalar);
        NativeParameters.point(mine.peer, 0, point);
        long own = 0;
        long peer = 0;
        long exchange = 0;
        try {
            own = (long) NEW_KEY.invokeExact(ProviderTable.providerOwnContext());
            peer = (long) NEW_KEY.invokeExact(ProviderTable.providerOwnContext());
            exchange = (long) NEW_EXCHANGE.invokeExact(ProviderTable.providerOwnContext());
            if (own == 0 || peer == 0 || exchange == 0) {
                throw new OutOfMemoryError("libcrypto has no memory left for a key");
            }
            int ready = (int) IMPORT.invokeExact(own, PRIVATE_AND_PUBLIC, mine.own);
            ready &= (int) IMPORT.invokeExact(peer, PUBLIC, mine.peer);
            ready &= (int) INIT.invokeExact(exchange, own, 0L);
            ready &= (int) SET_PEER.invokeExact(exchange, peer);
            if (ready != 1) {
                throw new IllegalStateException("libcrypto refused an X25519 key");
            }
            // What is left to fail is the product itself, by being zero.
            if ((int) DERIVE.invokeExact(exchange, out, mine.written, (long) LENGTH) != 1) {
                Memory.fill(out, LENGTH, 0);
            }
        } catch (IllegalStateException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        } finally {
            free(exchange, own, peer);
        }
    }

    private static void free(long exchange, long own, long peer) {
        try {
            if (exchange != 0) {
                FREE_EXCHANGE.invokeExact(exchange);
            }
            if (own != 0) {
                FREE_KEY.invokeExact(own);
            }
            if (peer != 0) {
                FREE_KEY.invokeExact(peer);
            }
        } catch (Throwable e) {
            throw Libcrypto.unexpected(e);
        }
    }

    private static long basePoint() {
        long point = Memory.allocate(Arena.global(), LENGTH);
        Memory.putByte(point, 9);
        return point;
    }

    private static long key(int function) {
        return ProviderTable.function(ProviderTable.KEY_MANAGEMENT, ALGORITHM, function);
    }

    private static long exchange(int function) {
        return ProviderTable.function(ProviderTable.KEY_EXCHANGE, ALGORITHM, function);
    }

    /** One thread's arguments. */
    private static final class Parameters {
        private final Arena arena = Arena.ofAuto();
        private final long own = Memory.allocate(arena, 3 * NativeParameters.ENTRY_LENGTH);
        private final long peer = Memory.allocate(arena, 2 * NativeParameters.ENTRY_LENGTH);
        private final long written = Memory.allocate(arena, Long.BYTES);

        Parameters() {
            NativeParameters.octets(own, 0, PRIVATE_NAME, 0, LENGTH);
            NativeParameters.octets(own, 1, PUBLIC_NAME, BASE_POINT, LENGTH);
            NativeParameters.octets(peer, 0, PUBLIC_NAME, 0, LENGTH);
        }
    }
}
