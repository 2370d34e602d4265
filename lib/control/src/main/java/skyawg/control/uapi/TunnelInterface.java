package skyawg.control.uapi;

import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * The interface behind a UAPI socket, as the daemon offers it. Called on virtual threads, for one interface never by
 * two at once.
 */
public interface TunnelInterface {
    /** What is now. The caller closes the secrets in it: they are copies. */
    InterfaceSnapshot snapshot();

    /**
     * Applies the whole update or nothing of it. The caller closes the update's secrets on return.
     *
     * @throws TunnelRefusedException saying why not; nothing has changed then
     */
    void apply(InterfaceUpdate update) throws TunnelRefusedException;
}
