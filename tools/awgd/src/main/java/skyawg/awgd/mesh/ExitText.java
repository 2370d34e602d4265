package skyawg.awgd.mesh;

import skyawg.control.mesh.ExitService;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PrefixSet;
import skyawg.protocol.names.SpecialAddresses;

/** What an exit does with packets to an address, as far as it can be known here. */
final class ExitText {
    private static final PrefixSet UNICAST = PrefixSet.of(SpecialAddresses.UNICAST);
    private static final PrefixSet RESERVED = PrefixSet.of(SpecialAddresses.RESERVED);
    private static final PrefixSet PRIVATE = PrefixSet.of(SpecialAddresses.PRIVATE);
    private static final PrefixSet YGGDRASIL = PrefixSet.of(SpecialAddresses.YGGDRASIL);

    private ExitText() {}

    static String of(ExitService exit, IpAddress to) {
        return switch (exit.role()) {
            case INTERNET ->
                isGlobal(to)
                        ? "the exit service internet serves " + to
                        : "the exit service internet serves global addresses, and " + to
                                + " is none: the exit drops the packet unless its ExitAllow names it";
            case YGG ->
                YGGDRASIL.contains(to)
                        ? "the exit service ygg serves " + to
                        : "the exit service ygg serves 200::/7 alone: the exit drops the packet";
            default -> "whether " + to + " belongs to the exit service " + exit + " is known to the exit alone";
        };
    }

    private static boolean isGlobal(IpAddress to) {
        return UNICAST.contains(to) && !RESERVED.contains(to) && !PRIVATE.contains(to);
    }
}
