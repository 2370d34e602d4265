package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.obfuscation.GeneratedSettings.Version;
import skyawg.protocol.wire.Memory;

/**
 * Every message type under generated settings of every protocol version: lengths, offsets, masks and candidates as
 * {@link WireModel} predicts them.
 */
final class WireTableTest {
    private static final int ROOM = 8192;
    private static final int MTU = 1420;
    private static final int[] WINDOWS = {0, ObfuscationProfile.INITIAL_WINDOW, 1500, 4000};
    private static final Version[] VERSIONS = Version.values();

    private final OffHeap memory = new OffHeap();
    private final long datagram = memory.allocate(ROOM);
    private final long message = memory.allocate(ROOM);
    private final long keystream = memory.allocate(ObfuscationProfile.HEADER_KEYSTREAM_ROOM);

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void everyMessageLiesWhereTheModelSays() {
        Campaign.run("wire table settings", 500, this::checkSetting);
    }

    private void checkSetting(long seed) {
        SeededEntropy entropy = new SeededEntropy(seed);
        Version version = VERSIONS[(int) Long.remainderUnsigned(seed, VERSIONS.length)];
        ParameterSet set = GeneratedSettings.draw(version, entropy);
        WireModel model = new WireModel(set);
        try (CompiledProfile compiled = new CompiledProfile(set)) {
            ObfuscationProfile profile = compiled.profile;
            assertThat(profile.isPlain()).isEqualTo(version == Version.WIREGUARD);
            assertThat(profile.isHeaderProtected())
                    .isEqualTo(!set.headerProtectionKey().isZero());
            for (int window : WINDOWS) {
                checkHandshake(profile, model, MessageType.INITIATION, window, entropy);
                checkHandshake(profile, model, MessageType.RESPONSE, window, entropy);
                checkHandshake(profile, model, MessageType.COOKIE_REPLY, window, entropy);
                checkTransport(profile, model, window, entropy);
            }
            checkRandomDatagrams(profile, model, entropy);
            checkDecoys(profile, set, entropy);
        }
    }

    private void checkHandshake(
            ObfuscationProfile profile, WireModel model, MessageType type, int window, SeededEntropy entropy) {
        byte[] sent = new byte[WireModel.size(type)];
        entropy.fill(sent);
        Memory.copy(sent, 0, message, sent.length);
        Memory.putIntLe(message, profile.drawTypeWord(type, entropy));
        sent = OffHeap.get(message, sent.length);
        assertThat(model.words(type).contains(Memory.getIntLe(message) & 0xffff_ffffL))
                .isTrue();

        int length = profile.dressHandshake(type, message, datagram, window, entropy);
        byte[] dressed = OffHeap.get(datagram, length);
        assertThat(length)
                .isBetween(model.offset(type) + WireModel.size(type), model.longest(type, window))
                .isLessThanOrEqualTo(Math.max(window, profile.padding(type)) + ObfuscationProfile.DRESSING_ROOM);
        assertThat(model.message(type, dressed, sent.length, sent.length)).isEqualTo(sent);
        assertThat(candidates(profile, length)).isEqualTo(model.candidates(dressed));
        assertThat(type.isIn(model.candidates(dressed))).isTrue();

        profile.unmask(type, datagram, message);
        assertThat(OffHeap.get(message, sent.length)).isEqualTo(sent);
        assertPaddingIsFresh(profile, model, type, dressed, entropy);
    }

    private void assertPaddingIsFresh(
            ObfuscationProfile profile, WireModel model, MessageType type, byte[] dressed, SeededEntropy entropy) {
        if (model.offset(type) >= 8) {
            profile.dressHandshake(type, message, datagram, 0, entropy);
            assertThat(OffHeap.get(datagram, model.offset(type)))
                    .isNotEqualTo(Arrays.copyOf(dressed, model.offset(type)));
        }
    }

    private void checkTransport(ObfuscationProfile profile, WireModel model, int window, SeededEntropy entropy) {
        int innerLength = (int) entropy.uniform(0, MTU);
        int zeros = profile.contentPadding(innerLength, MTU, window, entropy);
        assertThat(model.contentPadding(innerLength, MTU, window).contains(zeros))
                .as("%d zeros behind %d bytes", zeros, innerLength)
                .isTrue();

        int padding = model.offset(MessageType.TRANSPORT);
        byte[] sent = new byte[32 + innerLength + zeros];
        entropy.fill(sent);
        Memory.copy(sent, 0, datagram + padding, sent.length);
        Memory.putIntLe(datagram + padding, profile.drawTypeWord(MessageType.TRANSPORT, entropy));
        sent = OffHeap.get(datagram + padding, sent.length);
        profile.writeTransportPadding(datagram, entropy);
        int length = padding + sent.length;
        mask(profile);
        byte[] dressed = OffHeap.get(datagram, length);
        assertThat(model.message(MessageType.TRANSPORT, dressed, sent.length, 16))
                .isEqualTo(sent);
        assertThat(candidates(profile, length)).isEqualTo(model.candidates(dressed));
        assertThat(MessageType.TRANSPORT.isIn(model.candidates(dressed))).isTrue();
        mask(profile);
        assertThat(OffHeap.get(datagram + padding, sent.length)).isEqualTo(sent);
    }

    private void mask(ObfuscationProfile profile) {
        if (profile.isHeaderProtected()) {
            profile.headerKeystream(datagram, keystream);
            profile.maskTransportHeader(datagram, keystream);
        }
    }

    private void checkRandomDatagrams(ObfuscationProfile profile, WireModel model, SeededEntropy entropy) {
        for (int i = 0; i < 10; i++) {
            byte[] bytes = new byte[(int) entropy.uniform(0, 400)];
            entropy.fill(bytes);
            Memory.copy(bytes, 0, datagram, bytes.length);
            assertThat(candidates(profile, bytes.length)).isEqualTo(model.candidates(bytes));
        }
    }

    private void checkDecoys(ObfuscationProfile profile, ParameterSet set, SeededEntropy entropy) {
        int[] lengths = new int[profile.decoyCount()];
        assertThat(profile.maxDecoyBytes()).isLessThan(2 * ROOM);
        long to = memory.allocate(profile.maxDecoyBytes());
        int written = profile.writeDecoys(to, lengths, 0, entropy);
        assertThat(Arrays.stream(lengths).sum()).isEqualTo(written).isLessThanOrEqualTo(profile.maxDecoyBytes());
        int junkFrom = lengths.length - set.number(Parameter.JC);
        int jmin = set.number(Parameter.JMIN);
        int jmax = set.number(Parameter.JMAX);
        for (int i = junkFrom; i < lengths.length; i++) {
            assertThat(lengths[i]).isBetween(jmin, Math.max(jmin, jmax - 1));
        }
    }

    private int candidates(ObfuscationProfile profile, int length) {
        if (profile.isHeaderProtected() && length >= 12) {
            profile.headerKeystream(datagram, keystream);
        }
        return profile.candidates(datagram, length, keystream);
    }
}
