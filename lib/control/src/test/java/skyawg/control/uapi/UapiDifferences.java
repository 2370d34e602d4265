package skyawg.control.uapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skyawg.control.uapi.UapiTranscripts.Step;

/** Where our answers differ from amneziawg-go's on purpose. Every name here must be one of a recorded dialogue. */
final class UapiDifferences {
    private static final String FRESH = "h1=1\nh2=2\nh3=3\nh4=4\nrandom_trailers=0\ndisable_cookies=0\nerrno=0\n\n";
    private static final String REFUSED = "errno=-22\n\n";
    private static final String DONE = "errno=0\n\n";

    /** A refused set changes nothing. The reference keeps what stood before the bad line. */
    static final Set<String> WHOLE_OR_NOT_AT_ALL = Set.of(
            "unknown-peer-key",
            "device-key-after-peer",
            "peer-bad-psk",
            "peer-endpoint-host",
            "peer-endpoint-noport",
            "peer-endpoint-v6-nobracket",
            "peer-keepalive-off",
            "peer-keepalive-neg",
            "peer-aip-nocidr",
            "peer-aip-33",
            "peer-aip-zone",
            "peer-aip-bad",
            "peer-replace-aips-false",
            "peer-proto-2",
            "peer-remove-false",
            "peer-update-only-false",
            "peer-awg",
            "partial-apply",
            "merge-fail-overlap",
            "hpk-fail-keeps-h");

    /** Values that cannot work, or do not fit their field, are refused with a reason. */
    static final Map<String, String> REFUSED_VALUES = Map.of(
            "dev-jc-max", "more decoys than anyone sends",
            "dev-s1-65535", "the initiation would pass the largest datagram",
            "dev-i1-r-neg", "a negative length crashes the reference later",
            "dev-cpa-big", "above 65535",
            "peer-keepalive-big", "above 65535");

    private UapiDifferences() {}

    static List<Step> apply(String name, List<Step> recorded) {
        List<Step> steps = new ArrayList<>(recorded);
        if (WHOLE_OR_NOT_AT_ALL.contains(name)) {
            steps.set(1, new Step(recorded.get(1).request(), FRESH));
        }
        if (REFUSED_VALUES.containsKey(name)) {
            steps.set(0, new Step(recorded.get(0).request(), REFUSED));
            steps.set(1, new Step(recorded.get(1).request(), FRESH));
        }
        if (name.equals("dev-i1-unknown-tag")) {
            // <c>, the kernel module's counter: taken, so that a configuration made for the module works.
            steps.set(0, new Step(recorded.get(0).request(), DONE));
            steps.set(1, new Step(recorded.get(1).request(), FRESH.replace("h4=4\n", "h4=4\ni1=<c>\n")));
        }
        return steps;
    }
}
