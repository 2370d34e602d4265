#!/usr/bin/env bash
# Bad links, by a relay that spoils datagrams by a seed, and by the kernel's own dice.
#
#     a: wa 10.7.0.1 ---> 192.0.2.1 ---- 192.0.2.2 :9000 relay ---> :51821 wb 10.7.0.2 :b
#
# SCALE decides how many handshakes are tried at 30 % loss (100 at 20) and how many packets are counted.
# shellcheck disable=SC2016 # the conditions are jq's
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

# The relay stands in b; a knows the relay's address only. relay_up SEED OPTION...
relay_up() {
  start_lab b "$SANDBOX_DIR/relay" relay --listen 192.0.2.2:9000 --to 192.0.2.2:51821 --seed "$@"
  RELAY=$LAB_PID
  wait_until 10 is_bound b 9000
  tool wa set peer "$(public b)" endpoint 192.0.2.2:9000
}
relay_down() { # sets relayed to what it did
  kill "$RELAY"
  wait "$RELAY"
  relayed=$(<"$SANDBOX_DIR/relay")
}

# carry COUNT RATE SIZE: numbered packets from a to b; sets result.
carry() { result=$(carry_numbered a b 10.7.0.2 "$@"); }
holds() { # NAME JQ_CONDITION on {result, relay}
  if jq -ne --argjson r "$result" --argjson relay "$relayed" "$2" >/dev/null; then pass "$1"; else fail "$1" "$2" "$result" "$relayed"; fi
}

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
# What a busy machine cannot take at once waits instead of counting as lost.
ip -n a link set wa txqueuelen 20000
check_within 5 "the tunnel is up" ping_through a 10.7.0.2

on_lab a send --to 10.7.0.2:7001 --count 5000 --rate 5000 --size 200 >/dev/null # warm

# --- reorder, duplicate, corrupt ---
count=$(scaled 400000)
note "packets counted: $count of 400000"
relay_up 41
carry "$count" 5000 200
relay_down
holds "a relay that spoils nothing: nothing is lost" '$r.lost == 0 and $r.duplicates == 0 and $r.late == 0 and $r.changed == 0'

relay_up 42 --reorder 30 --depth 200 --duplicate 30
carry "$count" 5000 200
relay_down
holds "30 % reordered by up to 200, 30 % doubled: every packet is delivered" '$r.lost == 0 and $relay.up.reordered > $r.total / 5'
holds "late ones too" '$r.late > $r.total / 20 and $r.latest > 100'
holds "none twice" '$r.duplicates == 0 and $relay.up.duplicated > $r.total / 10'
holds "none changed" '$r.changed == 0'

relay_up 43 --corrupt 5
carry "$count" 5000 200
relay_down
holds "5 % corrupt: none of them is delivered" '$r.changed == 0 and $relay.up.corrupted > $r.total / 50'
holds "all others are" '$r.lost <= $relay.up.corrupted and $r.lost > 0'

# --- loss ---
# Renewed from nothing each time: the daemons forget each other, and only a has something to say. An attempt succeeds
# with 0.7 x 0.7 = 0.49. WireGuard makes one every 5 s and a little, at most six within 30 s: 0.51^6 = 1.8 % of all
# runs fail to meet in that time whoever speaks it. So at WireGuard's times the failures are held against that chance: as
# many are allowed as come with a probability above one in a million. With RekeyTimeout = 1, which AmneziaWG has for such
# links, there are 24 attempts or more (0.51^24 is 10^-7): there every run has to succeed.
meet_again() { # RUNS LINE...: sets late (runs without an echo in 30 s) and slowest (ms)
  local runs=$1 try started took
  shift
  late=0 slowest=0
  for ((try = 0; try < runs; try++)); do
    tool wa set peer "$(public b)" remove
    tool wb set peer "$(public a)" remove
    configure_end b v4 "$@"
    configure_end a v4 "$@"
    tool wa set peer "$(public b)" endpoint 192.0.2.2:9000
    started=$(now_ms)
    wait_until 30 ping_through a 10.7.0.2 >/dev/null || late=$((late + 1))
    took=$(($(now_ms) - started))
    ((took <= slowest)) || slowest=$took
  done
}
# The most failures of N runs, each failing with 0.51^6, that are not rarer than one in a million.
failures_by_chance() {
  awk -v n="$1" 'BEGIN { p = 0.51 ^ 6; term = (1 - p) ^ n; below = term
    for (k = 0; 1 - below > 1e-6; k++) { term *= (n - k) / (k + 1) * p / (1 - p); below += term }
    print k }'
}
tries=$(scaled 100)
note "handshakes at 30 % loss: $tries of 100"
relay_up 44 --loss 30
meet_again "$tries" 'RekeyTimeout = 1' 'MaxHandshakeAttempts = 40'
note "RekeyTimeout = 1: slowest first echo $slowest ms"
same "30 % loss each way, an attempt a second: every handshake succeeds within 30 s" 0 "$late"
meet_again "$tries"
note "WireGuard's times: slowest first echo $slowest ms, not within 30 s $late of $tries"
less "30 % loss each way, WireGuard's times: no more failures than by the protocol's own chance" "$late" "$(failures_by_chance "$tries")"
relay_down
check "the relay did lose datagrams" jq -e '.up.lost > 0 and .down.lost > 0' <<<"$relayed"

# The kernel's dice instead of ours, on both ends' input: 10 % each way.
for end in a b; do
  on "$end" nft 'add table ip dice; add chain ip dice in { type filter hook input priority 0; };
    add rule ip dice in udp sport { 51820, 51821 } numgen random mod 100 < 10 drop'
done
tool wa set peer "$(public b)" endpoint 192.0.2.2:51821
echoes() { on a ping -qn -c 200 -i 0.01 -W 1 10.7.0.2 | sed -n 's/.* \([0-9]*\) received.*/\1/p'; }
received=$(echoes)
note "echoes of 200 at 10 % loss each way: $received"
if ((received > 130 && received < 190)); then pass "10 % dropped by nft each way: four echoes in five come back"; else fail "10 % dropped by nft each way" "$received of 200"; fi
on a nft delete table ip dice
on b nft delete table ip dice
check "without the dice all do" ping_through a 10.7.0.2 -c 100 -i 0.01

# --- goodput under loss, against amneziawg-go with the same seed ---
goodput() { # LOSS SEED: Mbit/s of TCP for three seconds
  local server
  relay_up "$2" --loss "$1"
  wait_until 30 ping_through a 10.7.0.2 >/dev/null
  ip netns exec b iperf3 -s -1 -B 10.7.0.2 >/dev/null 2>&1 &
  server=$!
  wait_until 5 is_listening b 5201
  on a iperf3 -J -t 3 -c 10.7.0.2 --connect-timeout 10000 | jq '.end.sum_received.bits_per_second / 1e6 // 0 | . * 100 | round / 100'
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  relay_down
}
median() { printf '%s\n' "$@" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
restart_ends() { # KIND
  stop_daemon wa
  stop_daemon wb
  A_KIND=$1 B_KIND=$1
  start_end a 1420 && start_end b 1420 && configure_end a v4 && configure_end b v4 && goodput 0 1 >/dev/null # warm
}

if [[ ${AMNEZIAWG_GO:-} && ${AMNEZIAWG_TOOLS:-} ]]; then
  declare -A figures=()
  losses=(1 5)
  ! is_long || losses=(1 5 10 20 30)
  runs=3
  ! is_long || runs=5
  for ((run = 0; run < runs; run++)); do
    for kind in ours amneziawg-go; do
      restart_ends "$kind" || exit
      for loss in "${losses[@]}"; do figures[$kind-$loss]+=" $(goodput "$loss" $((100 + run)))"; done
    done
  done
  for loss in "${losses[@]}"; do
    # shellcheck disable=SC2086 # words wanted
    ours=$(median ${figures[ours-$loss]}) theirs=$(median ${figures[amneziawg-go-$loss]})
    note "TCP at $loss % loss each way, Mbit/s, ours:${figures[ours-$loss]}; amneziawg-go:${figures[amneziawg-go-$loss]}"
    less "TCP at $loss % loss: amneziawg-go's goodput over ours" "$(awk "BEGIN { print $theirs / ($ours + 0.001) }")" 1.11
  done
else
  skip "TCP goodput under loss against amneziawg-go's" "AMNEZIAWG_GO and AMNEZIAWG_TOOLS are not set"
fi
