# shellcheck shell=bash
# A pair: two daemons, one tunnel, in two namespaces of its own. Several pairs stand side by side; only one works at a
# time, so that runs can alternate between them.
#
#     namespace Pa                                 namespace Pb
#     iperf3 client      Ia 10.7.0.1   tunnel   10.7.0.2 Ib     iperf3 server
#     daemon A           192.0.2.1 --- veth --- 192.0.2.2       daemon B
#
# A contestant is the kind of both daemons ("ours"), or of the client's and the server's ("ours:amneziawg-go").

client_kind() { echo "${1%%:*}"; }
server_kind() { echo "${1##*:}"; }

# pair_up PAIR CONTESTANT PROFILE PINNING: PINNING is pinned (core 0 for end A, core 1 for end B) or unpinned.
pair_up() {
  local pair=$1 contestant=$2 profile=$3 pinning=$4 side kind mtu
  mtu=$(profile_mtu "$profile")
  new_namespace "${pair}a" "${pair}b"
  wire "${pair}a" "${pair}a" 192.0.2.1/24 "${pair}b" "${pair}b" 192.0.2.2/24
  pair_keys "$pair"
  for side in a b; do
    if [[ $side == a ]]; then kind=$(client_kind "$contestant"); else kind=$(server_kind "$contestant"); fi
    # shellcheck disable=SC2046 # words wanted
    start_daemon "$kind" "$pair$side" "w$pair$side" $(pin "$pinning" "$side") || return
    pair_config "$pair" "$side" "$profile" >"$SANDBOX_DIR/w$pair$side.conf"
    tool "w$pair$side" setconf "$SANDBOX_DIR/w$pair$side.conf" || return
    ip -n "$pair$side" link set "w$pair$side" mtu "$mtu" up
  done
  ip -n "${pair}a" address add 10.7.0.1/24 dev "w${pair}a"
  ip -n "${pair}b" address add 10.7.0.2/24 dev "w${pair}b"
  wait_until 15 on "${pair}a" ping -qc 1 -W 1 10.7.0.2 >/dev/null || {
    echo "$contestant, $profile: no ping through the tunnel after 15 s" >&2
    return 1
  }
  # shellcheck disable=SC2046
  ip netns exec "${pair}b" $(pin "$pinning" b) iperf3 -s -B 10.7.0.2 >/dev/null 2>&1 &
  IPERF_SERVER[$pair]=$!
  wait_until 5 is_listening "${pair}b" 5201
}

declare -A IPERF_SERVER=()

pair_down() {
  local side
  kill "${IPERF_SERVER[$1]}"
  wait "${IPERF_SERVER[$1]}" 2>/dev/null
  for side in a b; do
    stop_daemon "w$1$side"
    ip netns delete "$1$side"
  done
}

pin() { # PINNING SIDE
  case $1-$2 in
    pinned-a) echo taskset -c 0 ;;
    pinned-b) echo taskset -c 1 ;;
  esac
}

pair_keys() {
  local side
  for side in a b; do
    (umask 077 && wg genkey >"$SANDBOX_DIR/w$1$side.key")
    wg pubkey <"$SANDBOX_DIR/w$1$side.key" >"$SANDBOX_DIR/w$1$side.pub"
  done
}

pair_config() { # PAIR SIDE PROFILE
  local other=b
  [[ $2 == a ]] || other=a
  echo "[Interface]"
  echo "PrivateKey = $(<"$SANDBOX_DIR/w$1$2.key")"
  echo "ListenPort = 51820"
  profile_lines "$3"
  echo "[Peer]"
  echo "PublicKey = $(<"$SANDBOX_DIR/w$1$other.pub")"
  echo "AllowedIPs = 10.7.0.0/24"
  [[ $2 == b ]] || echo "Endpoint = 192.0.2.2:51820"
}

# The daemons' processor time so far, both ends, in ticks of 1/100 s.
pair_ticks() {
  local side fields total=0
  for side in a b; do
    read -r fields <"/proc/${DAEMON_PID[w$1$side]}/stat"
    # Fields after the name in brackets: state is the 3rd, utime the 14th, stime the 15th.
    # shellcheck disable=SC2086
    set -- "$1" ${fields##*) }
    total=$((total + ${13} + ${14}))
  done
  echo "$total"
}

# Resident memory of the larger of the two daemons, in KB. WHICH: VmRSS (now) or VmHWM (highest so far).
pair_memory() { # PAIR WHICH
  local side
  for side in a b; do
    awk -v which="$2:" '$1 == which { print $2 }' "/proc/${DAEMON_PID[w$1$side]}/status"
  done | sort -n | tail -n 1
}
