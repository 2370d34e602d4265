#!/usr/bin/env bash
# Users' packets through a mesh of real daemons, over three disjoint paths of three hops and a warm one.
#
#     lan --- in ===+=== r1 .. r8 ===+=== x --- web
#     10.30.0.2     10.20.0.0/24 (hub)      10.99.0.2
#
# Whatever fails, the packets reach the web server by the mesh or not at all.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/lab/mesh.sh
. "$ROOT/tests/lab/mesh.sh"

RELAYS=(r1 r2 r3 r4 r5 r6 r7 r8)
new_namespace in x lan web "${RELAYS[@]}"
mesh_links in x "${RELAYS[@]}" || exit
wire in lan0 10.30.0.1/24,fd30::1/64 lan eth0 10.30.0.2/24,fd30::2/64
wire x web0 10.99.0.1/24,fd99::1/64 web eth0 10.99.0.2/24,fd99::2/64
on in sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip -n lan route add default via 10.30.0.1
ip -n lan route add default via fd30::1
# The web server is in reach of the ingress without the mesh too: what leaks is seen there.
ip -n in route add default via "${MESH_ADDRESS[x]}"
ip -n in route add fd99::/64 dev mesh0
mesh_start in x "${RELAYS[@]}" || exit

joined=0
for node in "${RELAYS[@]}"; do mesh_join "$node" --offer transit && ((++joined)); done
same "relays join" 8 "$joined"
check "an exit joins" mesh_join x --offer internet --exit-allow 10.99.0.0/24,fd99::/64
check "an ingress joins" mesh_join in
check "and gets the records of all" mesh_import in
check "a tunnel is added" sky in tunnel add web --hops 3 --active 3 --warm 1 --diverse off
add_rules() { # of the node's own packets, and of those from its LAN
  local prefix
  for prefix in 10.99.0.0/24 fd99::/64; do sky in ftn add "$prefix" web && sky in ftn add "$prefix" web --in lan0 || return; done
}
check "rules are added" add_rules

legs() { sky in rg ls --json | jq -c '.output[0].legs'; }
paths_up() { (($(legs | jq length) >= ${1:-4})); }
check_within 5 "four paths are up" paths_up
paths_up 3 || exit
note "after ${WAITED_MS:-?} ms"

# --- packets go out and come back ---
check_within 5 "IPv4 from the node itself" ping_through in 10.99.0.2
check_within 5 "IPv4 from its LAN" ping_through lan 10.99.0.2
check_within 5 "IPv6 from its LAN" ping_through lan fd99::2
same "the way back is two routers long" "ttl=62" "$(on lan ping -c 1 -W 2 10.99.0.2 | grep -o 'ttl=[0-9]*')"

# --- who answers on a path, asked inside it ---
trace=$(sky in route trace web --json) || exit
same "each hop of a path answers three times" '[3,3,3]' "$(jq -c '[.output.hops[].rtt_us | length]' <<<"$trace")"
same "and they are the nodes that were chosen" "$(legs | jq -c '.[0].hops')" "$(jq -c '[.output.hops[].public_key]' <<<"$trace")"
check "the exit answers over the second path" sky in ping web --path 2 --count 2 --interval 0.2

# --- which way a packet goes ---
way() { sky in route explain "$@" --json | jq -r '.output | "\(.way) \(.tunnel)"'; }
same "a packet of the node's own goes by the tunnel" "tunnel web" "$(way 10.99.0.2)"
same "so does one from its LAN" "tunnel web" "$(way fd99::2 --from lan0 --dscp 46)"
same "one to the LAN itself does not" "system " "$(way 10.30.0.2)"
check "and the system is named, that sends it to sky0" eval 'sky in route explain 10.99.0.2 | grep -q "the system sends it to sky0: 10.99.0.2 dev sky0 table 100"'

# --- what a path is worth ---
measured=$(sky in bench web --times 10 --json 2>/dev/null)
same "each path was asked ten times" true "$(jq '[.output[0].paths[].transmitted == 10] | length >= 3 and all' <<<"$measured")"
same "none of the answers is longer than the longest" true "$(jq '[.output[0].paths[] | .rtt_p50_us > 0 and .rtt_min_us <= .rtt_p50_us and .rtt_p50_us <= .rtt_p99_us and .setup_us > 0] | all' <<<"$measured")"
same "and all came back" 0 "$(jq '[.output[0].paths[].lost] | add' <<<"$measured")"
note "p50 and p99 in us: $(jq -c '[.output[0].paths[] | [.rtt_p50_us, .rtt_p99_us]]' <<<"$measured")"

check "what is carried is shown" eval 'sky in top | grep -q "web .*up .*active"'
link=$(sky in tp add "$(legs | jq -r '.[0].hops[1]')" --json | jq -r .output.id)
linked() { sky in tp disc --id "$link" >/dev/null; }
check "a link can be made by hand" linked
check "and removed" sky in tp rm --id "$link"
check "then it is gone" eval '! linked 2>/dev/null'

ip netns exec web iperf3 -s -D >/dev/null
carried() { on lan timeout 10 iperf3 -J -t 3 -c 10.99.0.2 "$@" | jq '.end.sum_received.bits_per_second // 0 | . / 1e6 | round'; }
up=$(carried) down=$(carried -R)
note "TCP up $up Mbit/s, down $down Mbit/s, cold, on $(nproc) cores"
check "TCP goes up" test "${up:-0}" -ge 20
check "TCP goes down" test "${down:-0}" -ge 20
on web timeout 10 tcpdump -c 1 -nvi eth0 'tcp[tcpflags] & tcp-syn != 0' >"$SANDBOX_DIR/syn" 2>/dev/null &
recorder=$!
sleep 1
carried >/dev/null
wait "$recorder"
same "segments fit the mesh" 'mss 1296' "$(grep -o 'mss [0-9]*' "$SANDBOX_DIR/syn")"
check "a long packet comes in fragments" on lan ping -c 2 -W 2 -s 3000 10.99.0.2

# --- what a link shows ---
on hub timeout 5 tcpdump -qni internet -w "$SANDBOX_DIR/links.pcap" -c 3000 udp 2>/dev/null &
recorder=$!
carried >/dev/null
wait "$recorder"
seen() { tcpdump -qnr "$SANDBOX_DIR/links.pcap" "$@" 2>/dev/null | wc -l; }
check "the links carried it" test "$(seen)" -gt 500
same "none of it in the clear" 0 "$(seen 'net 10.99.0.0/24 or net 10.30.0.0/24 or ip6')"

# --- failures, under load: the gap in a row of numbered packets ---
failures=()
gap_ms() { # COMMAND...: what fails; prints the longest time between two echoes
  on in ping -i 0.01 -c 500 -W 1 -D 10.99.0.2 >"$SANDBOX_DIR/gap" 2>/dev/null &
  local row=$!
  sleep 1.5
  "$@"
  wait "$row"
  echo_gap_ms "$SANDBOX_DIR/gap"
}
for node in "${RELAYS[@]}"; do sky "$node" visor pk >"$SANDBOX_DIR/$node.pk"; done
kill_node() { kill -KILL "${NODE_PID[$1]}"; }
cut_link() { ip -n hub link set "to-$1" down; }
swallow() { on "$1" nft "add table ip hole; add chain ip hole out { type filter hook output priority 0; }; add rule ip hole out udp sport $MESH_PORT drop"; }
finds() { sky in route explain web | grep -qF -e "hop 1 ($(<"$SANDBOX_DIR/$1.pk")) does not answer any more" -e 'the link to the first hop is down'; }
hop() { # PATH HOP: prints the relay that stands there
  local key node
  key=$(legs | jq -r ".[$1].hops[$2]")
  for node in "${RELAYS[@]}"; do [[ $(<"$SANDBOX_DIR/$node.pk") != "$key" ]] || echo "$node"; done
}
part() { on "$1" nft "add table ip part; add chain ip part out { type filter hook output priority 0; }; add rule ip part out ip daddr ${MESH_ADDRESS[$2]} drop"; }
says() { sky in route explain web | grep -qF "hop 1 ($(<"$SANDBOX_DIR/$1.pk")) says that the link behind it is broken"; }
first=$(hop 0 0) second=$(hop 0 1)
note "$first does not reach $second: $(gap_ms part "$first" "$second") ms without a packet"
check_within 5 "a break between two relays is told by the one before it" says "$first"
for fault in kill_node cut_link swallow; do
  paths_up 3 || wait_until 30 paths_up 3
  victim=$(hop 0 0)
  gap=$(gap_ms "$fault" "$victim")
  note "$fault $victim: $gap ms without a packet"
  failures+=("$gap")
  check "after $fault the tunnel lives" ping_through in 10.99.0.2
  check_within 10 "$fault: the node that fails is found" finds "$victim"
done
less "the middle one of three gaps, in ms" "$(printf '%s\n' "${failures[@]}" | sort -n | sed -n 2p)" 500

# --- and when nothing is left, nothing gets out ---
# shellcheck disable=SC2016 # awk's
outside() { on web awk '/^Icmp: [0-9]/ { sum += $10 } $1 == "Icmp6InEchos" { sum += $2 } END { print sum }' /proc/net/snmp /proc/net/snmp6; }
for node in "${RELAYS[@]}"; do kill -KILL "${NODE_PID[$node]}" 2>/dev/null; done
is_down() { ! on in ping -c 1 -W 0.3 10.99.0.2 >/dev/null; }
check_within 15 "without relays nothing passes" is_down
before=$(outside)
on lan ping -c 5 -i 0.2 -W 0.2 10.99.0.2 >/dev/null
same "not one packet got to the web server" "$before" "$(outside)"
kill -KILL "${NODE_PID[in]}"
sleep 0.3
on in ping -c 3 -i 0.2 -W 0.2 10.99.0.2 >/dev/null 2>&1
on lan ping -c 3 -i 0.2 -W 0.2 10.99.0.2 >/dev/null 2>&1
on lan ping -c 3 -i 0.2 -W 0.2 fd99::2 >/dev/null 2>&1
same "nor with the daemon dead" "$before" "$(outside)"
