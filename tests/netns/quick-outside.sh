#!/usr/bin/env bash
# A neighbour on the outer network sends to the address inside the tunnel, to learn whether it is ours: while a full tunnel
# is up, the firewall drops it.
#
#     a: wa 10.7.0.1, all traffic by the tunnel   ====== tunnel ======   wb 10.7.0.2 :b
#        v 192.0.2.1 <--- to 10.7.0.1, past the tunnel ----------------- v 192.0.2.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/netns/full-tunnel.sh
. "$ROOT/tests/netns/full-tunnel.sh"

full_tunnel_ends || exit
# shellcheck disable=SC2119 # no further lines
full_tunnel_config
echoes_in() { on a nstat -asz IcmpInEchos | awk '/IcmpInEchos/ { print $2 }'; }
neighbour_asks() { on b ping -qn -I v -c 3 -i 0.05 -W 0.5 10.7.0.1 >/dev/null; }
# reached NAME COUNT: so many of three echo requests got into a.
reached() {
  local before
  before=$(echoes_in)
  neighbour_asks
  same "$1" "$2" $(($(echoes_in) - before))
}

check "up" quick up "$WA"
check_within 5 "traffic through the tunnel" ping_through b 10.7.0.1
ip -n b route add 10.7.0.1/32 via 192.0.2.1 dev v
reached "the neighbour's packets to the address inside are dropped" 0
on a nft list tables | while read -r _ family table; do on a nft delete table "$family" "$table"; done
reached "(without the firewall's rules they come in)" 3
ip -n b route delete 10.7.0.1/32
check "traffic through the tunnel still" ping_through b 10.7.0.1
check "down" quick down "$WA"
