#!/usr/bin/env bash
# A daemon is restarted: its clock may have been set back meanwhile, and it leaves nothing behind.
#
#     a: wa 10.7.0.1   ====== tunnel ======   wb 10.7.0.2 :b
#        v 192.0.2.1 ------------------------ v 192.0.2.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

[[ $A_KIND == ours ]] || { skip "restarts" "they are about our daemon"; exit; }

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
check_within 5 "the tunnel is up" ping_through a 10.7.0.2

# start_a CLOCK_OFFSET_SECONDS: a's daemon with a clock that is wrong by so much. restart_a CLOCK_OFFSET_SECONDS SIGNAL
start_a() { AWG_JAVA_OPTIONS="-Dskyawg.clockOffsetSeconds=$1" start_end a 1420 && configure_end a v4; }
restart_a() {
  stop_a "$2"
  start_a "$1"
}
# Without the socket of a killed daemon, by which its successor would be taken for ready.
stop_a() {
  stop_daemon wa "$1"
  rm -f "$(socket_of ours wa)"
}
# As check, in this shell: what starts a daemon must know it afterwards.
check_here() { if "${@:2}" >"$SANDBOX_DIR/here" 2>&1; then pass "$1"; else fail "$1" "${*:2}: $(<"$SANDBOX_DIR/here")"; fi; }
floors() { find "$AWGD_STATE_DIR/wa" -name 'timestamp-*' | wc -l; }
are_run_dirs() { [[ $(run_dirs) == "$1" ]]; }
run_dirs() { find /run/awgd -mindepth 1 -maxdepth 1 2>/dev/null | wc -l; }

check_within 2 "the newest timestamp is kept" test -d "$AWGD_STATE_DIR/wa"
same "in one file" 1 "$(floors)"
same "that only its owner may read" "600 700" "$(stat -c %a "$AWGD_STATE_DIR"/wa/timestamp-* "$AWGD_STATE_DIR/wa" | xargs)"
if grep -rqF -e "$(public a)" -e "$(private a)" "$AWGD_STATE_DIR"; then fail "and that holds no key"; else pass "and that holds no key"; fi

# b's session goes on, and b remembers the newest stamp: only a newer one is heard.
check_here "a restarts with its clock an hour behind" restart_a -3600 TERM
check_within 5 "and is heard" ping_through a 10.7.0.2
check_here "killed, a restarts with its clock ten years behind" restart_a -315360000 KILL
check_within 5 "and is heard" ping_through a 10.7.0.2
check_here "it restarts with its clock right again" restart_a 0 TERM
check_within 5 "and is heard" ping_through a 10.7.0.2

# The same without what was kept: the test above can fail.
stop_daemon wa TERM
rm -r "$AWGD_STATE_DIR/wa"
check_here "without what was kept, and its clock an hour behind" start_a -3600
no_ping() { ! wait_until 3 ping_through a 10.7.0.2; }
check "it is not heard" no_ping
check_here "with its clock right" restart_a 0 TERM
# After the kill above a's stamps ran up to 10 s ahead of its clock, as far as was promised; b waits until it is past them.
check_within 16 "it is" ping_through a 10.7.0.2

stop_a KILL
printf 'damaged' >"$(find "$AWGD_STATE_DIR/wa" -name 'timestamp-*')"
: >"$SANDBOX_DIR/wa.log"
check_here "what was kept is damaged: it starts" start_a 0
check_within 5 "and is heard" ping_through a 10.7.0.2
check "and says so" grep -q 'timestamp-.*: is damaged' "$SANDBOX_DIR/wa.log"

# --- run directories ---------------------------------------------------------------------------------------------------

same "each daemon has a run directory" 2 "$(run_dirs)"
stop_daemon wa TERM
same "which goes with it" 1 "$(run_dirs)"
start_end a 1420 && stop_a KILL
same "a killed daemon leaves its own behind" 2 "$(run_dirs)"
ip netns delete a
new_namespace c
start_daemon ours c wc || exit
check_within 5 "the next that starts removes it, though its namespace is gone" are_run_dirs 2
check "and leaves those of daemons that run" tool wb show
stop_daemon wc TERM

# Ends and starts that overlap: one daemon a namespace, always.
new_namespace d
overlap() {
  local round ending
  for ((round = 0; round < 5; round++)); do
    start_daemon ours d wd || return
    ending=${DAEMON_PID[wd]}
    kill -TERM "$ending"
    # It may have been let in by the one that then ends: the second time there is nobody left to do so.
    DAEMON_DEADLINE=3 start_daemon ours d we || start_daemon ours d we || return
    stop_daemon we TERM
    wait "$ending" || true
  done
}
check_here "a daemon that starts while another ends gets its interface" overlap
stop_daemon wb TERM
same "all have ended, and no run directory is left" 0 "$(run_dirs)"
