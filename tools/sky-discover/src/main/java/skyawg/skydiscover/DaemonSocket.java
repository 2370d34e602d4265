package skyawg.skydiscover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.control.control.ControlClient;
import skyawg.control.control.ControlException;
import skyawg.control.offer.RecordOffer;
import skyawg.protocol.record.AddressedRecord;

/**
 * The daemon, over its control socket. The connection is made when it is needed, and again when it is gone. One thread.
 */
final class DaemonSocket implements OwnRecord, RecordSink, AutoCloseable {
    private static final String EXPORT = "record.export";
    private static final String RECORD = "record";

    private final Path path;
    private @Nullable ControlClient client;

    DaemonSocket(Path path) {
        this.path = path;
    }

    @Override
    public AddressedRecord current() throws IOException, ControlException {
        Map<String, Object> answer = ask(EXPORT, Map.of());
        try {
            return AddressedRecord.parse(String.valueOf(answer.get(RECORD)));
        } catch (IllegalArgumentException e) {
            throw new IOException("the daemon's answer holds no record: " + e.getMessage(), e);
        }
    }

    @Override
    public int offer(RecordOffer offer) throws IOException, ControlException {
        Map<String, Object> answer = ask(RecordOffer.ACTION, offer.fields());
        return answer.get(RecordOffer.TAKEN) instanceof Number taken ? taken.intValue() : 0;
    }

    private Map<String, Object> ask(String action, Map<String, String> with) throws IOException, ControlException {
        ControlClient connected = client;
        try {
            if (connected == null) {
                connected = ControlClient.connect(path);
                client = connected;
            }
            return connected.ask(action, with);
        } catch (IOException e) {
            close();
            throw new IOException("no daemon answers at " + path + " (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() {
        ControlClient open = client;
        client = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone all the same.
            }
        }
    }
}
