package skyawg.protocol.setup;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Hkdf;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.EpochSchedule;
import skyawg.protocol.wire.Memory;

/**
 * What both ends of a slot work out alike: the prologue of its handshake, the layer keys LF and LR, and the keys of the
 * LSP and of a new tunnel's epoch 0. One thread at a time; {@link #wipe} when done with a slot.
 *
 * <pre>
 *   prologue  "sky-lsp-1" | network id 16 | S 32 | bytes 144..863 of the area that the hop receives
 *   LF | LR   Expand(ck1, "sky-lsp-1 layer" | E | M, 64)
 *   data      Expand(ck2, "sky-lsp-1 data" | h2, 160)
 * </pre>
 *
 * <p>The prologue holds the rest of the area, so a bit flipped anywhere by an earlier hop stops the set-up at the next
 * honest one.
 */
final class Slot {
    /** E or F, the ephemeral key in the clear; behind it the sealed record. */
    static final int RECORD_OFFSET = DhKey.LENGTH;

    static final int SEALED_RECORD_LENGTH = Area.SLOT_LENGTH - RECORD_OFFSET;
    static final int NETWORK_ID_LENGTH = 16;

    private static final byte[] PROLOGUE_LABEL = ascii("sky-lsp-1");
    private static final byte[] LAYER_LABEL = ascii("sky-lsp-1 layer");
    private static final byte[] DATA_LABEL = ascii("sky-lsp-1 data");
    private static final int NODE_OFFSET = PROLOGUE_LABEL.length + NETWORK_ID_LENGTH;
    private static final int REST_OFFSET = NODE_OFFSET + DhKey.LENGTH;

    private final NoiseNk noise = new NoiseNk();
    private final Hkdf hkdf = new Hkdf();
    private final Arena arena = Arena.ofAuto();
    private final long material = Memory.allocate(arena, HopKeys.LENGTH);
    private final byte[] prologue = new byte[REST_OFFSET + Area.REST_LENGTH];
    private final byte[] layerInfo = new byte[LAYER_LABEL.length + 2 * DhKey.LENGTH];
    private final byte[] dataInfo = new byte[DATA_LABEL.length + NoiseNk.HASH_LENGTH];

    Slot(byte[] networkId) {
        if (networkId.length != NETWORK_ID_LENGTH) {
            throw new IllegalArgumentException("a network id has 16 bytes, not " + networkId.length);
        }
        System.arraycopy(PROLOGUE_LABEL, 0, prologue, 0, PROLOGUE_LABEL.length);
        System.arraycopy(networkId, 0, prologue, PROLOGUE_LABEL.length, NETWORK_ID_LENGTH);
        System.arraycopy(LAYER_LABEL, 0, layerInfo, 0, LAYER_LABEL.length);
        System.arraycopy(DATA_LABEL, 0, dataInfo, 0, DATA_LABEL.length);
    }

    NoiseNk noise() {
        return noise;
    }

    /**
     * Begins the transcript of a request slot.
     *
     * @param node the hop's key S
     * @param mediumTerm the hop's key M
     * @param area at {@code offset}, as the hop receives it: E at its begin, the rest in place
     */
    void beginTranscript(byte[] node, byte[] mediumTerm, byte[] area, int offset) {
        System.arraycopy(node, 0, prologue, NODE_OFFSET, DhKey.LENGTH);
        System.arraycopy(area, offset + Area.SLOT_LENGTH, prologue, REST_OFFSET, Area.REST_LENGTH);
        noise.beginTranscript(prologue, mediumTerm, area, offset);
    }

    /** After the first agreement: writes LF to one address and LR to the other. */
    void deriveLayers(byte[] ephemeral, int offset, byte[] mediumTerm, long forwardLayer, long reverseLayer) {
        System.arraycopy(ephemeral, offset, layerInfo, LAYER_LABEL.length, DhKey.LENGTH);
        System.arraycopy(mediumTerm, 0, layerInfo, LAYER_LABEL.length + DhKey.LENGTH, DhKey.LENGTH);
        hkdf.expand(noise.chainKey(), layerInfo, material, 2 * KeyVault.KEY_LENGTH);
        Memory.copyShort(material, forwardLayer, KeyVault.KEY_LENGTH);
        Memory.copyShort(material + KeyVault.KEY_LENGTH, reverseLayer, KeyVault.KEY_LENGTH);
        KeyVault.wipe(material, 2 * KeyVault.KEY_LENGTH);
    }

    /** After the reply was sealed or opened: the keys of the LSP. */
    HopKeys deriveHopKeys() {
        System.arraycopy(noise.hash(), 0, dataInfo, DATA_LABEL.length, NoiseNk.HASH_LENGTH);
        hkdf.expand(noise.chainKey(), dataInfo, material, HopKeys.LENGTH);
        HopKeys keys = new HopKeys(material);
        KeyVault.wipe(material, HopKeys.LENGTH);
        return keys;
    }

    /** After the reply was sealed or opened: the keys of epoch 0, when the request creates a tunnel. */
    @Nullable
    EpochKeys deriveEpoch0(Request request) {
        boolean isNewTunnel = request instanceof EgressRequest egress && !egress.isJoining();
        return isNewTunnel ? EpochSchedule.first(hkdf, noise.chainKey(), noise.hash()) : null;
    }

    void wipe() {
        noise.wipe();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
