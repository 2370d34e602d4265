package skyawg.control.uapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Damages text as people, programs and attackers do. */
public final class Mutator {
    private static final String[] SPLINTERS = {
        "=",
        "\n",
        "\n\n",
        "\r\n",
        "-",
        ",",
        "/",
        ":",
        "[",
        "]",
        "%",
        "<",
        ">",
        "0x",
        "#",
        " ",
        "\t",
        "\0",
        "-1",
        "+1",
        "4294967295",
        "4294967296",
        "18446744073709551616",
        "99999999999999999999999999",
        "true",
        "off",
        "on",
        "(null)",
        "\u00e9",
        "\ufeff",
        "\ud83d\ude00",
        "public_key=",
        "[Peer]",
        "[Interface]",
        "allowed_ip=",
        "errno=",
        "::",
        "256"
    };

    private final Random random;

    public Mutator(Random random) {
        this.random = random;
    }

    /** One to four faults. */
    public byte[] damage(byte[] text) {
        byte[] damaged = text.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            damaged = damageOnce(damaged);
        }
        return damaged;
    }

    private byte[] damageOnce(byte[] text) {
        if (text.length == 0) {
            return splinter();
        }
        int from = random.nextInt(text.length);
        int length = Math.min(text.length - from, 1 + random.nextInt(20));
        return switch (random.nextInt(6)) {
            case 0 -> {
                byte[] flipped = text.clone();
                flipped[from] = (byte) random.nextInt(256);
                yield flipped;
            }
            case 1 -> replace(text, from, length, new byte[0]);
            case 2 -> replace(text, from, 0, splinter());
            case 3 -> replace(text, from, length, splinter());
            case 4 -> replace(text, from, 0, Arrays.copyOfRange(text, from, from + length));
            default -> Arrays.copyOf(text, from);
        };
    }

    private byte[] splinter() {
        return SPLINTERS[random.nextInt(SPLINTERS.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replace(byte[] text, int from, int length, byte[] with) {
        byte[] result = new byte[text.length - length + with.length];
        System.arraycopy(text, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(text, from + length, result, from + with.length, text.length - from - length);
        return result;
    }
}
