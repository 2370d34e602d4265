package skyawg.protocol.obfuscation;

import java.util.List;

/** A run of signature packet tags that cannot be read. The message holds all that is wrong, parted by {@code "; "}. */
public final class SignatureSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    public SignatureSyntaxException(List<String> faults) {
        super(String.join("; ", faults));
    }
}
