#!/usr/bin/env bash
# What amneziawg-go answered to 123 recorded UAPI dialogues, our daemon answers too: each is held with a fresh interface.
# Where ours answers otherwise on purpose, the list of differences in lib/control's tests says so.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

new_namespace a
# One of them names a zone: it was recorded where a link of this name was.
ip -n a link add vec-va type veth peer name vec-vb
export SKYAWG_ROOT=$ROOT
run_dir=$SANDBOX_DIR/dialogues
ip netns exec a "$AWGD" --service --run-dir "$run_dir" >"$SANDBOX_DIR/dialogues.log" 2>&1 &
daemon=$!
check_within 10 "the daemon answers" test -S "$run_dir/control.sock"
on_lab a dialogues --control "$run_dir/control.sock" --interface wd >"$SANDBOX_DIR/dialogues.txt" 2>&1
same "each dialogue as recorded" "123 dialogues, 0 otherwise than recorded" "$(tail -n 1 "$SANDBOX_DIR/dialogues.txt")"
diagnose "$(head -n -1 "$SANDBOX_DIR/dialogues.txt" | cut -c 1-300)"
kill "$daemon"
wait "$daemon" 2>/dev/null
same "no interface is left" "" "$(ip -n a -o link show type tun 2>/dev/null)"
same "and no socket" "" "$(find /var/run/amneziawg -name 'wd.sock' 2>/dev/null)"
