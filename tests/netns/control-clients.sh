#!/usr/bin/env bash
# Bad clients of the control sockets: too many, too slow, too loud, of another user. Others are served meanwhile, and
# the tunnel does not notice.
#
#     a: wa 10.7.0.1   ====== tunnel ======   wb 10.7.0.2 :b
#     /var/run/amneziawg/wa.sock <--- clients
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
check_within 5 "the tunnel is up" ping_through a 10.7.0.2
socket=$(socket_of "$A_KIND" wa)

lab clients --socket "$socket" --probes 200 >/dev/null # warm
quiet=$(lab clients --socket "$socket" --probes 100)
note "undisturbed: $quiet"
# 100 ms; a machine that is busy with other things is given three times what it takes undisturbed.
bar=$(jq '[100, 3 * .worst_ms] | max | ceil' <<<"$quiet")
descriptors=$(descriptors wa)

# SOCKET is the one that is attacked, and probed.
attacked() { # NAME BEHAVIOUR COUNT [AMOUNT]
  local result worst=() least
  for _ in 1 2 3; do # what others do on the machine only adds: the best of a few counts
    result=$(lab clients --socket "$socket" --hostile "$2" --count "$3" --amount "${4:-1048576}" --probes 40)
    note "$1: $result"
    check "$1: everybody else is answered" jq -e '.answered == .probes' <<<"$result"
    less "$1: the first, in the queue behind them, within 5 s (ms)" "$(jq '.first_ms' <<<"$result")" 5000
    worst+=("$(jq '.worst_ms' <<<"$result")")
    least=$(printf '%s\n' "${worst[@]}" | sort -n | head -n 1)
    awk "BEGIN { exit !($least > $bar) }" || break
  done
  less "$1: all others within $bar ms" "$least" "$bar"
  check "$1: the tunnel carries on" ping_through a 10.7.0.2
}
attacked "1 000 silent clients" idle 1000
attacked "1 000 clients that write a byte now and then" slow 1000
attacked "500 clients that close half and never read" half-closed 500
attacked "20 clients that never take an answer" deaf 20
attacked "20 clients that send random bytes" binary 20
line=$(scaled 1073741824)
note "bytes of the endless line: $line of 1073741824"
attacked "a line without an end" endless-line 1 "$line"

crowd() { lab clients --socket "$socket" --probes 1000 --crowd yes; }
crowd=$(crowd)
note "1 000 honest clients at once: $crowd"
check "1 000 honest clients at once are all answered" jq -e '.answered == 1000' <<<"$crowd"
crowd >/dev/null
memory=$(resident wa)
for _ in 1 2 3; do crowd >/dev/null; done
note "resident MB: $memory, and after another 3 000 clients $(resident wa)"
less "MB that 3 000 more clients cost" $(($(resident wa) - memory)) 24

back() { (($(descriptors wa) <= descriptors)); }
check_within 5 "every descriptor has been given back" back

# --- another user ---
if [[ $(awk 'NR == 1 { print $3 }' /proc/self/uid_map) -gt 65534 ]]; then
  refused() { # even where the file's mode would let them
    local result
    chmod 0666 "$socket"
    result=$(find_lab && setpriv --reuid 65534 --clear-groups "${LAB[@]}" clients --socket "$socket" --probes 1)
    chmod 0600 "$socket"
    jq -e '.answered == 0' <<<"$result"
  }
  check "a client of another user is refused, whatever the file's mode" refused
  check "root still is served" jq -e '.answered == 1' <<<"$(lab clients --socket "$socket" --probes 1)"
else
  skip "a client of another user" "this user namespace has no other user"
fi

# --- files in the socket's way ---
[[ $A_KIND == ours ]] || { skip "stale sockets" "tested with our daemon"; exit 0; }
stop_daemon wa KILL
check "a killed daemon leaves its socket behind" test -S "$socket"
start_daemon ours a wa
answers() { lab clients --socket "$socket" --probes 1 | jq -e '.answered == 1'; }
check_within 10 "a new daemon takes the stale socket's place and answers" answers
second() { ! timeout 10 ip netns exec b "$AWGD" -f wa 2>"$SANDBOX_DIR/second.log"; }
check "a second daemon of the same name, in another namespace, is refused" second
check "with a reason" grep -q 'in use' "$SANDBOX_DIR/second.log"
check "the first still answers" answers
stop_daemon wa
check "a daemon that ends takes its socket with it" test ! -e "$socket"
echo precious >"$SANDBOX_DIR/target"
ln -s "$SANDBOX_DIR/target" "$socket"
follow() { timeout 15 ip netns exec a "$AWGD" -f wa 2>"$SANDBOX_DIR/link.log" & local pid=$!; wait_until 5 test -S "$socket"; kill "$pid"; wait "$pid"; }
follow
same "a symlink in the socket's place is not followed" precious "$(<"$SANDBOX_DIR/target")"
