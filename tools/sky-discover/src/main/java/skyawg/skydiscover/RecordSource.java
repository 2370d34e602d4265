package skyawg.skydiscover;

import java.util.List;
import skyawg.control.offer.OfferSource;
import skyawg.control.offer.OfferedRecord;

/**
 * Where records of other nodes come from. Sources work side by side; what one of them finds is offered under its name,
 * and the daemon ranks it by that. Another source is another class of this kind, a word in {@link OfferSource}, and a
 * line where {@link SkyDiscover} puts the sources together.
 */
interface RecordSource {
    OfferSource name();

    /**
     * What it has found since it was asked last, or finds again; called about once a second, on one thread. It waits
     * for nothing: work that takes time goes on beside.
     */
    List<OfferedRecord> found(long nowNanos);
}
