#!/usr/bin/env bash
# Clients behind two gateways, which use the same addresses, over a mesh of eight nodes with two exits.
#
#     ca 10.8.0.2, fd08::2 --- ga ===+=== r1 r2 r3 r4 ===+=== xa --- wa 10.99.1.2, fd99:1::2
#     cb 10.8.0.2, fd08::2 --- gb ===+   10.20.0.0/24    +=== xb --- wb 10.99.2.2, fd99:2::2
# shellcheck disable=SC2034 # lib.sh's
PACKAGES=(tshark:tshark)
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/lab/mesh.sh
. "$ROOT/tests/lab/mesh.sh"

RELAYS=(r1 r2 r3 r4) GATEWAYS=(ga gb) EXITS=(xa xb)
new_namespace ca cb wa wb "${GATEWAYS[@]}" "${RELAYS[@]}" "${EXITS[@]}"
mesh_links "${GATEWAYS[@]}" "${RELAYS[@]}" "${EXITS[@]}" || exit
for name in a b; do
  number=$([[ $name == a ]] && echo 1 || echo 2)
  wire "c$name" eth0 "192.0.2.2/24" "g$name" clients "192.0.2.1/24"
  wire "x$name" web0 "10.99.$number.1/24,fd99:$number::1/64" "w$name" eth0 "10.99.$number.2/24,fd99:$number::2/64"
  on "g$name" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
done
mesh_start "${GATEWAYS[@]}" "${RELAYS[@]}" "${EXITS[@]}" || exit

# gateway_with_client NAME: an AmneziaWG interface at gNAME with one client, cNAME, whose whole traffic it takes.
gateway_with_client() {
  local client=c$1 gateway=g$1
  new_key "$client" && new_key "$gateway"
  on "$gateway" "$AWGD" "awg$1" && start_daemon ours "$client" "w$client" || return
  DAEMON_KIND[awg$1]=ours
  printf '%s\n' "[Interface]" "PrivateKey = $(private "$gateway")" "ListenPort = 51820" \
    "[Peer]" "PublicKey = $(public "$client")" "AllowedIPs = 10.8.0.2/32, fd08::2/128" >"$SANDBOX_DIR/$gateway.conf"
  printf '%s\n' "[Interface]" "PrivateKey = $(private "$client")" \
    "[Peer]" "PublicKey = $(public "$gateway")" "AllowedIPs = 0.0.0.0/0, ::/0" "Endpoint = 192.0.2.1:51820" >"$SANDBOX_DIR/$client.conf"
  tool "awg$1" setconf "$SANDBOX_DIR/$gateway.conf" && tool "w$client" setconf "$SANDBOX_DIR/$client.conf" || return
  ip -n "$gateway" address add 10.8.0.1/24 dev "awg$1" && ip -n "$gateway" address add fd08::1/64 dev "awg$1" || return
  ip -n "$client" address add 10.8.0.2/24 dev "w$client" && ip -n "$client" address add fd08::2/64 dev "w$client" || return
  ip -n "$gateway" link set "awg$1" mtu 1420 up && ip -n "$client" link set "w$client" mtu 1420 up || return
  ip -n "$client" route add default dev "w$client" && ip -n "$client" -6 route add default dev "w$client"
}
check "a gateway with a client" gateway_with_client a
check "and another, with the same addresses" gateway_with_client b

joined=0
for node in "${RELAYS[@]}"; do mesh_join "$node" --offer transit && ((++joined)); done
check "exits join" eval 'mesh_join xa --offer internet --exit-allow 10.99.1.0/24,fd99:1::/64 && mesh_join xb --offer internet --exit-allow 10.99.2.0/24,fd99:2::/64'
for node in "${GATEWAYS[@]}"; do mesh_join "$node" --clients 10.8.0.0/28,fd08::/64 && mesh_import "$node" && ((++joined)); done
same "relays and gateways join" 6 "$joined"

declare -A KEY
for node in "${RELAYS[@]}" "${EXITS[@]}"; do KEY[$node]=$(sky "$node" visor pk); done

paths_up() { [[ $(sky "$1" rg ls --json | jq --arg name "$2" '[.output[] | select(.tunnel == $name).legs[]] | length') -ge $3 ]]; }
# tunnels GATEWAY: one to each exit.
tunnels() {
  local name number=0
  for name in a b; do
    sky "$1" tunnel add "to-$name" --hops 3 --active 2 --warm 0 --diverse off --exits "${KEY[x$name]}" || return
    ((++number))
    sky "$1" ftn add "10.99.$number.0/24" "to-$name" --in "awg${1#g}" && sky "$1" ftn add "fd99:$number::/64" "to-$name" --in "awg${1#g}" || return
  done
}
for node in "${GATEWAYS[@]}"; do check "$node has a tunnel to each exit" tunnels "$node"; done
for node in "${GATEWAYS[@]}"; do
  for name in a b; do check_within 15 "$node: two paths to x$name" paths_up "$node" "to-$name" 2; done
done

# --- who gets what ---
for client in ca cb; do
  for to in 10.99.1.2 10.99.2.2 fd99:1::2 fd99:2::2; do check_within 10 "$client reaches $to" ping_through "$client" "$to"; done
done
together() { # both at once, ten packets a second each; all must come back
  local client pids=() pid
  for client in ca cb; do
    on "$client" ping -qn -c 20 -i 0.05 -W 1 10.99.1.2 >"$SANDBOX_DIR/$client.row" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || return; done
  ! grep -hv ' 0% packet loss' "$SANDBOX_DIR"/c[ab].row | grep loss
}
check "both at once reach the same server" together
# The exit has given the two gateways different prefixes, and the web server sees the exit alone.
on wa timeout 5 tcpdump -qni eth0 -c 2 'icmp[icmptype] == icmp-echo' >"$SANDBOX_DIR/sources" 2>/dev/null &
recorder=$!
sleep 0.5
on ca ping -qc 1 -W 1 10.99.1.2 >/dev/null
on cb ping -qc 1 -W 1 10.99.1.2 >/dev/null
wait "$recorder"
same "the server knows neither" "10.99.1.1" "$(awk '{ print $3 }' "$SANDBOX_DIR/sources" | sort -u)"
check "what an exit does not serve goes nowhere" eval '! on ca ping -qc 2 -i 0.2 -W 0.5 10.20.0.13 >/dev/null'

# --- what a link shows, as tshark takes it ---
on hub timeout 20 tcpdump -qni internet -w "$SANDBOX_DIR/links.pcap" -c 2000 2>/dev/null &
recorder=$!
sleep 0.5
for client in ca cb; do on "$client" ping -qn -c 150 -i 0.01 -s 1000 10.99.1.2 >/dev/null & done
wait "$recorder"
tshark -r "$SANDBOX_DIR/links.pcap" -T fields -e frame.protocols 2>/dev/null | sort | uniq -c | sort -rn >"$SANDBOX_DIR/protocols"
diagnose "$(<"$SANDBOX_DIR/protocols")"
check "tshark sees datagrams" grep -q 'ip:udp:data' "$SANDBOX_DIR/protocols"
check "and no MPLS, BFD, WireGuard, ICMP of users, or IP in IP" eval "! grep -qiE 'mpls|bfd|wg|icmp:|ip:.*ip:' $SANDBOX_DIR/protocols"
