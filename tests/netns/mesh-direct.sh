#!/usr/bin/env bash
# Packets of an AmneziaWG gateway's clients go into the mesh and come back without the gateway's kernel.
#
#     ca 10.8.0.2, fd08::2 ---+                                      web
#     cb 10.8.0.3, fd08::3 ---+--- in ===+=== r1 r2 r3 r4 ===+=== x --- 10.99.0.2, fd99::2
#     (outside 10.40.0.0/24)     awg0   10.20.0.0/24 (hub)
#
# What the kernel handled shows in the counters of sky0. The web server is in reach of the gateway without the mesh, so
# what leaks is seen there.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/lab/mesh.sh
. "$ROOT/tests/lab/mesh.sh"

RELAYS=(r1 r2 r3 r4)
new_namespace ca cb in x web "${RELAYS[@]}"
mesh_links in x "${RELAYS[@]}" || exit
wire x web0 10.99.0.1/24,fd99::1/64 web eth0 10.99.0.2/24,fd99::2/64
ip -n in link add clients type bridge && ip -n in link set clients up && ip -n in address add 10.40.0.1/24 dev clients || exit
on in sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
ip -n in route add default via "${MESH_ADDRESS[x]}"
ip -n in route add fd99::/64 dev mesh0
mesh_start in x "${RELAYS[@]}" || exit

# --- the gateway and its clients ---
on in "$AWGD" awg0 || exit
DAEMON_KIND[awg0]=ours
new_key in
{
  printf '%s\n' "[Interface]" "PrivateKey = $(private in)" "ListenPort = 51820"
  number=2
  for client in ca cb; do
    new_key "$client"
    printf '%s\n' "[Peer]" "PublicKey = $(public "$client")" "AllowedIPs = 10.8.0.$number/32, fd08::$number/128"
    wire in "to-$client" '' "$client" eth0 "10.40.0.$number/24" && ip -n in link set "to-$client" master clients || exit
    ((++number))
  done
  # Behind the second one is a network of its own.
  echo "AllowedIPs = 10.50.0.0/24"
} >"$SANDBOX_DIR/in.conf"
ip -n in address add 10.8.0.1/24 dev awg0 && ip -n in address add fd08::1/64 dev awg0 || exit
tool awg0 setconf "$SANDBOX_DIR/in.conf" && ip -n in link set awg0 mtu 1420 up || exit
ip -n in route add 10.50.0.0/24 dev awg0
number=2
for client in ca cb; do
  start_daemon ours "$client" "w$client" || exit
  printf '%s\n' "[Interface]" "PrivateKey = $(private "$client")" "[Peer]" "PublicKey = $(public in)" \
    "AllowedIPs = 0.0.0.0/0, ::/0" "Endpoint = 10.40.0.1:51820" >"$SANDBOX_DIR/$client.conf"
  tool "w$client" setconf "$SANDBOX_DIR/$client.conf" || exit
  ip -n "$client" address add "10.8.0.$number/24" dev "w$client" && ip -n "$client" address add "fd08::$number/64" dev "w$client"
  ip -n "$client" link set "w$client" mtu 1420 up
  ip -n "$client" route add default dev "w$client" && ip -n "$client" route add default dev "w$client" metric 5 2>/dev/null
  ip -n "$client" -6 route add default dev "w$client"
  ((++number))
done
ip -n cb address add 10.50.0.1/24 dev lo

joined=0
for node in "${RELAYS[@]}"; do mesh_join "$node" --offer transit && ((++joined)); done
same "relays join" 4 "$joined"
check "an exit joins" mesh_join x --offer internet --exit-allow 10.99.0.0/24,fd99::/64
check "a gateway joins, for its clients' addresses" mesh_join in --clients 10.8.0.0/24,fd08::/64
check "and gets the records of all" mesh_import in
check "a tunnel is added" sky in tunnel add web --hops 3 --active 2 --warm 0 --diverse off --prefix-length 24
paths_up() { (($(sky in rg ls --json | jq '.output[0].legs | length') >= 2)); }
check_within 60 "two paths are up" paths_up || exit

both_families() { local to; for to in 10.99.0.0/24 fd99::/64; do sky in ftn "$1" "$to" "${@:2}" || return; done; }
add_rules() { both_families add web "$@"; }
remove_rules() { both_families rm "$@"; }
sky0_packets() { echo $(($(on in cat /sys/class/net/sky0/statistics/rx_packets) + $(on in cat /sys/class/net/sky0/statistics/tx_packets))); }
# by_kernel COMMAND...: prints how many packets went over sky0 meanwhile.
by_kernel() {
  local before
  before=$(sky0_packets)
  "$@" >/dev/null 2>&1
  echo $(($(sky0_packets) - before))
}

# --- an interface ---
check "rules for an interface are added" add_rules --in awg0
check_within 5 "IPv4 goes out and comes back" ping_through ca 10.99.0.2
check_within 5 "IPv6 goes out and comes back" ping_through ca fd99::2
same "IPv4 without the kernel" 0 "$(by_kernel ping_through ca 10.99.0.2 -c 5 -i 0.1)"
same "IPv6 without the kernel" 0 "$(by_kernel ping_through ca fd99::2 -c 5 -i 0.1)"
same "another client as well" 0 "$(by_kernel ping_through cb 10.99.0.2)"
same "the way back is two routers long" "ttl=62" "$(on ca ping -c 1 -W 2 10.99.0.2 | grep -o 'ttl=[0-9]*')"
on ca ping -c 1 -W 2 -t 1 10.99.0.2 >"$SANDBOX_DIR/expired"
check "a packet at the end of its life is answered by the gateway" grep -q 'From 10.8.0.1.*Time to live exceeded' "$SANDBOX_DIR/expired"
check "the gateway's own address is the gateway's" ping_through ca 10.8.0.1
check "on IPv6 too" ping_through ca fd08::1
check "what has no rule is the kernel's" ping_through ca 10.20.0.11 -I 10.8.0.2
same "a client's network goes by the kernel, which gives it an address" 1 "$(($(by_kernel ping_through cb 10.99.0.2 -I 10.50.0.1) > 0))"
explains() { sky in route explain "$1" --from "$2" >"$SANDBOX_DIR/explained" && grep -q -- "$3" "$SANDBOX_DIR/explained"; }
check "why is said for a client by its key" explains 10.99.0.2 "$(public ca)" 'go by tunnel web'
check "with its interface" grep -q "from the client $(public ca), a peer of awg0" "$SANDBOX_DIR/explained"
check "and that the kernel is passed by" explains 10.99.0.2 awg0 'past the kernel if its source address is in 10.8.0.0/24, fd08::/64; from another address the kernel sends it'
check "and what the kernel keeps" explains 10.20.0.12 "$(public cb)" "no rule leads it past the kernel"

# --- sizes ---
too_big() { # SIZE ADDRESS
  on ca ping -c 2 -i 0.3 -W 1 -M "do" -s "$1" "$2" >"$SANDBOX_DIR/too_big" 2>&1
  grep -Eq "mtu ?= ?1336" "$SANDBOX_DIR/too_big" || { cat "$SANDBOX_DIR/too_big"; false; }
}
check "IPv4 that may not be cut is answered with the mesh's MTU" too_big 1380 10.99.0.2
check "IPv6 likewise" too_big 1360 fd99::2
ip -n ca route flush cache
check "IPv4 that may be cut is" ping_through ca 10.99.0.2 -M dont -s 1380
check "in fragments of the client's too" ping_through ca 10.99.0.2 -M dont -s 3000
ip netns exec web iperf3 -s -D >/dev/null
on web timeout 10 tcpdump -c 1 -nvi eth0 'tcp[tcpflags] & tcp-syn != 0' >"$SANDBOX_DIR/syn" 2>/dev/null &
recorder=$!
sleep 1
SECONDS_EACH=${SECONDS_EACH:-3}
carried() { on ca timeout 20 iperf3 -J -t "$SECONDS_EACH" -c 10.99.0.2 "$@" | jq '.end.sum_received.bits_per_second // 0 | . / 1e6 | round'; }
before=$(sky0_packets)
up=$(carried) down=$(carried -R)
wait "$recorder"
same "segments fit the mesh" 'mss 1296' "$(grep -o 'mss [0-9]*' "$SANDBOX_DIR/syn")"
note "TCP up $up Mbit/s, down $down Mbit/s, cold, on $(nproc) cores"
check "TCP goes up" test "${up:-0}" -ge 20
check "TCP goes down" test "${down:-0}" -ge 20
same "none of it by the kernel" 0 "$(($(sky0_packets) - before))"

# --- COMPARE=ROUNDS: what it saves, the same clients by turns, directly and by the kernel ---
cpu_ms() { awk '{ print ($14 + $15) * 10 }' "/proc/${NODE_PID[in]}/stat"; }
turn() { # prints Mbit/s up and down, CPU of the gateway's daemon in ms for each gigabyte of both, and round trip in us
  local before after up down rtt
  before=$(cpu_ms)
  up=$(carried) down=$(carried -R)
  after=$(cpu_ms)
  rtt=$(on ca ping -qn -c 200 -i 0.01 10.99.0.2 | awk -F / '/^rtt/ { print int($5 * 1000) }')
  echo "up $up, down $down Mbit/s, $(((after - before) * 8000 / ((up + down) * SECONDS_EACH))) ms of CPU a GB, $rtt us"
}
if [[ ${COMPARE:-} ]]; then
  add_rules
  for round in $(seq "$COMPARE"); do
    note "round $round: directly $(turn)"
    remove_rules --in awg0
    note "round $round: by the kernel $(turn)"
    add_rules --in awg0
  done
  remove_rules
fi

# --- a client ---
check "the interface's rules are removed" remove_rules --in awg0
check "rules for one client are added" add_rules --client "$(public ca)"
same "its packets go directly" 0 "$(by_kernel ping_through ca 10.99.0.2)"
same "over IPv6 too" 0 "$(by_kernel ping_through ca fd99::2)"
# What comes by the mesh has the exit's address.
on web nft 'table inet seen { chain in { type filter hook input priority 0; icmp type echo-request ip saddr != 10.99.0.1 counter; icmpv6 type echo-request ip6 saddr != fd99::1 counter; }; }'
outside() { on web nft list table inet seen | awk '$0 ~ /counter packets/ { for (i = 1; i < NF; i++) if ($i == "packets") sum += $(i + 1) } END { print sum + 0 }'; }
leaks() { # COMMAND...: prints how many echo requests got to the web server past the mesh meanwhile
  local before
  before=$(outside)
  "$@" >/dev/null 2>&1
  echo $(($(outside) - before))
}
same "another client's are the kernel's, which has a way past the mesh" 1 "$(leaks on cb ping -c 1 -W 1 10.99.0.2)"

# --- and while the tunnel is down, nothing gets out ---
try() { local to; for to in 10.99.0.2 fd99::2; do on ca ping -c 3 -i 0.2 -W 0.2 "$to"; done; }
check "the tunnel is removed" sky in tunnel rm web
same "without it a client's packets go nowhere" 0 "$(leaks try)"
same "not by the kernel either" 0 "$(by_kernel try)"
check "it is added again" sky in tunnel add web --hops 3 --active 2 --warm 0 --diverse off --prefix-length 24
check_within 60 "and carries packets" ping_through ca 10.99.0.2
rejoin() { on ca ping -c 300 -i 0.01 -W 0.2 10.99.0.2 & sleep 0.5; sky in mesh reload; wait $!; }
same "while the mesh is joined anew nothing leaks" 0 "$(leaks rejoin)"
check_within 60 "then the tunnel carries packets again" ping_through ca 10.99.0.2
for node in "${RELAYS[@]}"; do kill -KILL "${NODE_PID[$node]}"; done
is_down() { ! on ca ping -c 1 -W 0.3 10.99.0.2 >/dev/null; }
check_within 15 "without relays nothing passes" is_down
same "and nothing leaks" 0 "$(leaks try)"
