package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.SeededEntropy;

/** Any text either is a range, as a separate grammar says too, or is refused with a message. */
final class RangeFuzzTest {
    private static final Pattern GRAMMAR = Pattern.compile("([0-9]+)(?:-([0-9]+))?");
    private static final String ALPHABET = "0123456789-- +x\t\u00e9\uff11";

    @Test
    void acceptsExactlyTheGrammar() {
        Campaign.run("range texts", 2_000_000, seed -> check(randomText(new SeededEntropy(seed))));
    }

    private static void check(String text) {
        String outcome = parseOrRefuse(text);
        String expected = expected(text);
        if (!outcome.equals(expected)) {
            assertThat(outcome).as(text).isEqualTo(expected);
        }
    }

    private static String parseOrRefuse(String text) {
        try {
            return UintRange.parse(text).toString();
        } catch (IllegalArgumentException e) {
            return e.getMessage() == null ? "no message" : "refused";
        }
    }

    private static String expected(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            return "refused";
        }
        BigInteger limit = BigInteger.TWO.pow(32);
        BigInteger low = new BigInteger(matcher.group(1));
        BigInteger high = matcher.group(2) == null ? low : new BigInteger(matcher.group(2));
        if (low.compareTo(high) > 0 || high.compareTo(limit) >= 0) {
            return "refused";
        }
        return low.equals(high) ? low.toString() : low + "-" + high;
    }

    private static String randomText(SeededEntropy entropy) {
        int length = (int) entropy.uniform(0, 24);
        // mostly digits, so that many texts are good
        boolean isClean = entropy.uniform(0, 1) == 0;
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt((int) entropy.uniform(0, isClean ? 10 : ALPHABET.length() - 1)));
        }
        return text.toString();
    }
}
