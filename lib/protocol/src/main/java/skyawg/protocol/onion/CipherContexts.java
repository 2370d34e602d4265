package skyawg.protocol.onion;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.BlockPermutation;
import skyawg.protocol.crypto.RawCiphers;
import skyawg.protocol.crypto.Rfc8439Aead;
import skyawg.protocol.crypto.StreamCipher;

/** Makes the keyed contexts of one place in an LSP, and gives all of them back together, the key copies zeroed. */
final class CipherContexts implements AutoCloseable {
    private final RawCiphers layers = RawCiphers.best();
    private final Aeads aeads = Aeads.best();
    private final List<Runnable> closings = new ArrayList<>();

    StreamCipher stream(long key) {
        StreamCipher made = layers.stream(key);
        closings.add(made::close);
        return made;
    }

    BlockPermutation permutation(long key) {
        BlockPermutation made = layers.permutation(key);
        closings.add(made::close);
        return made;
    }

    BlockPermutation inversePermutation(long key) {
        BlockPermutation made = layers.inversePermutation(key);
        closings.add(made::close);
        return made;
    }

    Rfc8439Aead aead(long key) {
        Rfc8439Aead made = aeads.create(key);
        closings.add(made::close);
        return made;
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }
}
