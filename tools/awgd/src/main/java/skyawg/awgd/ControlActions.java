package skyawg.awgd;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.datapath.forward.DropReason;
import skyawg.datapath.forward.Tunnel;
import skyawg.protocol.noise.Verdict;

/** What the daemon's control socket offers: see awgd-control(5). */
final class ControlActions {
    private final Daemon daemon;

    private ControlActions(Daemon daemon) {
        this.daemon = daemon;
    }

    static List<ControlAction> of(Daemon daemon) {
        ControlActions actions = new ControlActions(daemon);
        return List.of(
                new ControlAction("interface.add", List.of("name"), actions::add),
                new ControlAction("interface.remove", List.of("name"), actions::remove),
                new ControlAction("interface.list", List.of(), with -> Map.of("interfaces", daemon.names())),
                new ControlAction("interface.show", List.of("name"), actions::show));
    }

    private Map<String, Object> add(Map<String, String> with) throws ControlException {
        String name = name(with);
        try {
            Arguments.checkName(name);
            daemon.add(name);
            return Map.of();
        } catch (Arguments.UsageException e) {
            throw new ControlException(ControlException.BAD_REQUEST, String.valueOf(e.getMessage()), "");
        } catch (Daemon.EndingException e) {
            throw new ControlException(ControlException.ENDING, String.valueOf(e.getMessage()), "start a new one");
        } catch (Daemon.NameInUseException e) {
            throw new ControlException(
                    ControlException.NAME_IN_USE, String.valueOf(e.getMessage()), "'awg show " + name + "' shows it");
        } catch (IOException e) {
            throw new ControlException(ControlException.FAILED, String.valueOf(e.getMessage()), "");
        }
    }

    private Map<String, Object> remove(Map<String, String> with) throws ControlException {
        String name = name(with);
        find(name);
        daemon.remove(name);
        return Map.of();
    }

    private Map<String, Object> show(Map<String, String> with) throws ControlException {
        Tunnel tunnel = find(name(with));
        Map<String, Object> drops = new LinkedHashMap<>();
        for (DropReason reason : DropReason.values()) {
            drops.put(word(reason), tunnel.drops(reason));
        }
        Map<String, Object> handshakes = new LinkedHashMap<>();
        for (Verdict verdict : Verdict.values()) {
            handshakes.put(word(verdict), tunnel.verdicts(verdict));
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", tunnel.name());
        shown.put("drops", drops);
        shown.put("handshakes", handshakes);
        return shown;
    }

    private Tunnel find(String name) throws ControlException {
        Tunnel tunnel = daemon.find(name);
        if (tunnel == null) {
            throw new ControlException(
                    ControlException.UNKNOWN_INTERFACE,
                    "no interface '" + name + "'",
                    "\"do\": \"interface.list\" names all");
        }
        return tunnel;
    }

    private static String name(Map<String, String> with) {
        return with.getOrDefault("name", "");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
