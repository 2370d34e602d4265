package skyawg.awgd.mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.offer.RecordOffer;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/** What the control socket offers of nodes' records: see awgd-control(5). */
final class RecordActions {
    private final MeshService service;

    private RecordActions(MeshService service) {
        this.service = service;
    }

    static List<ControlAction> of(MeshService service) {
        RecordActions actions = new RecordActions(service);
        return List.of(
                new ControlAction("record.show", List.of(), List.of("key"), actions::show),
                new ControlAction("record.import", List.of("records"), actions::importRecords),
                new ControlAction(
                        RecordOffer.ACTION, List.of(RecordOffer.SOURCE, RecordOffer.RECORDS), actions::offerRecords),
                new ControlAction("record.export", List.of(), List.of("key"), actions::export));
    }

    private Map<String, Object> show(Map<String, String> with) throws ControlException {
        if (!with.containsKey("key")) {
            return Map.of("records", service.ask(mesh -> new MeshReport(mesh).records()));
        }
        PublicKey key = RequestFields.key(with);
        Optional<Map<String, Object>> found =
                service.ask(mesh -> mesh.sample().find(key).map(node -> new MeshReport(mesh).record(node)));
        return Map.of("records", List.of(found.orElseThrow(() -> RequestFields.unknownNode(key))));
    }

    private Map<String, Object> importRecords(Map<String, String> with) throws ControlException {
        List<AddressedRecord> records = RequestFields.records(String.valueOf(with.get("records")));
        int fresh = service.importRecords(records);
        return Map.of("imported", records.size(), "new", fresh);
    }

    /** What others found: claims, each taken or not by itself. */
    private Map<String, Object> offerRecords(Map<String, String> with) throws ControlException {
        RecordOffer offer;
        try {
            offer = RecordOffer.parse(with);
        } catch (IllegalArgumentException e) {
            throw new ControlException(ControlException.BAD_REQUEST, String.valueOf(e.getMessage()), "");
        }
        int taken = service.ask(mesh -> mesh.offer(offer, JoinedMesh.unixSeconds()));
        return Map.of("offered", offer.records().size(), RecordOffer.TAKEN, taken);
    }

    private Map<String, Object> export(Map<String, String> with) throws ControlException {
        if (!with.containsKey("key")) {
            return Map.of("record", service.ask(mesh -> mesh.node().ownRecord()).toText());
        }
        PublicKey key = RequestFields.key(with);
        Optional<String> text = service.ask(mesh -> mesh.sample()
                .find(key)
                .flatMap(node -> node.currentOrNaming(JoinedMesh.unixSeconds()))
                .map(claim -> claim.addressed().toText()));
        return Map.of("record", text.orElseThrow(() -> RequestFields.unknownNode(key)));
    }
}
