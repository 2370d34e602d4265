#!/usr/bin/env bash
# The shaper itself: what it promises of a link, seen by ping, iperf3 and numbered packets. What becomes of each frame is
# tested on a virtual clock, in tests/lab.
#
#     a: v 192.0.2.1, 2001:db8::1  ---- shaper ----  v 192.0.2.2, 2001:db8::2 :b
#     left1 .. left8: v 10.0.N.1   ---- shaper ----  v 10.0.N.2 :right1 .. right8
#
# SCALE=20 has the eight links carry 95 Mbit/s each instead of 20.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

# within LOW HIGH NAME COMMAND...: passes when the number that COMMAND prints is between, in one of three tries: what
# others do on the machine only spoils it.
within() {
  local low=$1 high=$2 name=$3 figure figures=()
  shift 3
  for _ in 1 2 3; do
    figure=$("$@")
    figures+=("${figure:-none}")
    if awk -v x="$figure" -v low="$low" -v high="$high" 'BEGIN { exit !(x != "" && x + 0 >= low && x + 0 <= high) }'; then
      pass "$name ($figure)"
      return
    fi
  done
  fail "$name" "not from $low to $high: ${figures[*]}"
}

# echo_time PERCENTILE COUNT: of the times, in ms, that COUNT echoes take which a asks b for.
echo_time() {
  on a ping -n -c "$2" -i 0.01 -W 1 192.0.2.2 | sed -n 's/.* time=\([0-9.]*\) ms/\1/p' | sort -n |
    awk -v percentile="$1" '{ times[NR] = $1 } END { print times[1 + int((NR - 1) * percentile / 100)] }'
}

serve() { # NAMESPACE
  on "$1" iperf3 -s -D && wait_until 5 is_listening "$1" 5201
}
new_namespace a b
shaped_link a v 192.0.2.1/24,2001:db8::1/64 b v 192.0.2.2/24,2001:db8::2/64 || exit
serve b || exit

# --- delay ---
check "a perfect link carries IPv4" ping_through a 192.0.2.2 -c 50 -i 0.01
check "and IPv6" ping_through a 2001:db8::2 -c 50 -i 0.01
shape a-b delay 30ms
within 60 63 "30 ms each way: ms there and back" echo_time 50 30
shape a-b towards a delay 0ms
within 30 32 "30 ms towards b alone" echo_time 50 30
shape a-b delay 20ms jitter 5ms
# The sum of two is between 30 and 50 ms, and each outer tenth of them beyond 34.5 and 45.5.
within 30 36.5 "20 ms, 5 ms more or less: the shortest tenth" echo_time 10 100
within 43.5 51 "the longest tenth" echo_time 90 100

# --- rate and queue ---
shape a-b clear rate 100mbit queue 200ms
packets_per_s() { carry_numbered a b 192.0.2.2 20000 12500 1458 | jq .packets_per_s; }
# 8 333 frames of 1500 bytes a second, to 2 %.
within 8167 8500 "100 Mbit/s, 150 sent: packets a second that arrive" packets_per_s
tcp() { on a iperf3 -J -c 192.0.2.2 -t 2 | jq '.end.sum_received.bits_per_second / 1e6'; }
within 80 96 "the same by TCP: Mbit/s of payload" tcp

queue_dropped() { shaped '.["a-b"].b.queue_dropped'; }
has_dropped() { (($(queue_dropped) > dropped)); } # more than there were
echo_time_under_load() { # as echo_time
  local dropped load
  dropped=$(queue_dropped)
  start_lab a "$SANDBOX_DIR/load" send --to 192.0.2.2:9 --count 100000 --rate 1250 --size 1458
  load=$LAB_PID
  wait_until 5 has_dropped && echo_time "$@"
  kill "$load"
  wait "$load" 2>/dev/null
}
shape a-b rate 10mbit queue 20ms
within 15 24 "10 Mbit/s with a queue of 20 ms, 15 sent: an echo waits in the queue" echo_time_under_load 50 50

# --- loss and order ---
shape a-b clear
check "wrong settings are refused" eval '! shape a-b loss 100% delay 20'
check "and change nothing" ping_through a 192.0.2.2 -c 10 -i 0.01
count=5000
shape a-b loss 10%
result=$(carry_numbered a b 192.0.2.2 "$count" 5000 200)
lost=$(jq .lost <<<"$result")
counted=$(shaped '.["a-b"].b.lost')
if ((lost > count * 8 / 100 && lost < count * 12 / 100)); then pass "10 % are lost ($lost of $count)"; else fail "10 % are lost" "$result"; fi
# Its count has other frames too: 20 that say that the sender is done, and those that ask for addresses.
if ((counted >= lost && counted <= lost + 25)); then pass "as the shaper counts ($counted)"; else fail "as the shaper counts" "$counted, not $lost"; fi

shape a-b clear reorder 20% hold 4ms
result=$(carry_numbered a b 192.0.2.2 "$count" 5000 200)
late=$(jq .late <<<"$result")
same "20 % held back for 4 ms: none is lost" 0 "$(jq .lost <<<"$result")"
if ((late > count * 15 / 100 && late < count * 25 / 100)); then pass "but overtaken ($late of $count)"; else fail "but overtaken" "$result"; fi

# --- a black hole in one direction ---
shape a-b clear
check "the link is perfect again" ping_through a 192.0.2.2 -c 50 -i 0.01
# b must not have to ask where a is: it could not hear the answer.
ip -n b neighbour replace 192.0.2.1 lladdr "$(ip -n a -j link show v | jq -r '.[0].address')" dev v nud permanent
shape a-b towards b blackhole on
check "a black hole towards b: a hears nothing" eval '! ping_through a 192.0.2.2 -c 3 -i 0.01'
same "a hears what b says" 0 "$(carry_numbered b a 192.0.2.1 500 1000 200 | jq .lost)"
shape a-b towards b blackhole off
check_within 1 "the hole is closed" ping_through a 192.0.2.2

drops() { ip -n "$1" -s -j link show "$2" | jq '.[0].stats64.tx.dropped'; }
same "no frame was lost before the shaper saw it" "0 0" "$(drops a v) $(drops b v)"

# --- eight links at once ---
pace=20
! is_long || pace=95
numbers=(1 2 3 4 5 6 7 8)
for n in "${numbers[@]}"; do
  new_namespace "left$n" "right$n"
  shaped_link "left$n" v "10.0.$n.1/24" "right$n" v "10.0.$n.2/24" && shape "left$n-right$n" rate 100mbit delay 10ms && serve "right$n" || exit
done
shaper_cpu_ms() { awk -v hz="$(getconf CLK_TCK)" '{ print int(($14 + $15) * 1000 / hz) }' "/proc/$SHAPER_PID/stat"; }
most_lost_of_eight() { # percent
  local n jobs=() started
  started=$(shaper_cpu_ms)
  for n in "${numbers[@]}"; do
    ip netns exec "left$n" iperf3 -J -c "10.0.$n.2" -u -b "${pace}M" -t 2 >"$SANDBOX_DIR/left$n.json" &
    jobs+=($!)
  done
  wait "${jobs[@]}"
  echo $((($(shaper_cpu_ms) - started) / 20)) >"$SANDBOX_DIR/share"
  jq -s 'map(.end.sum.lost_percent) | max' "$SANDBOX_DIR"/left*.json
}
within 0 1 "eight links at once, $pace Mbit/s each: percent lost at most" most_lost_of_eight
carried=$(jq -s 'map(.end | (.sum_received // .sum).bits_per_second / 1e6) | add | round' "$SANDBOX_DIR"/left*.json)
note "$carried Mbit/s in all, for which the shaper took $(<"$SANDBOX_DIR/share") % of a core"

remove_link left8-right8
check "a link that is removed takes its devices with it" eval '! ip -n left8 link show v && ! ip -n right8 link show v'
check "the others go on" ping_through left1 10.0.1.2 -c 20 -i 0.01
check "nothing was held that memory had no room for" test "$(shaped '[.[][].overflowed] | add')" = 0
note "latest frame: $(shaped '[.[][].latest_us] | max') us after its time"
