#!/usr/bin/env bash
# The kill switch that awg-quick(8) gives as an example: while the interface is up, and after its daemon was killed,
# nothing but the tunnel's own datagrams leaves by another link, whatever routes are added or taken away. The same
# without the kill switch leaks, or this test would show nothing.
#
#     a: wa 10.7.0.1, all traffic by the tunnel   ====== tunnel ======   wb 10.7.0.2 :b
#        v 192.0.2.1, 2001:db8::1 ------------------------------------- v 192.0.2.2, 2001:db8::2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/netns/full-tunnel.sh
. "$ROOT/tests/netns/full-tunnel.sh"

full_tunnel_ends || exit
ip -n a route add default via 192.0.2.2
ip -n a -6 route add default via 2001:db8::2

# The example, as it stands in the page.
example=$(sed -n '/^A kill switch:/,/^==/s/^    //p' "$ROOT/man/awg-quick.8.adoc")
# What an application might send, to the peer's network, the world, a resolver on the LAN, by IPv4 and IPv6.
send() {
  local address
  for address in 10.7.0.2 203.0.113.1 198.51.100.1 192.0.2.2 2001:db8::2 2001:db8:1::1; do
    on a ping -qn -c 1 -W 0.2 "$address" >/dev/null 2>&1
  done
  on a bash -c 'echo question >/dev/udp/192.0.2.2/53; echo question >/dev/udp/2001:db8::2/53' 2>/dev/null
}

# leaks STATE: packets on the outer link that are not the tunnel's, while applications send.
leaks() {
  local capture=$SANDBOX_DIR/capture pid
  : >"$capture"
  on a tcpdump -nlqi v -Q out --immediate-mode '(ip or ip6) and not (udp and dst port 51821) and not (icmp6 and ip6[40] >= 133 and ip6[40] <= 136)' \
    >"$capture" 2>"$SANDBOX_DIR/tcpdump.log" &
  pid=$!
  wait_until 5 grep -q 'listening on' "$SANDBOX_DIR/tcpdump.log" || fail "tcpdump listens"
  send
  wait_until 1 false # for what is still on its way
  kill "$pid"
  wait "$pid" 2>/dev/null
  grep -c . "$capture"
}
daemon_of_a() { pgrep -f "awgd.* wa\$"; }
gone() { ! ip -n a link show dev wa >/dev/null 2>&1; }

# The states that a machine gets into, by a daemon that dies and by routes that others set.
each_state() { # WHAT CHECK
  check "$1: up" quick up "$WA"
  check_within 5 "$1: traffic by the tunnel" ping_through a 10.7.0.2
  "$2" "$1: the tunnel is up" "$(leaks)"
  ip -n a route add 203.0.113.1/32 via 192.0.2.2
  ip -n a route add 128.0.0.0/1 via 192.0.2.2
  ip -n a -6 route add 2001:db8:1::/64 via 2001:db8::2
  "$2" "$1: more specific routes were added" "$(leaks)"
  ip -n a route del default table 51820
  ip -n a -6 route del default table 51820
  "$2" "$1: the tunnel's routes were deleted" "$(leaks)"
  kill -KILL "$(daemon_of_a)"
  check_within 5 "$1: the daemon was killed" gone
  "$2" "$1: the daemon is dead" "$(leaks)"
  ip -n a route del 203.0.113.1/32
  ip -n a route del 128.0.0.0/1
  ip -n a -6 route del 2001:db8:1::/64
  check "$1: down" quick down "$WA"
}
none() { same "$1: nothing leaks" 0 "$2"; }
some() { if (($2 > 0)); then pass "$1: this is what leaks without ($2 packets)"; else fail "$1: without, something leaks" "the test cannot see leaks"; fi; }

check "the page gives the example" test "$(wc -l <<<"$example")" -ge 6
full_tunnel_config "$example"
each_state "with the kill switch" none
same "down takes the kill switch away" "" "$(on a nft list ruleset)"
full_tunnel_config "FwMark = 51820"
each_state "without" some
