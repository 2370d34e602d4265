# shellcheck shell=bash
# What every script here begins with: it moves into a sandbox (tests/lab/sandbox.sh), counts checks, and prints them as
# TAP, one line a check: "ok 3 - name", "not ok 4 - name", "ok 5 - name # SKIP reason".
#
#   A_KIND, B_KIND   what runs at the two ends: ours (the default), amneziawg-go or wireguard-go
#   PACKAGES         what else the script needs, as need_packages has it; set before this file is read
#   SCALE            size of the campaigns: 1, the default, is a normal run; 20 the long figures
#
# Everything a script starts ends with it: processes, namespaces and files.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tests/lab/sandbox.sh
. "$ROOT/tests/lab/sandbox.sh"
# shellcheck source=tests/lab/waiting.sh
. "$ROOT/tests/lab/waiting.sh"
# shellcheck source=tests/lab/namespaces.sh
. "$ROOT/tests/lab/namespaces.sh"
# shellcheck source=tests/lab/packages.sh
. "$ROOT/tests/lab/packages.sh"
# shellcheck source=tests/lab/programs.sh
. "$ROOT/tests/lab/programs.sh"
# shellcheck source=tests/lab/shaped-links.sh
. "$ROOT/tests/lab/shaped-links.sh"
# shellcheck source=tests/netns/ends.sh
. "$ROOT/tests/netns/ends.sh"

SCALE=${SCALE:-1}
[[ -v PACKAGES ]] || PACKAGES=()
A_KIND=${A_KIND:-ours} B_KIND=${B_KIND:-ours}

if ! in_sandbox; then
  need_packages ip:iproute2 nft:nftables ping:iputils-ping iperf3:iperf3 jq:jq wg:wireguard-tools tcpdump:tcpdump sysctl:procps strace:strace xxd:xxd "${PACKAGES[@]}" || exit
  find_wireguard_go || true
  JAVA_HOME=$(find_jdk) || exit
  export JAVA_HOME
  # Only the programs that are tested from this tree are built here.
  modules=(tests/lab)
  [[ $AWGD != "$ROOT"/* || $A_KIND$B_KIND != *ours* ]] || modules+=(tools/awg tools/awg-quick tools/awgd tools/sky-route)
  build_if_stale "${modules[@]}" || exit
  # A daemon that hangs must not hold up the rest.
  sandbox_run timeout "${SCRIPT_DEADLINE:-$(awk "BEGIN { print 600 * ($SCALE > 1 ? $SCALE : 1) }")}" "$(realpath "$0")" "$@"
  exit
fi

CHECKS=0 FAILED=0
diagnose() { local text="$*"; echo "#   ${text//$'\n'/$'\n'#   }"; }

# pass NAME, fail NAME [WHY...], skip NAME WHY...
pass() { echo "ok $((++CHECKS)) - $1"; }
fail() {
  echo "not ok $((++CHECKS)) - $1"
  FAILED=$((FAILED + 1))
  shift
  [[ ! $* ]] || diagnose "$@"
}
skip() { echo "ok $((++CHECKS)) - $1 # SKIP ${*:2}"; }

# check NAME COMMAND...: passes if the command succeeds. What it printed is shown when it fails.
check() {
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then pass "$name"; else fail "$name" "$* -> status $?"$'\n'"$output"; fi
}

# check_within SECONDS NAME COMMAND...: passes as soon as the command succeeds.
# shellcheck disable=SC2034 # WAITED_MS is for the caller
check_within() {
  local started
  started=$(now_ms)
  if wait_until "$1" "${@:3}" >/dev/null 2>&1; then
    pass "$2"
  else
    fail "$2" "${*:3}: not within $1 s"$'\n'"$("${@:3}" 2>&1)"
  fi
  WAITED_MS=$(($(now_ms) - started))
}

# same NAME EXPECTED ACTUAL, less NAME ACTUAL LIMIT (numbers, at most)
same() { if [[ $2 == "$3" ]]; then pass "$1"; else fail "$1" "expected $2, got $3"; fi; }
less() { if awk "BEGIN { exit !($2 <= $3) }"; then pass "$1 ($2)"; else fail "$1" "$2 is more than $3"; fi; }

# scaled LONG: the size of a campaign here.
scaled() { awk -v long="$1" -v scale="$SCALE" 'BEGIN { n = long * scale / 20; print int(n) + (n > int(n)) }'; }

# is_long: whether the long figures were asked for. SCALE may be a fraction.
is_long() { awk "BEGIN { exit !($SCALE >= 20) }"; }

note() { echo "# $*"; }

# resolvconf_stand_in FILE: a resolvconf that keeps the interfaces it was told of in the file that NAMES names.
resolvconf_stand_in() {
  cat >"$1" <<'END'
#!/bin/bash
case $1 in
  -a) cat >/dev/null; echo "$2" >>"$NAMES" ;;
  -d) sed -i "/^$2\$/d" "$NAMES" ;;
esac
END
  chmod +x "$1"
}

# Secrets must be in no output of any daemon, whatever else a script tests. Base64 and hex forms.
check_no_secret_in_logs() {
  local secret hits=()
  while read -r secret; do
    [[ $secret ]] || continue
    mapfile -t -O "${#hits[@]}" hits < <(grep -lF -e "$secret" -e "$(base64 -d <<<"$secret" | xxd -p -c 64)" "$SANDBOX_DIR"/*.log 2>/dev/null)
  done < <(cat "$SANDBOX_DIR"/*.key 2>/dev/null | sort -u)
  if ((${#hits[@]})); then fail "no key in any log" "${hits[@]}"; else pass "no key in any log"; fi
  [[ ! ${SKYAWG_CANARIES:-} ]] || cat "$SANDBOX_DIR"/*.key >>"$SKYAWG_CANARIES" 2>/dev/null
}

at_exit() {
  local status=$?
  if ((status)); then fail "the script ran to its end" "status $status"; else check_no_secret_in_logs; fi
  ((FAILED == 0)) || keep_logs
  echo "1..$CHECKS"
  exit $((FAILED > 0))
}
trap at_exit EXIT

keep_logs() {
  local log
  for log in "$SANDBOX_DIR"/*.log; do
    [[ -s $log ]] && diagnose "$(basename "$log"):"$'\n'"$(tail -n 12 "$log")"
  done
}
