package skyawg.protocol.mpls;

import java.util.ArrayList;
import java.util.List;

/** The rules of an FTN, each family compiled for lookup. Never changes. */
final class FtnTable<S, T> {
    private final List<FtnRule<S, T>> rules;
    private final FtnPrefixes<S, T> v4;
    private final FtnPrefixes<S, T> v6;

    FtnTable(List<FtnRule<S, T>> rules) {
        this.rules = List.copyOf(rules);
        v4 = new FtnPrefixes<>(family(false));
        v6 = new FtnPrefixes<>(family(true));
    }

    List<FtnRule<S, T>> rules() {
        return rules;
    }

    FtnPrefixes<S, T> v4() {
        return v4;
    }

    FtnPrefixes<S, T> v6() {
        return v6;
    }

    private List<FtnRule<S, T>> family(boolean isV6) {
        List<FtnRule<S, T>> of = new ArrayList<>();
        for (FtnRule<S, T> rule : rules) {
            if (rule.destination().address().isV6() == isV6) {
                of.add(rule);
            }
        }
        return of;
    }
}
