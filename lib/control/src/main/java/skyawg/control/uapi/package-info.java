/**
 * The UAPI socket of WireGuard and AmneziaWG: one Unix socket an interface, {@code /var/run/amneziawg/IF.sock}, on
 * which {@code get=1} and {@code set=1} requests are answered with lines of {@code key=value} and an {@code errno}.
 *
 * <p>The same text has two writers and two readers: {@link skyawg.control.uapi.UpdateWriter} and
 * {@link skyawg.control.uapi.UpdateReader} for a {@code set}, {@link skyawg.control.uapi.SnapshotWriter} and
 * {@link skyawg.control.uapi.SnapshotReader} for the answer to a {@code get}. {@link skyawg.control.uapi.UapiDirectory}
 * serves sockets for the daemon, through its {@link skyawg.control.uapi.TunnelInterface};
 * {@link skyawg.control.uapi.UapiClient} is the tools' end.
 *
 * <p>Source: the cross-platform userspace protocol of WireGuard, with AmneziaWG's keys up to 3.1. Keys are hex here,
 * switches 0 or 1, and case matters.
 */
@NullMarked
package skyawg.control.uapi;

import org.jspecify.annotations.NullMarked;
