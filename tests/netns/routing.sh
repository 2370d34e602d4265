#!/usr/bin/env bash
# Routes that meet the tunnel: the whole default route in it, loops, a tunnel in a tunnel, errors sent back.
#
#     host                    a                                       b
#     10.9.0.5 ---- 10.9.0.1  wa 10.7.0.1 ====== tunnel ====== wb 10.7.0.2
#                             v 192.0.2.1 ------ veth -------- v 192.0.2.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
new_namespace host
wire host lan 10.9.0.5/24 a lan 10.9.0.1/24
ip -n host route add default via 10.9.0.1
on a sysctl -qw net.ipv4.ip_forward=1
tool wb set peer "$(public a)" allowed-ips 10.7.0.1/32,10.9.0.0/24,fd07::1/128
ip -n b route add 10.9.0.0/24 dev wb
check_within 5 "the tunnel is up" ping_through a 10.7.0.2
check "a host behind a is carried" ping_through host 10.7.0.2

# --- errors have the right source, and say how much fits ---
answer=$(on host ping -n -c 1 -W 1 -M "do" -s 1472 10.7.0.2)
check "a packet that does not fit is answered by a, with the tunnel's MTU" \
  grep -q 'From 10.9.0.1 .*mtu = 1420' <<<"$answer"
check "the host has learnt it" grep -q 'mtu 1420' <<<"$(ip -n host route get 10.7.0.2)"

# --- an address that no peer has is refused at once, as in-kernel WireGuard refuses it ---
tool wa set peer "$(public b)" allowed-ips 10.7.0.2/32,fd07::2/128
if [[ $A_KIND == ours ]]; then
  check "ping is told that there is no way" grep -q 'Destination Host Unreachable' <<<"$(on a ping -n -c 1 -W 2 10.7.0.99)"
  check "also over IPv6" grep -q 'Address unreachable' <<<"$(on a ping -n -c 1 -W 2 fd07::99)"
  check "also the host behind a" grep -q 'Destination Host Unreachable' <<<"$(on host ping -n -c 1 -W 2 10.7.0.99)"
else
  skip "an address that no peer has" "the Go daemons drop such packets in silence"
fi

# --- everything through the tunnel, as awg-quick does it: packets with the mark go outside ---
tool wa set fwmark 51820
tool wa set peer "$(public b)" allowed-ips 0.0.0.0/0,::/0
for family in -4 -6; do
  ip -n a "$family" route add default dev wa table 51820
  ip -n a "$family" rule add not fwmark 51820 table 51820
  ip -n a "$family" rule add table main suppress_prefixlength 0
done
ip -n b address add 203.0.113.7/32 dev lo
check_within 5 "an address known to the default route only is reached through the tunnel" ping_through a 203.0.113.7
flood() { on a ping -qnf -c 500 203.0.113.7 | grep ' 0% packet loss' >/dev/null; }
check "under a flood of pings none is lost" flood
ip -n a address add 192.0.2.77/24 dev v
ip -n a route add 192.0.2.2 dev v src 192.0.2.77
check_within 3 "while the outer route changes its source" ping_through a 203.0.113.7
ip -n a route delete 192.0.2.2
check_within 3 "and back" ping_through a 203.0.113.7
for family in -4 -6; do
  ip -n a "$family" rule delete not fwmark 51820 table 51820
  ip -n a "$family" rule delete table main suppress_prefixlength 0
done

# --- a tunnel in the tunnel ---
#     wa2 10.77.0.1 ===== wb2 10.77.0.2, their datagrams inside wa ===== wb
new_key a2
new_key b2
start_daemon "$A_KIND" a wa2 && start_daemon "$B_KIND" b wb2 || exit
inner_config() { # OWN PEER PEER_ADDRESS PORT
  printf '%s\n' "[Interface]" "PrivateKey = $(private "$1")" "ListenPort = 5000" "[Peer]" "PublicKey = $(public "$2")" \
    "AllowedIPs = 10.77.0.0/24" "Endpoint = $3:5000"
}
inner_config a2 b2 10.7.0.2 >"$SANDBOX_DIR/a2.conf"
inner_config b2 a2 10.7.0.1 >"$SANDBOX_DIR/b2.conf"
tool wa2 setconf "$SANDBOX_DIR/a2.conf"
tool wb2 setconf "$SANDBOX_DIR/b2.conf"
ip -n a address add 10.77.0.1/24 dev wa2
ip -n b address add 10.77.0.2/24 dev wb2
ip -n a link set wa2 mtu 1340 up
ip -n b link set wb2 mtu 1340 up
check_within 5 "a tunnel inside a tunnel" ping_through a 10.77.0.2
check "full packets in it" ping_through a 10.77.0.2 -M "do" -s 1312 -c 5 -i 0.01
check "and back" ping_through b 10.77.0.1 -M "do" -s 1312

# --- loops: the outer packet of a tunnel is routed into that tunnel, or two tunnels into each other ---
bounded() { # INTERFACE: what it sends for a second of pings into the loop
  local before
  before=$(sent_by "$1")
  on a ping -qn -c 3 -i 0.2 -W 1 "$2" >/dev/null
  echo $(($(sent_by "$1") - before))
}
tool wa2 set peer "$(public b2)" endpoint 10.77.0.20:5000
less "a tunnel routed into itself sends little" "$(bounded wa2 10.77.0.2)" 70000
tool wa2 set peer "$(public b2)" endpoint 10.7.0.2:5000
ip -n a route add 192.0.2.2/32 dev wa2
tool wa2 set peer "$(public b2)" allowed-ips 10.77.0.0/24,192.0.2.2/32
less "two tunnels routed into each other send little" "$(bounded wa 10.77.0.2)" 70000
ip -n a route delete 192.0.2.2/32 dev wa2
check_within 8 "the loop is gone: the outer tunnel works" ping_through a 10.7.0.2
check_within 8 "and the inner one" ping_through a 10.77.0.2
