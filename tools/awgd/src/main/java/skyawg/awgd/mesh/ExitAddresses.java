package skyawg.awgd.mesh;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/** Keeps the rules of the Internet service up to date: an exit never serves addresses of its own. Any thread. */
final class ExitAddresses {
    private final Machine machine;
    private final Consumer<ExitRules> rules;
    private Set<IpAddress> own = Set.of();
    /** Null while the service is not offered. */
    private @Nullable List<Cidr> allowed;

    /** Knows this machine's addresses. */
    @FunctionalInterface
    interface Machine {
        Set<IpAddress> addresses() throws IOException;
    }

    /** @param rules takes new ones */
    ExitAddresses(Machine machine, Consumer<ExitRules> rules) {
        this.machine = machine;
        this.rules = rules;
    }

    /**
     * The service is offered from now on.
     *
     * @param exitAllow destinations that it serves whatever else is said
     */
    synchronized ExitRules begin(List<Cidr> exitAllow) throws IOException {
        own = machine.addresses();
        allowed = exitAllow;
        return ExitRules.internet(exitAllow, own);
    }

    /** The addresses may be others now. */
    synchronized void refresh() throws IOException {
        if (allowed == null) {
            return;
        }
        Set<IpAddress> now = machine.addresses();
        if (!now.equals(own)) {
            own = now;
            rules.accept(ExitRules.internet(allowed, now));
        }
    }
}
