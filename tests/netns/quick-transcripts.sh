#!/usr/bin/env bash
# awg-quick does and prints what the recordings in tests/vectors/awg/awg-quick show of the reference, in the same words,
# but for what is deliberately different: no try of a kernel module, no link-local addresses in a saved file.
#
#     this sandbox: vq0 ====== tunnel ====== 192.0.2.2:51831, where nobody answers
#                   v0 192.0.2.1 ----------- v1
#
#   WG_QUICK_USERSPACE_IMPLEMENTATION   another daemon than awgd, amneziawg-go say
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

RECORDINGS=$ROOT/tests/vectors/awg/awg-quick
DAEMON=${WG_QUICK_USERSPACE_IMPLEMENTATION:-awgd}
CONFIG=$SANDBOX_DIR/vq0.conf
PATH=$SANDBOX_DIR/stand-in:$ROOT/bin:$PATH
umask 077

ip link add v0 type veth peer name v1
ip address add 192.0.2.1/24 dev v0
ip link set v0 up
ip link set v1 up

# A resolvconf that notes what it is given, as the one of the recording did.
mkdir "$SANDBOX_DIR/stand-in"
cat >"$SANDBOX_DIR/stand-in/resolvconf" <<END
#!/bin/sh
[ "\$1" != -l ] || exit 1
{ echo "resolvconf \$*"; [ "\$1" = -d ] || cat; } >>"$SANDBOX_DIR/resolvconf.received"
END
chmod +x "$SANDBOX_DIR/stand-in/resolvconf"

# load RECORDING [TITLE]: splits a recording (the part below "# TITLE") into commands with what came of them.
load() {
  local line target='' count=-1 active=${2:+no}
  SETUP='' NOTE='' COMMANDS=() STATUS=() OUT=() ERR=()
  while IFS= read -r line; do
    case $line in
      "# what the resolvconf stand-in received") target=note; continue ;;
      "# "*)
        if [[ ${2:-} ]]; then [[ $line == "# $2" ]] && active='' || active=no; continue; fi
        ;;
    esac
    [[ ! $active ]] || continue
    case $line in
      "| "* | "|")
        if ((count < 0)); then SETUP+=${line:2}$'\n'; continue; fi ;;
      '$ '*) COMMANDS[++count]=${line:2} STATUS[count]=0 OUT[count]='' ERR[count]='' target=''; continue ;;
      exit=*) STATUS[count]=${line#exit=}; continue ;;
      "[stdout]") target=out; continue ;;
      "[stderr]") target=err; continue ;;
    esac
    case $target in
      out) OUT[count]+=$line$'\n' ;;
      err) ERR[count]+=$line$'\n' ;;
      note) NOTE+=$line$'\n' ;;
    esac
  done <"$RECORDINGS/$1.txt"
}

# What the recording's line says in our case: no try of a kernel module, none of the Go daemon's box, none of the
# messages that the lab of the recording caused.
expected() {
  sed -e '/^\[#\] ip link add .* type amneziawg$/d' -e '/^Error: Unknown device type\.$/d' -e '/^\[!\] Missing /d' \
    -e '/^[│┌└]/d' -e '/^| https:/d' -e '/^Error: Peer netns reference is invalid\.$/d' \
    -e "s|^\[#\] amneziawg-go |[#] $DAEMON |" -e "s|/path/to|$SANDBOX_DIR|g"
}
# What differs from run to run, and what the Go daemon says by itself.
masked() {
  sed -E -e 's/fe80::[0-9a-f:]+/fe80::xx/g' -e 's/^(ListenPort = )[0-9]+/\1xx/' -e '/^[│┌└]/d' -e '/^\| https:/d' -e '/^ERROR: \(/d' \
    -e '/^Error: Peer netns reference is invalid\.$/d'
}

# replay TITLE: runs each command of the loaded recording, in order, and compares.
replay() {
  local i status command
  for i in "${!COMMANDS[@]}"; do
    command=${COMMANDS[i]//\/path\/to/$SANDBOX_DIR}
    status=0
    # A file of its own for each stream: a daemon in the background keeps what it inherits.
    bash -c "$command" >"$SANDBOX_DIR/out" 2>"$SANDBOX_DIR/err" </dev/null || status=$?
    if [[ $status == "${STATUS[i]}" && $(masked <"$SANDBOX_DIR/out") == "$(masked <<<"${OUT[i]%$'\n'}" | expected)" &&
      $(masked <"$SANDBOX_DIR/err") == "$(expected <<<"${ERR[i]%$'\n'}" | masked)" ]]; then
      pass "$1: ${COMMANDS[i]:0:60}"
    else
      fail "$1: ${COMMANDS[i]:0:60}" "status $status, recorded ${STATUS[i]}"$'\n'"$(
        diff <(printf %s "${OUT[i]}" | masked | expected) <(masked <"$SANDBOX_DIR/out")
        diff <(printf %s "${ERR[i]}" | expected | masked) <(masked <"$SANDBOX_DIR/err")
      )"
    fi
  done
}

# config LINE...: an interface with these lines and the peer of the recordings.
config() {
  printf '%s\n' "[Interface]" "PrivateKey = QHNZcSHaq0sbS3CfUdJlUMtWvtwcXXNqXCVpcHnGrEg=" "$@" "" "[Peer]" \
    "PublicKey = lc1Z+m/MgDHDYrWvgATJnLgq1TSoITrrq9bp6xT1mCk=" "Endpoint = 192.0.2.2:51831" "AllowedIPs = 10.66.0.0/24" >"$CONFIG"
}

# In the order of the recording: the first full tunnel sets src_valid_mark, and it stays.
for recording in basic default-route default-route-own-fwmark dns mtu-table-hooks table-off; do
  load "$recording"
  printf %s "$SETUP" >"$CONFIG"
  replay "$recording"
  [[ ! $NOTE ]] || same "$recording: what resolvconf receives" "$NOTE" "$(cat "$SANDBOX_DIR/resolvconf.received")"$'\n'
done

# save: the reference keeps the link-local address that the kernel made, we do not.
load save
for i in "${!OUT[@]}"; do OUT[i]=$(sed '/^Address = fe80:/d' <<<"${OUT[i]}"); done
config "Address = 10.66.0.1/24" "MTU = 1400" "Table = auto" "SaveConfig = true" "PostUp = true" "Jc = 5" "Jmin = 10" "Jmax = 20" \
  "I1 = <b 0xff> <r 4>"
echo "PersistentKeepalive = 25" >>"$CONFIG"
replay save

failure() { # TITLE LINE...: a config that fails, against the part of the recording with that title
  config "${@:2}"
  load failures "$1"
  replay "$1"
}
failure "unknown key" "Foo = 1"
failure "failing PostUp" "Address = 10.66.0.1/24" "PostUp = false"
failure "failing PreUp" "PreUp = exit 3"
failure "bad address" "Address = banana"
failure "bad SaveConfig" "SaveConfig = maybe"
touch "$SANDBOX_DIR/averyveryverylongname.conf"
failure "too long a name"

# The MTU makes room for the S4 bytes in front of each packet, which the reference forgets.
printed_mtu() {
  config "Address = 10.66.0.1/24" "$@"
  awg-quick up "$CONFIG" >"$SANDBOX_DIR/mtu.log" 2>&1 </dev/null || cat "$SANDBOX_DIR/mtu.log"
  sed -n 's/^\[#\] ip link set mtu \([0-9]*\) .*/\1/p' "$SANDBOX_DIR/mtu.log"
  awg-quick down "$CONFIG" >>"$SANDBOX_DIR/mtu.log" 2>&1
}
same "MTU with S4 = 32" 1388 "$(printed_mtu "S4 = 32")"
same "MTU with an S4 that leaves less than IPv6 needs" 1280 "$(printed_mtu "S4 = 200")"
check "that is said" grep -q "^Warning: S4 = 200 leaves 1240 bytes of the path's 1500" "$SANDBOX_DIR/mtu.log"

load failures "missing file"
unset 'COMMANDS[2]' # an argument with a blank that the recording's shell split
replay "missing file"

# World-readable needs the folder to be so, too.
chmod 755 "$SANDBOX_DIR"
config "Address = 10.66.0.1/24"
chmod 644 "$CONFIG"
for title in "world readable" "up twice" "down when not up"; do
  load failures "$title"
  replay "$title"
done
chmod 700 "$SANDBOX_DIR"
