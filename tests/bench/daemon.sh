# shellcheck shell=bash
# One daemon at a time: handshakes, starting, many peers, and the tool.
# shellcheck disable=SC2034 # round, profile and pinning are read by the functions that are called

# --- handshakes a second -----------------------------------------------------------------------------------------------
#     a: prepared initiations, core 1 ---- 192.0.2.0/24 ---- b: the daemon, core 0

HANDSHAKE_PEERS=3000 HANDSHAKE_ROUNDS=2

handshakes_part() { # X Y PROFILE: plain parameters whatever the profile, the initiations are plain WireGuard's
  local round profile=plain pair stamp
  progress "handshakes: $1 against $2"
  stamp=$(date +%s)
  lab peers --seed 7 --peers "$HANDSHAKE_PEERS" >"$SANDBOX_DIR/peers" || return
  for pair in x y; do
    new_namespace "${pair}a" "${pair}b"
    wire "${pair}a" "${pair}a" 192.0.2.1/24 "${pair}b" "${pair}b" 192.0.2.2/24
    pair_keys "$pair"
    if [[ $pair == x ]]; then start_single "$1" "$pair"; else start_single "$2" "$pair"; fi || return
    stamp=$((stamp + HANDSHAKE_ROUNDS))
    handshakes "$pair" >/dev/null || return
  done
  for ((round = 0; round < PAIRS; round++)); do
    alternately handshakes_run || return
  done
  for pair in x y; do
    stop_daemon "w${pair}b"
    ip netns delete "${pair}a"
    ip netns delete "${pair}b"
  done
}

start_single() { # CONTESTANT PAIR: the contestant's server side on core 0, with the prepared peers
  start_daemon "$(server_kind "$1")" "${2}b" "w${2}b" taskset -c 0 || return
  printf '[Interface]\nPrivateKey = %s\nListenPort = 51820\n' "$(<"$SANDBOX_DIR/w${2}b.key")" | cat - "$SANDBOX_DIR/peers" >"$SANDBOX_DIR/single.conf"
  tool "w${2}b" setconf "$SANDBOX_DIR/single.conf" && ip -n "${2}b" link set "w${2}b" up
}

handshakes() { # PAIR, with stamp of the caller
  find_lab
  ip netns exec "${1}a" taskset -c 1 "${LAB[@]}" handshakes --to 192.0.2.2:51820 --public-key "$(<"$SANDBOX_DIR/w${1}b.pub")" \
    --seed 7 --peers "$HANDSHAKE_PEERS" --rounds "$HANDSHAKE_ROUNDS" --stamp "$stamp"
}

handshakes_run() { # every run's stamps are later than the last's
  stamp=$((stamp + HANDSHAKE_ROUNDS))
  handshakes "$1" | jq -c --argjson round "$round" '{round: $round, handshakes_per_s, unanswered}' | record handshakes "$1"
}

# --- start --------------------------------------------------------------------------------------------------------------
#     a: the daemon, started afresh each time ---- 192.0.2.0/24 ---- b: wireguard-go, running all the time

start_part() { # X Y PROFILE: plain parameters, so that stock wg can configure everybody at once
  local round profile=plain pair
  [[ ${WIREGUARD_GO:-} ]] || { progress "start is left out: it needs wireguard-go at the far end"; return 0; }
  progress "start: $1 against $2"
  for pair in x y; do
    new_namespace "${pair}a" "${pair}b"
    wire "${pair}a" "${pair}a" 192.0.2.1/24 "${pair}b" "${pair}b" 192.0.2.2/24
    pair_keys "$pair"
    start_daemon wireguard-go "${pair}b" "w${pair}b" || return
    pair_config "$pair" b plain >"$SANDBOX_DIR/w${pair}b.conf"
    pair_config "$pair" a plain >"$SANDBOX_DIR/w${pair}a.conf"
    wg setconf "w${pair}b" "$SANDBOX_DIR/w${pair}b.conf" || return
    ip -n "${pair}b" address add 10.7.0.2/24 dev "w${pair}b"
    ip -n "${pair}b" link set "w${pair}b" up
  done
  START_KIND=([x]=$(client_kind "$1") [y]=$(client_kind "$2"))
  for ((round = 0; round < PAIRS; round++)); do
    alternately start_run || return
  done
  for pair in x y; do
    stop_daemon "w${pair}b"
    ip netns delete "${pair}a"
    ip netns delete "${pair}b"
  done
}
declare -A START_KIND=()

start_run() { # PAIR
  local interface=w${1}a kind=${START_KIND[$1]} began ready echoed kb
  # wg looks for sockets in its own folder only.
  mkdir -p /var/run/wireguard
  [[ $kind == wireguard-go ]] || ln -sf "$(socket_of "$kind" "$interface")" "/var/run/wireguard/$interface.sock"
  began=$(now_us)
  ip netns exec "${1}a" "$(daemon_program "$kind")" -f "$interface" >>"$SANDBOX_DIR/$interface.log" 2>&1 &
  DAEMON_PID["$interface"]=$! DAEMON_KIND["$interface"]=$kind
  until wg show "$interface" listen-port >/dev/null 2>&1; do (($(now_us) - began < 15000000)) || return 1; done
  ready=$(now_us)
  wg setconf "$interface" "$SANDBOX_DIR/$interface.conf" || return
  ip -n "${1}a" address add 10.7.0.1/24 dev "$interface"
  ip -n "${1}a" link set "$interface" up
  until on "${1}a" ping -qn -c 1 -W 0.2 10.7.0.2 >/dev/null; do (($(now_us) - ready < 15000000)) || return 1; done
  echoed=$(now_us)
  kb=$(awk '$1 == "VmRSS:" { print $2 }' "/proc/${DAEMON_PID[$interface]}/status")
  record start "$1" "{\"round\":$round,\"ready_ms\":$(((ready - began) / 1000)),\"first_echo_ms\":$(((echoed - ready) / 1000)),\"idle_rss_mb\":$((kb / 1024))}"
  stop_daemon "$interface"
  rm -f "/var/run/wireguard/$interface.sock"
}
now_us() { echo "${EPOCHREALTIME/[.,]/}"; }

# --- many peers ---------------------------------------------------------------------------------------------------------

peers_part() { # X Y PROFILE
  local profile=$3 peers round pinning=unpinned
  for peers in 1 1000 10000; do
    progress "peers: $1 against $2, $3, $peers"
    lab peers --seed 9 --peers $((peers - 1)) >"$SANDBOX_DIR/peers" || return
    for ((round = 0; round < PAIRS; round++)); do # fresh daemons each time: the first setconf and the first dump count
      pair_up x "$1" "$profile" unpinned && pair_up y "$2" "$profile" unpinned || return
      alternately peers_run || return
      pair_down x
      pair_down y
    done
  done
}

peers_run() { # PAIR, with peers of the caller
  local interface=w${1}b setconf dump gbit began
  cat "$SANDBOX_DIR/$interface.conf" "$SANDBOX_DIR/peers" >"$SANDBOX_DIR/many.conf"
  began=$(now_us)
  tool "$interface" setconf "$SANDBOX_DIR/many.conf" || return
  setconf=$((($(now_us) - began) / 1000))
  began=$(now_us)
  [[ $(tool "$interface" show dump | wc -l) == $((peers + 1)) ]] || { echo "show dump does not show $peers peers" >&2; return 1; }
  dump=$((($(now_us) - began) / 1000))
  wait_until 20 on "${1}a" ping -qc 1 -W 1 10.7.0.2 >/dev/null || return
  ((WARMUP == 0)) || iperf "$1" -t "$WARMUP" >/dev/null || return
  gbit=$(iperf "$1" -t "$SECONDS_A_RUN" | jq '.end.sum_received.bits_per_second / 1e9') || return
  record peers "$1" "{\"round\":$round,\"peers\":$peers,\"setconf_ms\":$setconf,\"dump_ms\":$dump,\"gbit_per_s\":$gbit,\"rss_mb\":$(($(pair_memory "$1" VmRSS) / 1024))}"
}

# --- the tool -----------------------------------------------------------------------------------------------------------

cli_part() { # X Y PROFILE: each one's own tool against its own daemon
  local profile=plain round
  [[ $1$2 != *:* ]] || { progress "cli: a mixed pair has no tool of its own"; return 0; }
  progress "cli: $1 against $2"
  pair_up x "$1" plain unpinned && pair_up y "$2" plain unpinned || return
  for ((round = 0; round < PAIRS; round++)); do alternately cli_run || return; done
  pair_down x
  pair_down y
}

cli_run() { # PAIR
  local program result
  program=$(tool_program "${DAEMON_KIND[w${1}a]}")
  result=$(jq -nc --argjson round "$round" \
    --argjson show "$(milliseconds "$program" show "w${1}a")" --argjson genkey "$(milliseconds "$program" genkey)" \
    --argjson pubkey "$(milliseconds "$program" pubkey <"$SANDBOX_DIR/w${1}a.key")" \
    '{round: $round, show_ms: $show, genkey_ms: $genkey, pubkey_ms: $pubkey}') || return
  record cli "$1" "$result"
}

milliseconds() { # COMMAND...
  local began
  began=$(now_us)
  "$@" >/dev/null || return
  awk "BEGIN { printf \"%.1f\", ($(now_us) - $began) / 1000 }"
}
