package skyawg.skydiscover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.control.ControlServer;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.RecordOffer;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;

/** Against a control socket that offers what the daemon's is to offer. */
class DaemonSocketTest {
    private static final AddressedRecord OWN = Records.of(1, IpAddress.parse("192.0.2.1"));

    @TempDir
    Path folder;

    private final List<RecordOffer> offers = new ArrayList<>();

    private ControlServer serve() throws IOException {
        return new ControlServer(
                folder.resolve("control.sock"),
                "v1",
                List.of(
                        new ControlAction("record.export", List.of(), with -> Map.of("record", OWN.toText())),
                        new ControlAction(RecordOffer.ACTION, List.of("source", "records"), with -> {
                            RecordOffer offer = RecordOffer.parse(with);
                            offers.add(offer);
                            if (offer.records().isEmpty()) {
                                throw new ControlException(ControlException.BAD_REQUEST, "no records", "");
                            }
                            return Map.of("offered", offer.records().size(), "taken", 1);
                        })));
    }

    @Test
    void asksAndOffersAndComesBackAfterARestartOfTheDaemon() throws IOException, ControlException {
        RecordOffer offer = new RecordOffer(OfferSource.DISCV5, List.of(Records.offered(1), Records.offered(2)));
        try (DaemonSocket daemon = new DaemonSocket(folder.resolve("control.sock"))) {
            assertThatThrownBy(daemon::current).isInstanceOf(IOException.class).hasMessageContaining("control.sock");
            try (ControlServer first = serve()) {
                assertThat(first).isNotNull();
                assertThat(daemon.current()).isEqualTo(OWN);
                assertThat(daemon.offer(offer)).isEqualTo(1);
                assertThatThrownBy(() -> daemon.offer(new RecordOffer(OfferSource.STATIC, List.of())))
                        .isInstanceOf(ControlException.class);
            }
            assertThatThrownBy(daemon::current).isInstanceOf(IOException.class);
            try (ControlServer second = serve()) {
                assertThat(second).isNotNull();
                assertThat(daemon.offer(offer)).isEqualTo(1);
            }
        }
        assertThat(offers).hasSize(3).contains(offer);
    }
}
