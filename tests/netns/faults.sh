#!/usr/bin/env bash
# The outer network fails in every way it can, and comes back: nothing dies, traffic is back within 2 s.
#
#     a: wa 10.7.0.1   ====== tunnel ======   wb 10.7.0.2 :b
#        v 192.0.2.1 ------------------------ v 192.0.2.2
#        w 198.51.100.1 --------------------- w 198.51.100.2    a second way to b's address 203.0.113.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
wire a w 198.51.100.1/24 b w 198.51.100.2/24
ip -n b address add 203.0.113.2/32 dev lo
ip -n a route add 203.0.113.2 via 192.0.2.2
tool wa set peer "$(public b)" endpoint 203.0.113.2:51821 persistent-keepalive 1
no_ping() { ! ping_through "$@"; }
alive() { kill -0 "${DAEMON_PID[wa]}" && kill -0 "${DAEMON_PID[wb]}"; }
threads() { awk '$1 == "Threads:" { print $2 }' "/proc/${DAEMON_PID[$1]}/status"; }

check_within 5 "the tunnel is up" ping_through a 10.7.0.2

fails_and_recovers() { # WHAT BREAK REPAIR (commands as one string each)
  bash -c "$2" || { fail "$1: could be arranged"; return; }
  check "$1: no traffic" no_ping a 10.7.0.2
  bash -c "$3"
  check_within 2 "$1: repaired, traffic is back within 2 s" ping_through a 10.7.0.2
  check "$1: both daemons live" alive
}

ip -n a route replace 203.0.113.2 via 198.51.100.2
check_within 2 "the route to the peer moves to another link: traffic within 2 s" ping_through a 10.7.0.2
ip -n a route replace 203.0.113.2 via 192.0.2.2
check_within 2 "and back" ping_through a 10.7.0.2

fails_and_recovers "no route (ENETUNREACH)" \
  "ip -n a route flush table main" \
  "for route in '192.0.2.0/24 dev v' '198.51.100.0/24 dev w' '10.7.0.0/24 dev wa' '203.0.113.2 via 192.0.2.2'; do
     ip -n a route add \$route; done"
fails_and_recovers "the interface's address is lost" \
  "ip -n a address flush dev v" "ip -n a address add 192.0.2.1/24 dev v; ip -n a route replace 203.0.113.2 via 192.0.2.2"
fails_and_recovers "the local firewall refuses (EPERM)" \
  "ip netns exec a nft 'add table ip f; add chain ip f o { type filter hook output priority 0; }; add rule ip f o udp dport 51821 drop'" \
  "ip netns exec a nft delete table ip f"
fails_and_recovers "the link is down" \
  "ip -n a link set v down" "ip -n a link set v up; ip -n a route replace 203.0.113.2 via 192.0.2.2"
fails_and_recovers "the peer refuses (ECONNREFUSED)" \
  "ip netns exec b nft 'add table ip f; add chain ip f i { type filter hook input priority 0; }; add rule ip f i udp dport 51821 reject'" \
  "ip netns exec b nft delete table ip f"

# The kernel is short of memory, or a queue is full: every send of a's daemon is answered so, for as long as it is traced.
no_buffers="strace -f -qq -o /dev/null -e trace=sendmmsg,sendmsg,sendto -e inject=sendmmsg,sendmsg,sendto:error=ENOBUFS -p ${DAEMON_PID[wa]}"
traced() { [[ $(awk '$1 == "TracerPid:" { print $2 }' "/proc/${DAEMON_PID[wa]}/status") != 0 ]]; }
$no_buffers &
tracer=$!
check_within 5 "no buffers (ENOBUFS): could be arranged" traced
check "no buffers (ENOBUFS): no traffic" no_ping a 10.7.0.2
kill "$tracer"
wait "$tracer"
check_within 2 "no buffers (ENOBUFS): given again, traffic is back within 2 s" ping_through a 10.7.0.2
check "no buffers (ENOBUFS): both daemons live" alive

# A link too narrow for full packets: small ones still pass, and full ones again when it has widened.
ip -n a link set v mtu 1000
check "the outer link narrows (EMSGSIZE): small packets pass" ping_through a 10.7.0.2
check "full ones do not" no_ping a 10.7.0.2 -M "do" -s 1392
ip -n a link set v mtu 1500
ip -n a route flush cache
check_within 2 "it widens: full packets pass within 2 s" ping_through a 10.7.0.2 -M "do" -s 1392

# The link flaps: down 1 s, up 2 s in the long run; here as often as SCALE allows.
flaps=$(scaled 100) slow=0 worst=0
note "link flaps: $flaps of 100"
for ((flap = 0; flap < flaps; flap++)); do
  ip -n a link set v down
  wait_until 1 false
  ip -n a link set v up
  ip -n a route replace 203.0.113.2 via 192.0.2.2
  started=$(now_ms)
  wait_until 2 ping_through a 10.7.0.2 || slow=$((slow + 1))
  took=$(($(now_ms) - started))
  ((took <= worst)) || worst=$took
done
note "slowest return after a flap: $worst ms"
same "traffic is back within 2 s after every flap" 0 "$slow"
check "both daemons live" alive
less "a's threads after all that" "$(threads wa)" 60
