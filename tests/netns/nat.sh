#!/usr/bin/env bash
# A client behind an address translator with a short memory, and a server that cannot call it first.
#
#     client                     router (NAT, forgets after 2 s)           server
#     10.1.0.2 --------- 10.1.0.1 | 192.0.2.254 ---------------- 192.0.2.2
#     wc 10.7.0.1   =================== tunnel ==================   ws 10.7.0.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

new_namespace client router server
wire client v 10.1.0.2/24 router inside 10.1.0.1/24
wire router outside 192.0.2.254/24 server v 192.0.2.2/24
ip -n client route add default via 10.1.0.1
on router sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.disable_ipv6=1
on router nft 'add table ip nat; add chain ip nat post { type nat hook postrouting priority 100; };
  add rule ip nat post oifname outside masquerade random'
on router sysctl -qw net.netfilter.nf_conntrack_udp_timeout=2 net.netfilter.nf_conntrack_udp_timeout_stream=2 ||
  { skip "NAT" "this kernel has no conntrack timeouts to set"; exit 0; }
on router test -r /proc/net/nf_conntrack || { skip "NAT" "this kernel does not show its conntrack table"; exit 0; }

new_key client
new_key server
start_daemon "$A_KIND" client wc && start_daemon "$B_KIND" server ws || exit
printf '%s\n' "[Interface]" "PrivateKey = $(private server)" "ListenPort = 5000" "[Peer]" "PublicKey = $(public client)" \
  "AllowedIPs = 10.7.0.1/32" >"$SANDBOX_DIR/server.conf"
client_config() { # KEEPALIVE
  printf '%s\n' "[Interface]" "PrivateKey = $(private client)" "[Peer]" "PublicKey = $(public server)" "AllowedIPs = 10.7.0.2/32" \
    "Endpoint = 192.0.2.2:5000" "PersistentKeepalive = $1" >"$SANDBOX_DIR/client.conf"
}
tool ws setconf "$SANDBOX_DIR/server.conf"
client_config 0
tool wc setconf "$SANDBOX_DIR/client.conf"
ip -n client address add 10.7.0.1/24 dev wc
ip -n server address add 10.7.0.2/24 dev ws
ip -n client link set wc mtu 1420 up
ip -n server link set ws mtu 1420 up

# Reading the table drops what has expired.
forgotten() { [[ ! $(on router cat /proc/net/nf_conntrack) ]]; }
no_ping() { ! ping_through "$@"; }
seen_at() { field ws endpoints; }

check_within 5 "the client calls through the NAT" ping_through client 10.7.0.2
check "the server answers where the NAT put it" grep -q '^192.0.2.254:' <<<"$(seen_at)"
check "and calls it while the NAT remembers" ping_through server 10.7.0.1

# Silent for more than 2 s: WireGuard's own passive keepalive comes after 10.
check_within 9 "without a persistent keepalive the NAT forgets" forgotten
check "and the server's packets are lost" no_ping server 10.7.0.1

tool wc set peer "$(public server)" persistent-keepalive 1
check_within 5 "a persistent keepalive of 1 s teaches the server the new port" ping_through server 10.7.0.1
# Four seconds of nothing but keepalives: twice the NAT's memory, counted in keepalives received.
received=$(received_by ws)
four_keepalives() { (($(received_by ws) >= received + 4 * 32)); }
check_within 8 "keepalives go on in silence" four_keepalives
check "and the server still reaches the client" ping_through server 10.7.0.1

# The NAT is restarted and maps to another port.
before=$(seen_at)
on router nft flush table ip nat
on router nft add rule ip nat post oifname outside meta l4proto udp masquerade to :40000-40010
moved() { [[ $(seen_at) != "$before" ]] && ping_through server 10.7.0.1; }
ip -n router link set outside down
check_within 8 "the link is out until the NAT has forgotten" forgotten
ip -n router link set outside up
check_within 8 "the NAT's new port is learnt" moved
