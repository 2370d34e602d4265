#!/usr/bin/env bash
# Nothing is left behind: descriptors and threads of the daemon are as many after a thousand times down and up, and after
# ten thousand clients of the control socket, as before.
#
#     a: wa 10.7.0.1   ====== tunnel ======   wb 10.7.0.2 :b
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
tool wa set peer "$(public b)" persistent-keepalive 1
check_within 5 "the tunnel is up" ping_through a 10.7.0.2
socket=$(socket_of "$A_KIND" wa)
process=/proc/${DAEMON_PID[wa]}
# Without the compilers' threads and the pool's that carry virtual ones: the JVM starts and ends these as it likes.
threads() { cat "$process"/task/*/comm 2>/dev/null | grep -cvE '^(C[12] CompilerThre|ForkJoinPool|Unblocker|VirtualThread)'; }
not_bound() { ! is_bound a 51820; }
down_and_up() {
  ip -n a link set wa down
  wait_until 5 not_bound || return
  ip -n a link set wa up
  wait_until 5 is_bound a 51820
}
ask() { lab clients --socket "$socket" --probes "$1"; }

for ((cycle = 0; cycle < 3; cycle++)); do down_and_up; done
ask 100 >/dev/null
wait_until 5 ping_through a 10.7.0.2 >/dev/null
as_before() { (($(descriptors wa) <= descriptors && $(threads) <= threads)) || { echo "$(descriptors wa) descriptors, $(threads) threads"; return 1; }; }
descriptors=$(descriptors wa) threads=$(threads)
note "to begin with: $descriptors descriptors, $threads threads"

cycles=$(scaled 1000) stuck=0
note "down and up: $cycles of 1000"
for ((cycle = 0; cycle < cycles; cycle++)); do down_and_up || stuck=$((stuck + 1)); done
same "the port is given back and taken again every time" 0 "$stuck"
# The last initiations may have come too soon one after the other for b to look at (20 ms): then a's next one counts,
# which it sends RekeyTimeout (5 s) and up to a third of a second later.
check_within 8 "traffic" ping_through a 10.7.0.2
check_within 5 "no descriptor and no thread more than before" as_before

clients=$(scaled 10000)
note "clients: $clients of 10000"
same "each is answered" "$clients" "$(ask "$clients" | jq .answered)"
check_within 5 "no descriptor and no thread more than before" as_before
check "traffic" ping_through a 10.7.0.2
