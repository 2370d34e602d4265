# shellcheck shell=bash
# Small packets and round trips.
# shellcheck disable=SC2034 # round, profile and pinning are read by the functions that are called

# pairs_up X Y PROFILE: both pairs, unpinned and warm.
pairs_up() {
  local pinning=unpinned pair
  pair_up x "$1" "$3" unpinned && pair_up y "$2" "$3" unpinned || return
  for pair in x y; do
    ((WARMUP == 0)) || iperf "$pair" -t "$WARMUP" >/dev/null || return
    small_packets "$pair" 40000 >/dev/null
  done
}

# small_packets PAIR RATE: sends 64-byte payloads for the time of a run; the receiver's JSON, with the rate that the sender
# reached as sent_per_s.
small_packets() {
  local receiver
  start_lab "${1}b" "$SANDBOX_DIR/received" receive --port 7000 --quiet-ms 200 --give-up-s 5
  receiver=$LAB_PID
  wait_until 5 is_bound "${1}b" 7000 || return
  on_lab "${1}a" send --to 10.7.0.2:7000 --size 64 --rate "$2" --count $(($2 * UDP_SECONDS)) >"$SANDBOX_DIR/sent" || return
  wait "$receiver"
  jq -c --slurpfile sent "$SANDBOX_DIR/sent" '.sent_per_s = $sent[0].packets_per_s' "$SANDBOX_DIR/received"
}

UDP_SECONDS=2

udp_part() { # X Y PROFILE
  local round profile=$3
  progress "udp: $1 against $2, $3"
  pairs_up "$@" || return
  for ((round = 0; round < PAIRS; round++)); do
    alternately udp_run || return
  done
  pair_down x
  pair_down y
}

# The highest rate at which no more than 1 % is lost: up by a third until it fails, then four halvings of the gap. A rate
# that the sender itself does not reach fails too: nothing was learnt about it.
udp_run() { # PAIR
  local good=0 bad=0 rate=${UDP_RATE[$1]:-30000} best step
  for ((step = 0; step < 12; step++)); do
    if udp_passes "$1" "$rate"; then
      good=$rate best=$result
      if ((bad == 0)); then rate=$((rate * 4 / 3)); else rate=$(((good + bad) / 2)); fi
    else
      bad=$rate
      if ((good == 0)); then rate=$((rate * 2 / 3)); else rate=$(((good + bad) / 2)); fi
    fi
    ((good == 0 || bad == 0 || bad - good > good / 40)) || break
  done
  ((good > 0)) || { echo "udp: nothing came through without loss" >&2; return 1; }
  UDP_RATE[$1]=$((good * 3 / 4))
  jq -c --argjson round "$round" --argjson ticks "$ticks_at_best" \
    '{round: $round, offered_kpps: (.sent_per_s / 1000), kpps: (.packets_per_s / 1000), cpu_us_per_packet: ($ticks * 10000 / .received)}' <<<"$best" |
    record udp "$1"
}
declare -A UDP_RATE=()

udp_passes() { # PAIR RATE; sets result and ticks_at_best
  local before after
  before=$(pair_ticks "$1")
  result=$(small_packets "$@") || return
  after=$(pair_ticks "$1")
  jq -e --argjson rate "$2" '.total > 0 and .lost <= .total / 100 and .sent_per_s >= 0.9 * $rate' <<<"$result" >/dev/null || return
  ticks_at_best=$((after - before))
}

latency_part() { # X Y PROFILE
  local round profile=$3 pinning=unpinned
  progress "latency: $1 against $2, $3"
  pairs_up "$@" || return
  for ((round = 0; round < PAIRS; round++)); do
    alternately latency_run || return
  done
  pair_down x
  pair_down y
}

latency_run() { # PAIR
  local load idle loaded
  idle=$(round_trips "$1" 0.005) || return
  iperf "$1" -t $((SECONDS_A_RUN + 1)) >/dev/null &
  load=$!
  wait_until 5 is_sending "$1"
  loaded=$(round_trips "$1" 0.01) || return
  wait "$load"
  jq -nc --argjson round "$round" --argjson idle "$idle" --argjson loaded "$loaded" \
    '{round: $round, idle_p50_us: $idle.p50, idle_p99_us: $idle.p99, loaded_p50_ms: ($loaded.p50 / 1000), loaded_p99_ms: ($loaded.p99 / 1000)}' |
    record latency "$1"
}
is_sending() { [[ $(on "${1}a" ss -Htn state established "dport = :5201") ]]; }

# round_trips PAIR INTERVAL: echoes for the time of a run; percentiles in microseconds.
round_trips() {
  on "${1}a" ping -n -i "$2" -w "$SECONDS_A_RUN" 10.7.0.2 |
    sed -n 's/.* time=\([0-9.]*\) ms$/\1/p' | sort -n |
    awk '{ t[NR] = $1 * 1000 } END { if (NR < 20) exit 1
      printf "{\"p50\":%.1f,\"p99\":%.1f}\n", t[int(NR * 0.5)], t[int(NR * 0.99)] }'
}
