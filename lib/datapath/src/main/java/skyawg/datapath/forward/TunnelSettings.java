package skyawg.datapath.forward;

import org.jspecify.annotations.Nullable;
import skyawg.datapath.udp.UdpSockets;
import skyawg.protocol.obfuscation.ObfuscationProfile;

/**
 * What packet threads need to know of the configuration. Immutable; the conductor publishes a new one as a whole, so
 * that no packet meets half of a change.
 *
 * @param sockets null while the link is down
 * @param mtu of the TUN, in bytes
 */
record TunnelSettings(ObfuscationProfile profile, @Nullable UdpSockets sockets, int mtu) {}
