package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.mesh.KeptKey;
import skyawg.control.mesh.MeshConfig;
import skyawg.control.mesh.MeshConfigException;
import skyawg.control.mesh.MeshConfigReader;
import skyawg.control.mesh.NodeOffer;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Secret;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.MeshName;

/** What the daemon's control socket offers about the mesh: see awgd-control(5). */
public final class MeshActions {
    /** What an answer takes to leave, before the daemon may end. */
    private static final long ANSWER_NANOS = 200_000_000L;

    private static final List<String> OFFER_FIELDS =
            List.of("offer", "address", "listenport", "capacity", "family", "dial", "clients", "exitallow");

    private final MeshService service;
    private final Runnable whenLeft;

    private MeshActions(MeshService service, Runnable whenLeft) {
        this.service = service;
        this.whenLeft = whenLeft;
    }

    /** @param whenLeft told when the node has left its mesh, and the answer will soon be sent */
    public static List<ControlAction> of(MeshService service, Runnable whenLeft) {
        MeshActions actions = new MeshActions(service, whenLeft);
        List<String> joinFields = new ArrayList<>(OFFER_FIELDS);
        joinFields.addAll(List.of("secret", "records"));
        List<ControlAction> all = new ArrayList<>(List.of(
                new ControlAction("mesh.join", List.of("name"), joinFields, actions::join),
                new ControlAction("mesh.reload", List.of(), with -> actions.reload()),
                new ControlAction("mesh.leave", List.of(), with -> actions.leave()),
                new ControlAction("mesh.show", List.of(), with -> actions.show()),
                new ControlAction("visor.info", List.of(), with -> actions.visor()),
                new ControlAction("lfib.show", List.of(), with -> actions.labels())));
        all.addAll(LinkActions.of(service));
        all.addAll(RecordActions.of(service));
        all.addAll(TunnelActions.of(service));
        all.addAll(PathActions.of(service));
        all.addAll(ExplainActions.of(service));
        all.addAll(FtnActions.of(service));
        all.addAll(LabelActions.of(service));
        return all;
    }

    private Map<String, Object> join(Map<String, String> with) throws ControlException {
        MeshConfig config = read(with);
        service.join(config);
        return visor();
    }

    /** The fields as the file would have them: one reader, and the same words when something is wrong. */
    private static MeshConfig read(Map<String, String> with) throws ControlException {
        List<AddressedRecord> records = RequestFields.records(with.getOrDefault("records", ""));
        try (Secret fresh = X25519Keys.generate()) {
            StringBuilder text = new StringBuilder("[Mesh]\n");
            for (String field : OFFER_FIELDS) {
                if (with.containsKey(field)) {
                    text.append(field)
                            .append(" = ")
                            .append(oneLine(with.get(field)))
                            .append('\n');
                }
            }
            MeshName name = new MeshName(String.valueOf(with.get("name")));
            text.append("Name = ").append(name.text()).append("\nPrivateKey = ").append(fresh.revealBase64());
            try (MeshConfig described = MeshConfigReader.read(text.toString(), "mesh join", file -> "")) {
                return new MeshConfig(
                        name,
                        secret(with),
                        KeptKey.inline(fresh.copy()),
                        described.offer(),
                        records,
                        List.of(),
                        List.of(),
                        described.edges(),
                        List.of(),
                        List.of());
            }
        } catch (MeshConfigException e) {
            throw RequestFields.badRequest(e.text());
        } catch (IllegalArgumentException e) {
            throw RequestFields.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static String oneLine(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('#') >= 0) {
            throw new IllegalArgumentException("a value has no line end and no '#'");
        }
        return text;
    }

    private static Optional<KeptKey> secret(Map<String, String> with) {
        String text = with.getOrDefault("secret", "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(KeptKey.inline(Secret.parseBase64(text)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the secret of a mesh is 32 random bytes in base64, as 'awg genpsk' prints them", e);
        }
    }

    private Map<String, Object> reload() throws ControlException {
        service.reload();
        return visor();
    }

    private Map<String, Object> leave() throws ControlException {
        String aside = service.leave().toString();
        Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(ANSWER_NANOS);
            whenLeft.run();
        });
        return Map.of("kept_as", aside);
    }

    private Map<String, Object> show() throws ControlException {
        MeshConfig config = service.config();
        NodeOffer offer = config.offer();
        Map<String, Object> shown = new LinkedHashMap<>(visor());
        shown.put("file", service.file().path().toString());
        shown.put("dial", offer.dialable().name().toLowerCase(Locale.ROOT));
        shown.put("records_listed", config.allRecords().size());
        return shown;
    }

    private Map<String, Object> visor() throws ControlException {
        String name = service.config().name().text();
        return service.ask(mesh -> new MeshReport(mesh).visor(name));
    }

    private Map<String, Object> labels() throws ControlException {
        return service.ask(mesh -> new LabelReport(mesh).labels());
    }
}
