#!/usr/bin/env bash
# awg-quick and the machine around it: other programs for DNS and firewall, a read-only /proc, files that others may
# write, a path with little room, signals while it waits, users who are not root.
#
#     this sandbox: qe0 ====== tunnel ====== 192.0.2.2, where nobody answers
#                   v0 192.0.2.1 ----------- v1
#
# Other programs are stand-ins that note their arguments and input. The daemon is the lightest there is.
# shellcheck disable=SC2016 # hooks, stand-ins and conditions are expanded where they run
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
umask 077

DAEMON=${WG_QUICK_USERSPACE_IMPLEMENTATION:-${WIREGUARD_GO:-$ROOT/bin/awgd}}
[[ $DAEMON != "${WIREGUARD_GO:-}" ]] || { mkdir /run/wireguard && ln -s wireguard /run/amneziawg; }
export WG_QUICK_USERSPACE_IMPLEMENTATION=$DAEMON
CONFIG=$SANDBOX_DIR/qe0.conf
NOTED=$SANDBOX_DIR/noted
LOG=$SANDBOX_DIR/last.log
export NOTED
ip link add v0 type veth peer name v1
ip address add 192.0.2.1/24 dev v0
ip link set v0 up
ip link set v1 up
new_key a

# config LINE...: lines of [Interface]; a line "peer: ..." goes to the peer, which has all traffic unless that says else.
config() {
  local line interface=() peer=()
  for line; do case $line in "peer: "*) peer+=("${line#peer: }") ;; *) interface+=("$line") ;; esac; done
  [[ ${peer[*]} == *AllowedIPs* ]] || peer+=("AllowedIPs = 0.0.0.0/0")
  rm -f "$CONFIG"
  printf '%s\n' "[Interface]" "PrivateKey = $(private a)" "Address = 10.66.0.1/24" "${interface[@]}" "[Peer]" \
    "PublicKey = lc1Z+m/MgDHDYrWvgATJnLgq1TSoITrrq9bp6xT1mCk=" "Endpoint = 192.0.2.2:51831" "${peer[@]}" >"$CONFIG"
}
quick() { "$AWG_QUICK" "$@" >"$LOG" 2>&1 </dev/null; }
status_of() { local status=0; "$@" || status=$?; echo $status; }
said() { grep -qF -- "$1" "$LOG" || { cat "$LOG"; false; }; }
is_up() { ip link show dev qe0 >/dev/null 2>&1; }
is_down() { ! is_up && [[ ! -e /run/awg-quick/qe0 ]]; }
printed() { sed -n 's/^\[#\] //p' "$LOG"; }

# --- the MTU makes room for S4; what the reference gives without ---
mtu_with() { config "peer: AllowedIPs = 10.66.0.0/24" "$@"; quick up "$CONFIG"; printed | sed -n 's/^ip link set mtu \([0-9]*\).*/\1/p'; quick down "$CONFIG"; }
same "MTU on Ethernet" 1420 "$(mtu_with)"
ip route add 192.0.2.2 dev v0 mtu 1400
same "MTU of a route with its own" 1320 "$(mtu_with)"
ip route del 192.0.2.2 dev v0
ip link set v0 mtu 1300
same "MTU of a narrow link: below 1280 because the path is" 1220 "$(mtu_with)"
ip link set v0 mtu 1500
same "MTU set by hand" 1234 "$(mtu_with "MTU = 1234")"

# --- hooks are taken from safe files only ---
config "PostUp = touch $SANDBOX_DIR/hooked"
chmod 666 "$CONFIG"
same "a hook in a file that all may write: refused" 1 "$(status_of quick up "$CONFIG")"
check "with the reason" said "is writable by everyone (chmod o-w"
check "and nothing was done" is_down
chmod 600 "$CONFIG"
if chown 1 "$CONFIG" 2>/dev/null; then
  same "in a file of another user: refused" 1 "$(status_of quick up "$CONFIG")"
  check "with the reason" said "belongs to user 1 (chown root"
  chown 0 "$CONFIG"
else
  skip "in a file of another user: refused" "only one user in this namespace"
fi
chmod 777 "$SANDBOX_DIR"
same "in a folder that all may write: refused" 1 "$(status_of quick up "$CONFIG")"
chmod 700 "$SANDBOX_DIR"
check "no hook ran" test ! -e "$SANDBOX_DIR/hooked"
check "made safe, it runs" quick up "$CONFIG"
check "(it did)" test -e "$SANDBOX_DIR/hooked"
chmod 666 "$CONFIG"
same "down with a hook in an unsafe file: refused" 1 "$(status_of quick down "$CONFIG")"
check "the interface is still up" is_up
chmod 600 "$CONFIG"
check "down" quick down "$CONFIG"

# --- a hook sees %i, UTF-8, its own standard output, and stops at the first command that fails ---
config 'PostUp = echo "é %i $INTERFACE" >"'"$SANDBOX_DIR"'/hook"; false; echo not here >>"'"$SANDBOX_DIR"'/hook"' "PreUp = exit 42"
same "a hook's status is passed on" 42 "$(status_of quick up "$CONFIG")"
sed -i '/^PreUp/d' "$CONFIG"
same "a command that fails ends the hook, and up" 1 "$(status_of quick up "$CONFIG")"
same "a hook's text arrives as it was written" "é qe0 qe0" "$(cat "$SANDBOX_DIR/hook")"
check "nothing is left" is_down

# --- signals while it waits ---
stopped_while() { # WHAT SIGNAL STATUS
  local pid status=0
  "$AWG_QUICK" up "$CONFIG" >"$LOG" 2>&1 </dev/null &
  pid=$!
  wait_until 20 eval "$4" || { fail "$1: it waits" "$(cat "$LOG")"; return; }
  kill "-$2" "$pid"
  wait "$pid" || status=$?
  same "$1, $2: status" "$3" "$status"
  check "$1, $2: nothing is left" is_down
}
config "PostUp = touch '$SANDBOX_DIR/waits'; exec sleep 100"
stopped_while "in a hook" TERM 143 'test -e "$SANDBOX_DIR/waits"'
rm "$SANDBOX_DIR/waits"
config
sed -i 's/^Endpoint.*/Endpoint = nowhere.invalid:51820/' "$CONFIG"
same "a name that does not resolve is an error" 1 "$(WG_ENDPOINT_RESOLUTION_RETRIES=0 status_of quick up "$CONFIG")"
check "nothing is left" is_down
export WG_ENDPOINT_RESOLUTION_RETRIES=infinity
stopped_while "while a name is looked up" TERM 143 'grep -q "Trying again" "$LOG"'
unset WG_ENDPOINT_RESOLUTION_RETRIES

# --- two at a time ---
config "PostUp = touch '$SANDBOX_DIR/waits'; while test -e '$SANDBOX_DIR/waits'; do sleep 0.05; done"
"$AWG_QUICK" up "$CONFIG" >"$SANDBOX_DIR/first.log" 2>&1 </dev/null &
first=$!
wait_until 20 test -e "$SANDBOX_DIR/waits"
same "down during an up: refused" 1 "$(status_of quick down "$CONFIG")"
check "with the reason" said "another awg-quick is working on it"
rm "$SANDBOX_DIR/waits"
wait "$first"
same "the first goes on to its end" 0 $?
check "down" quick down "$CONFIG"

# --- not root: again with sudo ---
mkdir "$SANDBOX_DIR/user"
printf '#!/bin/sh\nprintf "%%s\\n" "$@"\n' >"$SANDBOX_DIR/user/sudo"
printf '#!/bin/sh\necho 1000\n' >"$SANDBOX_DIR/user/id"
chmod +x "$SANDBOX_DIR/user/"*
as_user() { PATH=$SANDBOX_DIR/user:$PATH "$@"; }
same "a user's up is done again with sudo" \
  "$(printf '%s\n' -p "awg-quick must be run as root. Please enter the password for %u to continue: " -- "$AWG_QUICK" up qe0)" \
  "$(as_user "$AWG_QUICK" up qe0)"
same "strip of a file that may be read is not" "[Interface]" "$(as_user "$AWG_QUICK" strip "$CONFIG" | head -n 1)"

# --- a /proc that cannot be written ---
config
echo 0 >/proc/sys/net/ipv4/conf/all/src_valid_mark
if mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys; then
  check "a full tunnel with a read-only /proc" quick up "$CONFIG"
  check "with a warning" said "Warning: net.ipv4.conf.all.src_valid_mark could not be set to 1"
  check "down" quick down "$CONFIG"
  umount /proc/sys
  echo 1 >/proc/sys/net/ipv4/conf/all/src_valid_mark
  mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys
  check "the same where the value is right already" quick up "$CONFIG"
  check "without a warning" eval '! said Warning'
  check "down" quick down "$CONFIG"
  umount /proc/sys
else
  skip "a full tunnel with a read-only /proc" "it cannot be made read-only here"
fi

# --- without nft: iptables; without resolvconf: resolvectl; without either: refused ---
# Real programs of the usual folders are hidden, and the PATH holds stand-ins and what is needed.
STAND_INS=$SANDBOX_DIR/stand-ins
mkdir "$STAND_INS"
for name in ip bash sh env readlink id stat cat find mkdir rmdir rm mv nice setsid basename uname dirname; do
  ln -s "$(readlink -f "$(command -v "$name")")" "$STAND_INS/$name"
done
mount -t tmpfs tmpfs /usr/sbin
[[ -L /sbin ]] || mount -t tmpfs tmpfs /sbin
stand_in() { # NAME...
  local name
  for name; do
    printf '%s\n' '#!/bin/sh' '{ echo "${0##*/} $*"; case $0 in *-restore) cat ;; esac; } >>"$NOTED"' \
      'case $0 in *-save) [ ! -f "$NOTED.${0##*/}" ] || cat "$NOTED.${0##*/}" ;; esac' >"$STAND_INS/$name"
    chmod +x "$STAND_INS/$name"
  done
  : >"$NOTED"
}
lacking() { PATH=$STAND_INS "$@"; }

config "DNS = 10.66.0.53"
same "DNS without anyone to take it: refused" 1 "$(lacking status_of quick up "$CONFIG")"
check "with what to do" said "install openresolv or systemd-resolved"
same "before anything was done" "" "$(printed)"
same "no daemon: refused" 1 "$(WG_QUICK_USERSPACE_IMPLEMENTATION=nosuchdaemon status_of quick up "$CONFIG")"
check "nothing is left" is_down

config "DNS = 10.66.0.53, corp.example" "peer: AllowedIPs = 10.66.0.0/24"
stand_in resolvectl
check "DNS by resolvectl" lacking quick up "$CONFIG"
check "down" lacking quick down "$CONFIG"
same "what resolvectl is told" "$(printf '%s\n' "resolvectl dns qe0 10.66.0.53" "resolvectl domain qe0 corp.example ~.")" "$(cat "$NOTED")"
config "DNS = 10.66.0.53" "PostUp = false" "peer: AllowedIPs = 10.66.0.0/24"
stand_in resolvectl
same "a failed up" 1 "$(lacking status_of quick up "$CONFIG")"
same "takes it back" "resolvectl revert qe0" "$(tail -n 1 "$NOTED")"

config
stand_in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore
check "firewall by iptables" lacking quick up "$CONFIG"
marker='-m comment --comment "awg-quick(8) rule for qe0"'
rules=$(printf '%s\n' "*raw" "-I PREROUTING ! -i qe0 -d 10.66.0.1 -m addrtype ! --src-type LOCAL -j DROP $marker" COMMIT \
  "*mangle" "-I POSTROUTING -m mark --mark 51820 -p udp -j CONNMARK --save-mark $marker" \
  "-I PREROUTING -p udp -j CONNMARK --restore-mark $marker" COMMIT)
same "its rules" "iptables-restore -n"$'\n'"$rules" "$(cat "$NOTED")"
# What iptables-save would say then, and of somebody else's.
echo "${rules//-I /-A }" >"$NOTED.iptables-save"
sed -i 's/^COMMIT$/-A PREROUTING -j ACCEPT\nCOMMIT/' "$NOTED.iptables-save"
: >"$NOTED"
check "down" lacking quick down "$CONFIG"
same "it deletes its own rules only" "$(printf '%s\n' "iptables-save " "iptables-restore -n" "${rules//-I /-D }")" "$(cat "$NOTED")"
