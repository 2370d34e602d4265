# shellcheck shell=bash
# Waiting for a condition with a deadline: nothing in these tests sleeps a fixed time and hopes.

now_ms() { local t=${EPOCHREALTIME/[.,]/}; echo $((t / 1000)); }

# wait_until SECONDS COMMAND...: runs COMMAND until it succeeds; 1 when the deadline passes first.
wait_until() {
  local deadline=$(($(now_ms) + $1 * 1000))
  shift
  until "$@"; do
    (($(now_ms) < deadline)) || return 1
    sleep 0.02
  done
}
