package skyawg.protocol.obfuscation;

import skyawg.protocol.crypto.KeyVault;

/** A profile with its header protection key, for one test. */
final class CompiledProfile implements AutoCloseable {
    final ObfuscationProfile profile;
    private final long key;

    CompiledProfile(ParameterSet set) {
        key = set.headerProtectionKey().isZero() ? 0 : KeyVault.store(set.headerProtectionKey());
        profile = ObfuscationProfile.compile(set, key);
    }

    @Override
    public void close() {
        if (key != 0) {
            KeyVault.release(key);
        }
    }
}
