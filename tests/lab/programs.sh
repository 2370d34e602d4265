# shellcheck shell=bash
# The programs under test and their peers. Every path can be set from outside:
#
#   AWGD, AWG, AWG_QUICK, SKY_ROUTE   ours; the launchers in bin/ unless set
#   AMNEZIAWG_GO           amneziawg-go, left out where not set
#   AMNEZIAWG_TOOLS        amneziawg-tools' awg, or the folder it is in
#   WIREGUARD_GO           wireguard-go; found or installed by find_wireguard_go
#
# A "kind" is one of: ours, amneziawg-go, wireguard-go.

: "${ROOT:?the project folder}"
AWGD=${AWGD:-$ROOT/bin/awgd}
AWG=${AWG:-$ROOT/bin/awg}
# shellcheck disable=SC2034 # for the scripts that source this file
AWG_QUICK=${AWG_QUICK:-$ROOT/bin/awg-quick}
# shellcheck disable=SC2034
SKY_ROUTE=${SKY_ROUTE:-$ROOT/bin/sky-route}
WIREGUARD_GO_VERSION=v0.0.0-20260522210424-ecfc5a8d5446

# Sets WIREGUARD_GO and WIREGUARD_GO_NAME. Builds the pinned version with the machine's own Go (1.23 or later) into the
# user's cache; else takes Debian's, which is of 2022 and named as such. 1 if neither can be had.
find_wireguard_go() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/skyawg/wireguard-go-$WIREGUARD_GO_VERSION
  if [[ ${WIREGUARD_GO:-} ]]; then
    WIREGUARD_GO_NAME=${WIREGUARD_GO_NAME:-$WIREGUARD_GO}
  elif [[ -x $cache/wireguard ]] || install_wireguard_go "$cache"; then
    WIREGUARD_GO=$cache/wireguard WIREGUARD_GO_NAME="wireguard-go $WIREGUARD_GO_VERSION"
  elif command -v wireguard-go >/dev/null; then
    WIREGUARD_GO=$(command -v wireguard-go) WIREGUARD_GO_NAME="Debian's wireguard-go of 2022"
  else
    return 1
  fi
  export WIREGUARD_GO WIREGUARD_GO_NAME
}

install_wireguard_go() {
  local version
  version=$(go env GOVERSION 2>/dev/null) || return
  [[ $version =~ ^go1\.([0-9]+) ]] && ((BASH_REMATCH[1] >= 23)) || return
  GOBIN=$1 GOFLAGS=-buildvcs=false go install "golang.zx2c4.com/wireguard@$WIREGUARD_GO_VERSION" >&2
}

# The awg tool of amneziawg-tools, from a file or a folder.
amneziawg_tool() {
  if [[ -d $AMNEZIAWG_TOOLS ]]; then echo "$AMNEZIAWG_TOOLS/awg"; else echo "$AMNEZIAWG_TOOLS"; fi
}

daemon_program() {
  case $1 in
    ours) echo "$AWGD" ;;
    amneziawg-go) echo "$AMNEZIAWG_GO" ;;
    wireguard-go) echo "$WIREGUARD_GO" ;;
    *) echo "unknown kind of daemon: $1" >&2; return 1 ;;
  esac
}

# The tool that belongs to a kind of daemon.
tool_program() {
  case $1 in
    ours) echo "$AWG" ;;
    amneziawg-go) amneziawg_tool ;;
    wireguard-go) echo wg ;;
    *) echo "unknown kind of daemon: $1" >&2; return 1 ;;
  esac
}

socket_of() { # KIND INTERFACE
  if [[ $1 == wireguard-go ]]; then echo "/var/run/wireguard/$2.sock"; else echo "/var/run/amneziawg/$2.sock"; fi
}

declare -A DAEMON_PID=() DAEMON_KIND=()

# start_daemon KIND NAMESPACE INTERFACE [PREFIX...]: in the foreground of a job, until its control socket is there.
# PREFIX (taskset, strace, ...) stands before the program. Its output goes to $SANDBOX_DIR/INTERFACE.log.
start_daemon() {
  local kind=$1 namespace=$2 interface=$3 program
  shift 3
  program=$(daemon_program "$kind") || return
  ip netns exec "$namespace" "$@" "$program" -f "$interface" >>"$SANDBOX_DIR/$interface.log" 2>&1 &
  DAEMON_PID[$interface]=$! DAEMON_KIND[$interface]=$kind
  wait_until "${DAEMON_DEADLINE:-15}" daemon_is_ready "$kind" "$interface" || {
    echo "$kind: no control socket for $interface after ${DAEMON_DEADLINE:-15} s: $(tail -n 3 "$SANDBOX_DIR/$interface.log")" >&2
    return 1
  }
}

daemon_is_ready() { [[ -S $(socket_of "$1" "$2") ]]; }

# stop_daemon INTERFACE [SIGNAL]
stop_daemon() {
  kill "-${2:-TERM}" "${DAEMON_PID[$1]}" 2>/dev/null
  wait "${DAEMON_PID[$1]}" 2>/dev/null
  unset "DAEMON_PID[$1]" "DAEMON_KIND[$1]"
}

# What the daemon of an interface holds: megabytes of memory, and file descriptors.
resident() { awk '$1 == "VmRSS:" { print int($2 / 1024) }' "/proc/${DAEMON_PID[$1]}/status"; }
descriptors() { find "/proc/${DAEMON_PID[$1]}/fd" -mindepth 1 2>/dev/null | wc -l; }

# tool INTERFACE VERB ARGUMENTS...: the tool of the daemon that owns INTERFACE: `tool wg0 setconf FILE`, `tool wg0 show`.
tool() {
  local interface=$1 verb=$2
  shift 2
  "$(tool_program "${DAEMON_KIND[$interface]}")" "$verb" "$interface" "$@"
}

# lab SUBCOMMAND ARGUMENTS...: the test traffic program of tests/lab. on_lab NAMESPACE SUBCOMMAND ...: in a namespace.
# start_lab NAMESPACE OUTPUT SUBCOMMAND ...: in the background; LAB_PID is its process.
find_lab() { # sets LAB, once
  [[ ${LAB[*]:-} ]] ||
    LAB=("$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$(find "$ROOT/tests/lab/target" -maxdepth 1 -name '*-all.jar')")
}
lab() { find_lab && "${LAB[@]}" "$@"; }
on_lab() { find_lab && ip netns exec "$1" "${LAB[@]}" "${@:2}"; }
# shellcheck disable=SC2034 # LAB_PID is for the caller
start_lab() {
  find_lab
  ip netns exec "$1" "${LAB[@]}" "${@:3}" >"$2" 2>>"$SANDBOX_DIR/lab.log" &
  LAB_PID=$!
}

# carry_numbered FROM TO ADDRESS COUNT RATE SIZE: numbered packets from a namespace to another, in which ADDRESS is; prints
# what the receiver saw of them.
carry_numbered() {
  local receiver
  start_lab "$2" "$SANDBOX_DIR/received" receive --port 7000 --quiet-ms 1000
  receiver=$LAB_PID
  wait_until 10 is_bound "$2" 7000
  on_lab "$1" send --to "$3:7000" --count "$4" --rate "$5" --size "$6" >/dev/null
  wait "$receiver"
  cat "$SANDBOX_DIR/received"
}
