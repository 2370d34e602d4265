#!/usr/bin/env bash
# A mesh in surroundings that are not a laboratory's: an ingress behind a NAT, links of other sizes, nodes that restart.
#
#     in --- nat ===+=== r1 .. r4 ===+=== x --- web
#     10.40.0.2    10.20.0.0/24 (hub)      10.99.0.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/lab/mesh.sh
. "$ROOT/tests/lab/mesh.sh"

RELAYS=(r1 r2 r3 r4)
new_namespace in nat x web "${RELAYS[@]}"
mesh_links nat x "${RELAYS[@]}" || exit
wire in mesh0 10.40.0.2/24 nat in0 10.40.0.1/24
wire x web0 10.99.0.1/24 web eth0 10.99.0.2/24
ip -n in route add default via 10.40.0.1
on nat sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.promote_secondaries=1
on nat nft 'add table ip nat; add chain ip nat out { type nat hook postrouting priority 100; }; add rule ip nat out oifname mesh0 masquerade'
link_mtu() { # NODE MTU: both ends of its link
  ip -n "$1" link set mesh0 mtu "$2" && ip -n hub link set "to-$1" mtu "$2"
}
# The bridge itself is as wide as the widest.
ip -n hub link set internet mtu 9000
link_mtu r2 9000 && link_mtu r3 1492 && link_mtu r4 1400
MESH_ADDRESS[in]=10.40.0.2
mesh_start in x "${RELAYS[@]}" || exit
joined=0
for node in "${RELAYS[@]}"; do mesh_join "$node" --offer transit && ((++joined)); done
same "relays join" 4 "$joined"
check "an exit joins" mesh_join x --offer internet --exit-allow 10.99.0.0/24
check "an ingress behind a NAT joins" mesh_join in
check "and gets the records of all" mesh_import in
for node in "${RELAYS[@]}"; do declare "key_$node=$(sky "$node" visor pk)"; done

paths_up() { [[ $(sky in rg ls --json | jq --arg name "$1" '[.output[] | select(.tunnel == $name).legs[]] | length') -ge $2 ]]; }
explains() { sky in route explain "$1" | grep -qE "$2"; }

# --- links of other sizes ---
# shellcheck disable=SC2154 # declared above
tunnels() {
  sky in tunnel add jumbo --hops 2 --active 1 --warm 0 --diverse off --first-hops "$key_r2" &&
    sky in tunnel add pppoe --hops 2 --active 1 --warm 0 --diverse off --first-hops "$key_r3" &&
    sky in tunnel add narrow --hops 2 --active 1 --warm 0 --diverse off --first-hops "$key_r4" &&
    sky in ftn add 10.99.0.0/24 jumbo
}
check "tunnels over links of 9000, 1492 and 1400 bytes are added" tunnels
check_within 60 "over an ingress's NAT and a link of 9000 bytes a path comes up" paths_up jumbo 1
check_within 60 "over one of 1492 bytes too" paths_up pppoe 1
check_within 30 "over one of 1400 bytes none does, and it is said why" explains narrow 'its link is too narrow|no packets of full size'
check "it has no path" eval '! paths_up narrow 1'

# --- packets of all sizes ---
check_within 10 "packets pass" ping_through in 10.99.0.2
check "of the mesh's full size" on in ping -c 2 -W 2 -M 'do' -s 1308 10.99.0.2
check "longer ones are not sent whole" eval '! on in ping -c 1 -W 2 -M do -s 1309 10.99.0.2 >/dev/null 2>&1'
check "but in fragments" on in ping -c 2 -W 2 -s 4000 10.99.0.2
check "the other tunnel carries them over 1492 bytes" eval 'sky in ftn rm 10.99.0.0/24 && sky in ftn add 10.99.0.0/24 pppoe && on in ping -c 2 -W 2 -M do -s 1308 10.99.0.2 >/dev/null'

# --- restarts ---
restart() { # NODE
  kill -KILL "${NODE_PID[$1]}"
  wait_until 5 eval "! kill -0 ${NODE_PID[$1]} 2>/dev/null"
  mesh_start "$1"
}
began=$(now_ms)
restart x
check_within 90 "the exit is killed and comes back: packets pass again" ping_through in 10.99.0.2
note "after $(($(now_ms) - began)) ms, its start included"
began=$(now_ms)
restart r3
check_within 90 "the relay is killed and comes back: packets pass again" ping_through in 10.99.0.2
note "after $(($(now_ms) - began)) ms, its start included"
began=$(now_ms)
restart in
check_within 90 "the ingress is killed and comes back by what it wrote down: packets pass again" ping_through in 10.99.0.2
note "after $(($(now_ms) - began)) ms, its start included"
# The NAT is given another address, as a phone's network is: its table's entries go with the old one.
ip -n nat address add 10.20.0.99/24 dev mesh0 && ip -n nat address delete "${MESH_ADDRESS[nat]}/24" dev mesh0
check_within 30 "the ingress is behind another address: packets pass" ping_through in 10.99.0.2
seen_there() { sky r3 tp ls --json | jq -r '.output[].endpoint' | grep -q '^10[.]20[.]0[.]99:'; }
check_within 5 "and its neighbour has seen it move" seen_there
