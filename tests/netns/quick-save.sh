#!/usr/bin/env bash
# A config file is saved whole or not at all: awg-quick is killed at each of its system calls on the way, and the disk is
# full at each size; the file is the old one or the new one every time, and nobody else may read it at any time.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
umask 077

# A full disk is a small file system; the sandbox has a mount namespace of its own.
DISK=$SANDBOX_DIR/disk
mkdir "$DISK"
mount -t tmpfs -o size=64k,mode=755 tmpfs "$DISK" || exit
CONFIG=$DISK/qs0.conf
new_key a

cat >"$CONFIG" <<END
[Interface]
PrivateKey = $(private a)
Address = 10.66.0.1/24
ListenPort = 51899
SaveConfig = true
PostUp = true
END
for ((peer = 0; peer < 40; peer++)); do
  new_key "peer$peer"
  printf '[Peer]\nPublicKey = %s\nAllowedIPs = 10.66.1.%d/32\n' "$(public "peer$peer")" "$peer" >>"$CONFIG"
done

quick() { "$AWG_QUICK" "$@" >>"$SANDBOX_DIR/quick.log" 2>&1 </dev/null; }
check "up" quick up "$CONFIG"
cp "$CONFIG" "$SANDBOX_DIR/first.conf"
check "save" quick save "$CONFIG"
same "the saved file is for its owner only" 600 "$(stat -c %a "$CONFIG")"
same "no other file is left" qs0.conf "$(ls "$DISK")"
cp "$CONFIG" "$SANDBOX_DIR/new.conf"
same "it keeps the quick keys" "$(printf '%s\n' "[Interface]" "Address = 10.66.0.1/24" "SaveConfig = true" "PostUp = true")" \
  "$(head -n 4 "$CONFIG")"
same "and every peer" 40 "$(grep -c '^\[Peer\]' "$CONFIG")"

# From here on each save starts from this file, and the state of the interface makes the new one.
cp "$SANDBOX_DIR/first.conf" "$SANDBOX_DIR/old.conf"
old_or_new() { cmp -s "$CONFIG" "$SANDBOX_DIR/old.conf" || cmp -s "$CONFIG" "$SANDBOX_DIR/new.conf"; }
restart() { rm -f "$DISK"/*; cp "$SANDBOX_DIR/old.conf" "$CONFIG"; }

# --- killed at every system call that touches the file ---
# Which these are, a run under strace says; strace then kills at the n-th of each kind. Only calls that name the file, or
# a descriptor of it, are counted (-P).
calls=openat,write,pwrite64,fsync,fdatasync,rename,renameat2,unlink,close
traced() { # STRACE_OPTION...
  strace -f -qq -P "$CONFIG" -P "$CONFIG.tmp" -P "$DISK" "$@" -o "$SANDBOX_DIR/trace" "$AWG_QUICK" save "$CONFIG" \
    >>"$SANDBOX_DIR/quick.log" 2>&1 </dev/null
}
restart
check "save under strace" traced -e "trace=$calls"
cmp -s "$CONFIG" "$SANDBOX_DIR/new.conf" || fail "strace changes nothing" "$(diff "$CONFIG" "$SANDBOX_DIR/new.conf")"
# at_each_call CHECK INJECTION CALL...: injects that at each of these calls of the run before, one a save; CHECK is told
# which, and notes in mixed what is wrong. injected is how many there were.
at_each_call() {
  local judge=$1 injection=$2 call times nth
  shift 2
  mixed=() injected=0
  cp "$SANDBOX_DIR/trace" "$SANDBOX_DIR/trace.whole"
  for call; do
    times=$(grep -cE "^[0-9]+ +$call\(" "$SANDBOX_DIR/trace.whole")
    for ((nth = 1; nth <= times; nth++)); do
      restart
      traced -e "trace=$call" -e "inject=$call:$injection:when=$nth"
      injected=$((injected + 1))
      "$judge" "$call number $nth"
    done
  done
  mv "$SANDBOX_DIR/trace.whole" "$SANDBOX_DIR/trace"
}
# verdict NAME LEAST: nothing is mixed, and at least so many were injected.
verdict() { if ((${#mixed[@]} || injected < $2)); then fail "$1" "$injected injected" "${mixed[@]}"; else pass "$1"; fi; }

after_kill() {
  old_or_new || mixed+=("killed at $1")
  # And the next save works, over whatever lies there.
  quick save "$CONFIG" && cmp -s "$CONFIG" "$SANDBOX_DIR/new.conf" && [[ $(ls "$DISK") == qs0.conf ]] ||
    mixed+=("the save after a kill at $1")
}
# shellcheck disable=SC2086 # words wanted
at_each_call after_kill signal=KILL ${calls//,/ }
note "killed at $injected system calls"
verdict "killed at any call: old or new" 5

# --- the same calls fail ---
after_fault() {
  old_or_new || mixed+=("ENOSPC at $1")
  [[ $(ls "$DISK") == qs0.conf ]] || mixed+=("ENOSPC at $1 leaves $(ls -m "$DISK")")
}
at_each_call after_fault error=ENOSPC openat write pwrite64 fsync fdatasync rename renameat2
note "$injected failing system calls"
verdict "ENOSPC at any call: old or new" 4

# --- a disk that is full ---
refuses() { ! "$@"; }
restart
dd if=/dev/zero of="$DISK/filling" bs=1k count=64 status=none 2>/dev/null
check "save on a full disk fails" refuses quick save "$CONFIG"
check "and says so" grep -q 'No space left on device' "$SANDBOX_DIR/quick.log"
check "the file is the old one" cmp "$CONFIG" "$SANDBOX_DIR/old.conf"
check "nothing is left beside it" test ! -e "$CONFIG.tmp"
check "down with SaveConfig fails, too" refuses quick down "$CONFIG"
check "the interface is still up" test -e /sys/class/net/qs0 -o -n "$(ip -o link show dev qs0)"
rm "$DISK/filling"
check "with room again, it goes down" quick down "$CONFIG"
check "and the file is the new one" cmp "$CONFIG" "$SANDBOX_DIR/new.conf"
