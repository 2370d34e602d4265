package skyawg.protocol.mpls;

import java.util.ArrayList;
import java.util.List;

/** Keeps what an LFIB asked for, as text, until it is taken. */
final class RecordingListener implements LspListener<String, String> {
    private final List<String> events = new ArrayList<>();

    @Override
    public void sendRelease(String adjacency, int entry, int reasonCode) {
        events.add("release to %s label %x reason %d".formatted(adjacency, LabelStackEntry.label(entry), reasonCode));
    }

    @Override
    public void sendBroken(Lsp<String, String> lsp, ReleaseReason reason) {
        events.add("broken " + reason);
    }

    @Override
    public void ended(Lsp<String, String> lsp, LspEnd end) {
        events.add("ended " + end);
    }

    List<String> take() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
