package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

/**
 * Texts made from the tag grammar and then damaged: each is read or refused with a message, never anything else, and
 * what is read writes as many bytes as it says.
 */
final class SignatureFuzzTest {
    private static final String[] NAMES = {"b", "r", "rc", "rd", "t", "c", "d", "ds", "dz", "wt", "R", "", "b0x00"};
    private static final String[] SPACES = {"", " ", "\t", "  ", "\u00a0", "\r"};
    private static final String NOISE = "<>< >0xX1fF-+\u0000\u00e9\ud83d";

    @Test
    void readsOrRefusesAnything() {
        try (OffHeap memory = new OffHeap()) {
            long to = memory.allocate(SignaturePacket.MAX_LENGTH);
            Campaign.run("signature packet texts", 2_000_000, seed -> {
                SeededEntropy entropy = new SeededEntropy(seed);
                String text = randomText(entropy);
                check(text, to, entropy);
            });
        }
    }

    private static void check(String text, long to, SeededEntropy entropy) {
        try {
            SignaturePacket packet = SignaturePacket.parse(text);
            boolean isAbsent = text.indexOf('<') < 0;
            if (packet.isAbsent() != isAbsent || packet.length() > SignaturePacket.MAX_LENGTH) {
                throw new AssertionError("wrongly read: " + text);
            }
            assertThat(packet.write(to, seconds(entropy), 1, entropy)).isEqualTo(packet.length());
            if (packet.length() > 0) {
                packet.fixedByte(packet.length() - 1);
            }
        } catch (SignatureSyntaxException e) {
            if (e.getMessage() == null
                    || e.getMessage().isEmpty()
                    || e.getMessage().length() > 2000) {
                throw new AssertionError("wrongly refused: " + text, e);
            }
        }
    }

    private static long seconds(SeededEntropy entropy) {
        return entropy.nextLong();
    }

    private static String randomText(SeededEntropy entropy) {
        StringBuilder text = new StringBuilder();
        int tags = (int) entropy.uniform(0, 5);
        for (int i = 0; i < tags; i++) {
            text.append('<').append(pick(SPACES, entropy));
            text.append(NAMES[(int) entropy.uniform(0, entropy.uniform(0, 3) == 0 ? NAMES.length - 1 : 8)]);
            text.append(entropy.uniform(0, 9) == 0 ? pick(SPACES, entropy) : " ");
            text.append(argument(entropy)).append(pick(SPACES, entropy)).append('>');
        }
        int damages = Math.max(0, (int) entropy.uniform(-3, 3));
        for (int i = 0; i < damages; i++) {
            damage(text, entropy);
        }
        return text.toString();
    }

    private static String argument(SeededEntropy entropy) {
        return switch ((int) entropy.uniform(0, 7)) {
            case 0 -> "";
            case 1 -> "0x" + Long.toHexString(entropy.nextLong());
            case 2 -> Long.toHexString(entropy.nextLong());
            case 3 -> Long.toString(entropy.nextLong());
            case 4 -> "-" + entropy.uniform(0, 3);
            case 5 -> Long.toString(entropy.uniform(0, 2000));
            default -> Long.toString(entropy.uniform(0, 40));
        };
    }

    private static void damage(StringBuilder text, SeededEntropy entropy) {
        int at = (int) entropy.uniform(0, text.length());
        char noise = NOISE.charAt((int) entropy.uniform(0, NOISE.length() - 1));
        if (at == text.length() || entropy.uniform(0, 1) == 0) {
            text.insert(at, noise);
        } else if (entropy.uniform(0, 1) == 0) {
            text.setCharAt(at, noise);
        } else {
            text.deleteCharAt(at);
        }
    }

    private static String pick(String[] words, SeededEntropy entropy) {
        return words[(int) entropy.uniform(0, words.length - 1)];
    }
}
