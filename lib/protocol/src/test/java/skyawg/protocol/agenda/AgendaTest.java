package skyawg.protocol.agenda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AgendaTest {
    private static final class Entry extends Agenda.Entry {}

    private final Agenda<Entry> agenda = new Agenda<>();

    /** Against a plain list, with times around where a long wraps. */
    @Test
    void theEarliestIsFirstWhateverCameMovedAndWent() {
        Random random = new Random(4);
        List<Entry> present = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int act = random.nextInt(4);
            if (act < 2 || present.isEmpty()) {
                Entry entry = act == 0 || present.isEmpty() ? new Entry() : any(present, random);
                agenda.put(entry, Long.MAX_VALUE - 5000 + random.nextInt(10_000));
                if (!present.contains(entry)) {
                    present.add(entry);
                }
            } else if (present.size() > 40 || act == 2) {
                Entry entry = any(present, random);
                agenda.remove(entry);
                agenda.remove(entry);
                present.remove(entry);
            }
            Entry first = agenda.first();
            if (present.isEmpty()) {
                assertThat(first).isNull();
            } else {
                Comparator<Entry> byTime = Comparator.comparingLong(entry -> entry.dueNanos() - Long.MAX_VALUE);
                assertThat(present).contains(first);
                assertThat(requireNonNull(first).dueNanos())
                        .isEqualTo(present.stream().min(byTime).orElseThrow().dueNanos());
            }
        }
    }

    private static Entry any(List<Entry> present, Random random) {
        return present.get(random.nextInt(present.size()));
    }
}
