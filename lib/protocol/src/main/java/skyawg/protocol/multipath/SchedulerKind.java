package skyawg.protocol.multipath;

import java.util.Locale;
import java.util.Optional;

/** The schedulers by name. */
public enum SchedulerKind {
    ECF,
    WEIGHTED,
    FLOW,
    DUPLICATE;

    /** A scheduler for one tunnel and direction. */
    public Scheduler make() {
        return switch (this) {
            case ECF -> new EcfScheduler();
            case WEIGHTED -> new WeightedScheduler();
            case FLOW -> new FlowScheduler();
            case DUPLICATE -> new DuplicateScheduler();
        };
    }

    /** As people write it: {@code ecf}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SchedulerKind> parse(String text) {
        for (SchedulerKind kind : values()) {
            if (kind.text().equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
