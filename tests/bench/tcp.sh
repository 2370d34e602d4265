# shellcheck shell=bash
# Bulk TCP: throughput, and the daemons' processor time per byte. Both directions, one stream and several.

# tcp_part X Y PROFILE: for each pinning, brings up the pairs x and y, warms them, and measures X Y Y X.
tcp_part() {
  local x=$1 y=$2 profile=$3 pinning
  for pinning in $PINNINGS; do
    progress "tcp: $x against $y, $profile, $pinning"
    pair_up x "$x" "$profile" "$pinning" || return
    pair_up y "$y" "$profile" "$pinning" || return
    tcp_warm x && tcp_warm y && tcp_rounds || return
    pair_down x
    pair_down y
  done
}

# The cold first 10 s are a figure of their own; the rest of the warm-up is thrown away.
tcp_warm() { # PAIR
  local forward=$((WARMUP / 2)) cold
  ((forward > 0)) || return 0
  cold=$(iperf "$1" -t "$forward" -i 1 | jq '[.intervals[].sum | select(.start < 9.5) | .bits_per_second] | add / length / 1e9') || return
  record tcp-cold "$1" "{\"pinning\":\"$pinning\",\"gbit_per_s\":$cold}"
  iperf "$1" -t $((WARMUP - forward)) -R >/dev/null
}

# alternately COMMAND...: COMMAND x and COMMAND y, in the order X Y, then Y X, by the round of the caller.
alternately() {
  if ((round % 2 == 0)); then "$@" x && "$@" y; else "$@" y && "$@" x; fi
}

tcp_rounds() { # with profile and pinning of the caller
  local round direction streams
  for ((round = 0; round < PAIRS; round++)); do
    for direction in $DIRECTIONS; do
      for streams in $STREAMS; do
        alternately tcp_run || return
      done
    done
  done
}

tcp_run() { # PAIR, with round, direction and streams of the caller
  local before after result reverse=()
  [[ $direction == up ]] || reverse=(-R)
  before=$(pair_ticks "$1")
  result=$(iperf "$1" -t "$SECONDS_A_RUN" -P "$streams" "${reverse[@]}" "${PACED[@]}") || return
  after=$(pair_ticks "$1")
  jq -c --argjson ticks $((after - before)) --argjson kb "$(pair_memory "$1" VmHWM)" \
    --arg pinning "$pinning" --arg direction "$direction" --argjson streams "$streams" --argjson round "$round" '{
      pinning: $pinning, direction: $direction, streams: $streams, round: $round,
      gbit_per_s: (.end.sum_received.bits_per_second / 1e9),
      cpu_s_per_gb: ($ticks / 100 / (.end.sum_received.bytes / 1e9)),
      retransmits: (.end.sum_sent.retransmits // 0), highest_rss_mb: ($kb / 1024)}' <<<"$result" |
    record "${label:-tcp}" "$1"
}

# iperf PAIR ARGUMENTS...: one run of the client against the pair's server; its JSON.
iperf() {
  local pair=$1
  shift
  # shellcheck disable=SC2046
  on "${pair}a" $(pin "$pinning" a) iperf3 -J -c 10.7.0.2 -B 10.7.0.1 "$@" || {
    echo "iperf3 failed through pair $pair" >&2
    return 1
  }
}

# The same at a steady rate, for the processor time that a given amount of traffic costs.
steady_part() {
  local label=steady STREAMS=1 PACED=(-b 400M) DIRECTIONS=up PINNINGS=unpinned
  tcp_part "$@"
}
