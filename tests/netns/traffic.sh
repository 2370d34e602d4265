#!/usr/bin/env bash
# Traffic of every kind through one tunnel, over IPv4 and over IPv6, with an ordinary and a jumbo MTU.
#
#     a: wa 10.7.0.1, fd07::1   ====== tunnel ======   wb 10.7.0.2, fd07::2 :b
#        v 192.0.2.1, 2001:db8::1 ------------------- v 192.0.2.2, 2001:db8::2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

stream() { # FROM ADDRESS IPERF_OPTION...: fails unless something arrived, and for UDP unless most did
  local from=$1 address=$2 server result
  shift 2
  ip netns exec "$(other "$from")" iperf3 -s -1 -B "$address" >/dev/null 2>&1 &
  server=$!
  wait_until 5 is_listening "$(other "$from")" 5201
  result=$(on "$from" iperf3 -J -t 1 -c "$address" "$@") || { kill "$server"; jq -r .error <<<"$result"; return 1; }
  wait "$server"
  jq -e '(.end.sum_received.bytes // .end.sum.bytes) > 100000 and (.end.sum.lost_percent // 0) < 25' <<<"$result" >/dev/null ||
    { jq -c .end.sum <<<"$result"; return 1; }
}

# Ten echoes of 84 bytes, padded to 96, and a handshake: the counters are those of every WireGuard.
counters_are_exact() {
  check "10 pings, $1" ping_through a 10.7.0.2 -c 10 -i 0.01
  same "a received 92 + 10 x 128 bytes, $1" 1372 "$(received_by wa)"
  same "a sent 148 + 10 x 128 bytes, $1" 1428 "$(sent_by wa)"
  same "b received as much as a sent, $1" 1428 "$(received_by wb)"
  same "b sent as much as a received, $1" 1372 "$(sent_by wb)"
}

every_kind_of_traffic() { # FAMILY MTU
  local what="over $1, MTU $2" full=$(($2 - 28))
  check "ping back, $what" ping_through b 10.7.0.1
  check "ping, IPv6 inside, $what" ping_through a fd07::2
  check "ping back, IPv6 inside, $what" ping_through b fd07::1
  check "full-size pings pass whole, $what" ping_through a 10.7.0.2 -M "do" -s "$full" -c 5 -i 0.01
  check "pings of every length from 0, $what" lengths
  check "fragmented ping, $what" ping_through a 10.7.0.2 -s 8000
  check "TCP, $what" stream a 10.7.0.2
  check "TCP the other way, $what" stream b 10.7.0.1
  check "TCP, IPv6 inside, $what" stream a fd07::2
  check "TCP the other way, IPv6 inside, $what" stream b fd07::1
  check "UDP, $what" stream a 10.7.0.2 -u -b 20M
  check "UDP, IPv6 inside, $what" stream b fd07::1 -u -b 20M
  check "several TCP streams both ways at once, $what" stream a 10.7.0.2 -P 4 --bidir
}

lengths() {
  local length
  for length in 0 1 2 3 4 7 8 11 12 13 20 36 63 64 65 500; do
    ping_through a 10.7.0.2 -s "$length" || { echo "length $length"; return 1; }
  done
}

# Nothing a tunnel sends may be fragmented outside: both ends count the kernel's fragments.
fragments_made() { on "$1" nstat -asz IpFragCreates Ip6FragCreates | awk '/Frag/ { n += $2 } END { print n + 0 }'; }

for mtu in 1420 8920; do
  for family in v4 v6; do
    two_ends "$mtu" $((mtu + 80)) || exit
    configure_end a "$family" && configure_end b "$family" || exit
    counters_are_exact "over $family, MTU $mtu"
    before=$(($(fragments_made a) + $(fragments_made b)))
    every_kind_of_traffic "$family" "$mtu"
    # The inner fragmented ping makes fragments of its own, before they enter the tunnel.
    inner=$((2 * ((8028 + mtu - 49) / (mtu - 20))))
    less "no datagram of the tunnel was fragmented, over $family, MTU $mtu" \
      $(($(fragments_made a) + $(fragments_made b) - before)) "$inner"
    stop_daemon wa
    stop_daemon wb
    ip netns delete a
    ip netns delete b
  done
done
