/**
 * The network around an interface: its MTU, routes, policy routing, firewall and name servers, read and changed through
 * {@code ip}, {@code nft} (or {@code iptables}) and {@code resolvconf} (or {@code resolvectl}).
 *
 * <p>Default routes are done by policy: all packets that do not carry the interface's fwmark look in a table of the
 * interface's own, which holds the default route; a second rule lets every route of the main table that is more
 * specific than a default route win. The daemon's own datagrams carry the mark, so they leave by the main table.
 */
@NullMarked
package skyawg.awgquick.net;

import org.jspecify.annotations.NullMarked;
