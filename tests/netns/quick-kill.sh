#!/usr/bin/env bash
# The daemon is killed with -9 at random moments under load: `awg-quick down` cleans up all the same, and `awg-quick up`
# brings traffic back. Then what else can stand between up and down: an up after the daemon died, a second full tunnel,
# other people's rules, a record that is gone, the same name in another namespace.
#
#     a: wa 10.7.0.1, all traffic by the tunnel   ====== tunnel ======   wb 10.7.0.2 :b
#        v 192.0.2.1 ---------------------------------------------------- v 192.0.2.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/netns/full-tunnel.sh
. "$ROOT/tests/netns/full-tunnel.sh"

full_tunnel_ends || exit
full_tunnel_config "DNS = 10.7.0.2" "PostUp = echo up >>$SANDBOX_DIR/hooks" "PostDown = echo down >>$SANDBOX_DIR/hooks"
mkdir "$SANDBOX_DIR/stand-in"
export NAMES=$SANDBOX_DIR/names
: >"$NAMES"
resolvconf_stand_in "$SANDBOX_DIR/stand-in/resolvconf"
PATH=$SANDBOX_DIR/stand-in:$PATH

state() {
  ip -n a -br link | awk '{ print $1 }'
  for family in -4 -6; do ip -n a $family rule; ip -n a $family route show table all | sort; done
  on a nft list ruleset
  cat "$NAMES"
  find /run/awg-quick /run/amneziawg /run/wireguard ! -type d ! -name 'wb.sock' ! -name policy-routing.lock 2>/dev/null
}
is_as_before() { [[ $(state) == "$BEFORE" ]]; }
daemon_of_a() { pgrep -f "awgd.* wa\$"; }
BEFORE=$(state)

rounds=$(scaled 200) slowest=0 left=0 silent=0
note "kills: $rounds of 200"
check "up" quick up "$WA"
check_within 5 "traffic" ping_through a 10.7.0.2
for ((round = 0; round < rounds; round++)); do
  on a ping -qfn -s 1300 -w 20 10.7.0.2 >/dev/null 2>&1 &
  load=$!
  wait_until "$(awk -v r=$RANDOM 'BEGIN { print 1 + r % 2 }')" false
  pid=$(daemon_of_a)
  kill -KILL "$pid"
  wait_until 5 eval "! kill -0 $pid 2>/dev/null"
  quick down "$WA" || left=$((left + 1))
  kill "$load" 2>/dev/null
  wait "$load" 2>/dev/null
  is_as_before || { left=$((left + 1)); diagnose "round $round left: $(diff <(echo "$BEFORE") <(state))"; }
  started=$(now_ms)
  quick up "$WA" || silent=$((silent + 1))
  wait_until 3 ping_through a 10.7.0.2 >/dev/null || silent=$((silent + 1))
  took=$(($(now_ms) - started))
  ((took <= slowest)) || slowest=$took
done
same "down leaves nothing, every time" 0 "$left"
same "traffic is back within 3 s of up, every time" 0 "$silent"
note "slowest return of traffic, from the start of up: $slowest ms"

# --- up without a down: the daemon died, and only up is called ---
kill -KILL "$(daemon_of_a)"
wait_until 5 eval '! daemon_of_a >/dev/null'
check "up after the daemon died, without a down between" quick up "$WA"
check_within 5 "traffic" ping_through a 10.7.0.2
same "the rules are there once" 2 "$(ip -n a -4 rule | grep -cE 'lookup 51820|suppress_prefixlength')"
check "down" quick down "$WA"
check "and nothing is left" is_as_before

# --- two full tunnels: each takes away its own rules only ---
sed -e 's/10\.7\.0\.1/10.8.0.1/; s/fd07/fd08/; /^DNS\|^Post/d' "$WA" >"$SANDBOX_DIR/wc.conf"
new_key c
sed -i "s|^PrivateKey.*|PrivateKey = $(private c)|" "$SANDBOX_DIR/wc.conf"
suppressing() { ip -n a "$1" rule | sed -n 's/^\([0-9]*\):.*suppress_prefixlength 0$/\1/p'; }
check "the first tunnel" quick up "$WA"
first=$(suppressing -4)
check "the second tunnel" quick up "$SANDBOX_DIR/wc.conf"
same "each has its own table" "51820 51821" "$(ip -n a -4 rule | sed -n 's/.*lookup \(518..\)$/\1/p' | sort | xargs)"
second=$(suppressing -4 | grep -vx "$first")
check "the first goes down" quick down "$WA"
same "the second keeps its own copy of the shared rule" "$second" "$(suppressing -4)"
check "and its table" eval "ip -n a -4 rule | grep 'lookup 51821' >/dev/null"
check "the second goes down" quick down "$SANDBOX_DIR/wc.conf"
check "and nothing is left" is_as_before

# --- other people's rules ---
ip -n a -4 rule add from 203.0.113.7 table 51820
ip -n a -4 rule add table main suppress_prefixlength 0
ip -n a -4 route add blackhole 203.0.113.0/24 table 51820
THEIRS=$(state)
check "up beside rules and a table of others" quick up "$WA"
check "it takes another table" eval "ip -n a -4 rule | grep 'fwmark 0xca6d lookup 51821' >/dev/null"
check "down" quick down "$WA"
same "theirs are as they were" "$THEIRS" "$(state)"
ip -n a -4 rule del from 203.0.113.7 table 51820
ip -n a -4 rule del table main suppress_prefixlength 0
ip -n a -4 route del blackhole 203.0.113.0/24 table 51820

# --- an interface that something else brought up, of which there is no record ---
check "up" quick up "$WA"
rm /run/awg-quick/wa
check "down without a record" quick down "$WA"
check "and nothing is left" is_as_before

# --- the same name in another namespace that shares /run ---
check "up in a" quick up "$WA"
refuses() { ! on b "$AWG_QUICK" "$@"; }
check "down in another namespace is refused" refuses down "$WA"
check "up in another namespace is refused" refuses up "$WA"
check "the tunnel is untouched" ping_through a 10.7.0.2
check "down in a" quick down "$WA"
check "and nothing is left" is_as_before
