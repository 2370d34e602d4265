#!/usr/bin/env bash
# Whatever fails or dies while awg-quick works, nothing is left behind. A full tunnel with name servers and hooks is
# brought up once for each command that this takes; at that command
#
#     refused     the command fails
#     undone      the command does its work and then fails all the same
#     SIGTERM     awg-quick is told to stop while the command runs; SIGINT likewise
#     SIGKILL     awg-quick is killed while the command runs, and `awg-quick down` has to clean up
#
# The daemon is not what is tested here: wireguard-go, which starts in no time, stands in for awgd where it is there.
# With SCALE below 20 every second step is left out of the rows that differ least from others.
#
#   WG_QUICK_USERSPACE_IMPLEMENTATION   another daemon
export SCRIPT_DEADLINE=900
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

DAEMON=${WG_QUICK_USERSPACE_IMPLEMENTATION:-${WIREGUARD_GO:-$ROOT/bin/awgd}}
[[ $DAEMON == */* ]] || DAEMON=$(PATH=$ROOT/bin:$PATH command -v "$DAEMON")
# Its sockets lie in the folder beside.
[[ $DAEMON != "${WIREGUARD_GO:-}" ]] || { mkdir /run/wireguard && ln -s wireguard /run/amneziawg; }
note "the daemon: $DAEMON"
CONFIG=$SANDBOX_DIR/qf0.conf
NAMES=$SANDBOX_DIR/names
COUNTER=$SANDBOX_DIR/counter
export NAMES COUNTER
umask 077

ip link add v0 type veth peer name v1
ip address add 192.0.2.1/24 dev v0
ip link set v0 up
ip link set v1 up
ip route add default via 192.0.2.2
new_key own

cat >"$CONFIG" <<END
[Interface]
PrivateKey = $(private own)
Address = 10.66.0.1/24, fd66::1/64
DNS = 10.66.0.53, corp.example
PreUp = true
PostUp = test -e /proc/sys/net/ipv4/conf/%i
PreDown = true
PostDown = true

[Peer]
PublicKey = lc1Z+m/MgDHDYrWvgATJnLgq1TSoITrrq9bp6xT1mCk=
Endpoint = 192.0.2.2:51831
AllowedIPs = 0.0.0.0/0, ::/0, 10.70.0.0/16, 10.71.0.0/16
END

# Stand-ins in front of every command: they count, and at the command FAIL_AT do what FAULT says.
mkdir "$SANDBOX_DIR/wrap"
stand_in() { # NAME REAL
  cat >"$SANDBOX_DIR/wrap/$1" <<END
#!/bin/bash
n=\$((\$(cat "\$COUNTER") + 1))
echo "\$n" >"\$COUNTER"
if [[ \$n == "\${FAIL_AT:-0}" ]]; then
  case \$FAULT in
    refused) exit 9 ;;
    undone) "$2" "\$@"; exit 9 ;;
    SIG*) kill -"\$FAULT" \$PPID; [[ \$FAULT == SIGKILL ]] || trap '' SIGTERM ;;
  esac
fi
exec "$2" "\$@"
END
  chmod +x "$SANDBOX_DIR/wrap/$1"
}
for name in ip nft bash; do stand_in $name "$(command -v $name)"; done
stand_in daemon "$DAEMON"
resolvconf_stand_in "$SANDBOX_DIR/resolvconf"
stand_in resolvconf "$SANDBOX_DIR/resolvconf"
: >"$NAMES"
echo 0 >"$COUNTER"
export PATH=$SANDBOX_DIR/wrap:$PATH WG_QUICK_USERSPACE_IMPLEMENTATION=$SANDBOX_DIR/wrap/daemon

quick() { echo 0 >"$COUNTER"; "$AWG_QUICK" "$@" >>"$SANDBOX_DIR/quick.log" 2>&1 </dev/null; }
plain_ip() { FAIL_AT=0 ip "$@"; }

# Everything that up could leave: links, addresses, rules, routes, tables, name servers, files, processes.
state() {
  plain_ip -br link | awk '{ print $1 }'
  plain_ip -o address | awk '{ print $2, $4 }'
  for family in -4 -6; do plain_ip $family rule; plain_ip $family route show table all | sed 's/ expires [0-9]*sec//' | sort; done
  FAIL_AT=0 nft list ruleset
  cat "$NAMES"
  find /run/awg-quick /run/amneziawg /run/wireguard ! -type d ! -name policy-routing.lock 2>/dev/null
  pgrep -f "$(basename "$DAEMON").*qf0"
}
is_as_before() { [[ $(state) == "$BEFORE" ]]; }
difference() { diff <(echo "$BEFORE") <(state); }
wait_until 5 grep -q ' 00000000000000000000000000000000 ' <(cat /proc/net/if_inet6) || true
BEFORE=$(state)

check "the tunnel comes up" quick up "$CONFIG"
steps=$(cat "$COUNTER")
note "up runs $steps commands"
check "and goes down" quick down "$CONFIG"
check_within 5 "and nothing is left" is_as_before

# each_step EVERY FAULT [VERB AFTER]: the fault at every step in turn, or at every second one.
each_step() {
  local step wrong=() status tried=0 every=$1
  shift
  ((${SCALE%.*} < 20)) || every=1
  for ((step = 1; step <= steps; step += every)); do
    tried=$((tried + 1))
    status=0
    FAULT=$1 FAIL_AT=$step quick up "$CONFIG" || status=$?
    if ((status == 0)); then
      # The command at this step may fail without harm: one that only asks.
      quick down "$CONFIG" || wrong+=("step $step: down fails after an up that succeeded")
    else
      [[ ! ${2:-} ]] || quick "$2" "$CONFIG" || [[ ! $(find /run/awg-quick -name qf0) ]] || wrong+=("step $step: $2 fails")
    fi
    wait_until 5 is_as_before || { wrong+=("step $step, status $status: $(difference)"); BEFORE=$(state); }
  done
  if ((${#wrong[@]})); then fail "$1 at $tried of $steps commands" "$(printf '%s\n' "${wrong[@]}")"; else pass "$1 at $tried of $steps commands"; fi
}
each_step 1 refused
each_step 2 undone
each_step 1 SIGTERM
each_step 2 SIGINT
each_step 1 SIGKILL down

# The same for down: what one failing command leaves, the next down takes away.
each_step_down() {
  local step wrong=()
  quick up "$CONFIG" || { fail "up before down"; return; }
  quick down "$CONFIG"
  steps=$(cat "$COUNTER")
  for ((step = 1; step <= steps; step++)); do
    quick up "$CONFIG" || wrong+=("step $step: no up")
    FAULT=$1 FAIL_AT=$step quick down "$CONFIG"
    is_as_before || quick down "$CONFIG" || [[ ! $(find /run/awg-quick -name qf0) ]] || wrong+=("step $step: the second down fails")
    wait_until 5 is_as_before || { wrong+=("step $step: $(difference)"); BEFORE=$(state); }
  done
  if ((${#wrong[@]})); then fail "$1 at each of $steps commands of down" "$(printf '%s\n' "${wrong[@]}")"; else pass "$1 at each of $steps commands of down, then down again"; fi
}
each_step_down refused
each_step_down SIGKILL
each_step_down SIGTERM
