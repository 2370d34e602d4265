package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import skyawg.protocol.wire.Memory;

/**
 * OpenSSL's libcrypto by the foreign-function API: finding it, starting it, its functions as method handles. Pointers
 * are plain longs. What is bound here never blocks and never calls back, so every call is a critical one: the thread
 * stays in Java's eyes and the call costs a few nanoseconds.
 */
@SuppressWarnings("restricted") // native access is this class's business
final class Libcrypto {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** The application's order: 3 has the provider table; 1.1 is still on old hosts. */
    private static final String[] NAMES = {"libcrypto.so.3", "libcrypto.so.1.1"};

    /** No handler at exit, since packet threads may still be in a cipher then; no configuration file. */
    private static final long START_OPTIONS = 0x0008_0000L | 0x0000_0080L;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Optional<SymbolLookup> LIBRARY = open();

    private Libcrypto() {}

    static boolean isThere() {
        return LIBRARY.isPresent();
    }

    static boolean has(String name) {
        return LIBRARY.isPresent() && LIBRARY.get().find(name).isPresent();
    }

    /** @throws IllegalStateException when the library or the function is not there */
    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return bind(address(name), FunctionDescriptor.of(result, arguments));
    }

    /** @throws IllegalStateException when the library or the function is not there */
    static MethodHandle procedure(String name, MemoryLayout... arguments) {
        return bind(address(name), FunctionDescriptor.ofVoid(arguments));
    }

    static MethodHandle functionAt(long address, MemoryLayout result, MemoryLayout... arguments) {
        return bind(MemorySegment.ofAddress(address), FunctionDescriptor.of(result, arguments));
    }

    static MethodHandle procedureAt(long address, MemoryLayout... arguments) {
        return bind(MemorySegment.ofAddress(address), FunctionDescriptor.ofVoid(arguments));
    }

    /** A zero-terminated string that is never freed. */
    static long constant(String text) {
        return Arena.global().allocateFrom(text).address();
    }

    /** Reads a zero-terminated string. */
    static String string(long address) {
        return Memory.ALL.getString(address);
    }

    /** For the {@code catch} that a method handle's invocation needs: a downcall itself throws nothing. */
    static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a call of libcrypto threw", thrown);
    }

    private static MethodHandle bind(MemorySegment address, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(address, descriptor, Linker.Option.critical(false));
    }

    private static MemorySegment address(String name) {
        return LIBRARY.orElseThrow(() -> new IllegalStateException("libcrypto is not installed"))
                .find(name)
                .orElseThrow(() -> new IllegalStateException("libcrypto has no " + name));
    }

    private static Optional<SymbolLookup> open() {
        for (String name : NAMES) {
            Optional<SymbolLookup> library = open(name);
            if (library.isPresent()) {
                return library;
            }
        }
        return Optional.empty();
    }

    private static Optional<SymbolLookup> open(String name) {
        try {
            SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
            start(library);
            return Optional.of(library);
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }

    private static void start(SymbolLookup library) {
        MemorySegment start = library.find("OPENSSL_init_crypto")
                .orElseThrow(() -> new IllegalArgumentException("libcrypto has no OPENSSL_init_crypto"));
        MethodHandle handle = LINKER.downcallHandle(start, FunctionDescriptor.of(INT, LONG, LONG));
        try {
            int started = (int) handle.invokeExact(START_OPTIONS, 0L);
            if (started != 1) {
                throw new IllegalArgumentException("libcrypto did not start");
            }
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
