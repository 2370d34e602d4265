package skyawg.skydiscover;

import java.io.IOException;
import skyawg.control.control.ControlException;
import skyawg.control.offer.RecordOffer;

/** Who takes the records that were found. */
@FunctionalInterface
interface RecordSink {
    /**
     * Hands records over.
     *
     * @return how many of them it holds on to
     * @throws IOException when no daemon answers
     * @throws ControlException when it refuses them all
     */
    int offer(RecordOffer offer) throws IOException, ControlException;
}
