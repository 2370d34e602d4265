#!/usr/bin/env bash
# Packets make no garbage: a daemon under a steady load of traffic does not collect any. What is not of packets (timers,
# a look at the clock, a tool that asks) may fill the young generation once in minutes.
#
#     a: wa 10.7.0.1   ====== 200 Mbit/s each way ======>   wb 10.7.0.2 :b
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
[[ $A_KIND == ours && $B_KIND == ours ]] || { skip "collections" "only our daemons have a collector"; exit 0; }

export AWG_JAVA_OPTIONS="-Xlog:gc:stdout"
two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
check_within 5 "the tunnel is up" ping_through a 10.7.0.2

on b iperf3 -s -D -1 -B 10.7.0.2 -I "$SANDBOX_DIR/iperf3.pid"
wait_until 5 is_listening b 5201
collections() { grep -c 'Pause' "$SANDBOX_DIR/w$1.log"; }

# While it warms up, compilers and the classes that they load allocate; that much is seen in the log too, and shows that it
# would show more.
seconds=$(scaled 300)
((seconds >= 15)) || seconds=15
on a iperf3 -c 10.7.0.2 --bidir -b 200M -t $((seconds + 10)) --json >"$SANDBOX_DIR/iperf.json" &
load=$!
wait_until 10 false
before_a=$(collections a) before_b=$(collections b)
wait "$load"
bytes=$(jq '.end.sum_received.bytes + .end.sum_received_bidir_reverse.bytes' "$SANDBOX_DIR/iperf.json")
note "$((bytes / 1000000)) MB in $((seconds + 10)) s; collections in the first 10 s: $before_a and $before_b"
less "megabytes that did not come through" $((400 * (seconds + 10) / 8 - bytes / 1000000)) $((400 * (seconds + 10) / 80))
same "collections at a, $seconds s of traffic" 0 $(($(collections a) - before_a))
same "collections at b, $seconds s of traffic" 0 $(($(collections b) - before_b))
