#!/usr/bin/env bash
# Packets counted by sequence number at settings where a data packet can look like a handshake: random trailers with
# unequal S and wide H. A receiver that gives up at the first resemblance loses 3 to 50 % of the data; ours loses none.
#
#     a: wa 10.7.0.1   ====== 10 000 packets/s ======>   wb 10.7.0.2 :b
#
# First the same pair without parameters: the pace is one that it carries without a loss, 10 000/s on an idle machine.
# What a busy machine cannot take at once waits in the interface's queue, made long here: only what a daemon throws away
# counts as lost.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/netns/settings.sh
. "$(dirname "$0")/settings.sh"

RATE=10000
COUNT=100000

TRAPS='
trailers, unequal S, wide H             | S1=15; S2=68; S3=32; S4=16; H1=5-1000000000; H2=1000000001-2000000000; H3=2000000001-3000000000; H4=3000000001-4294967295; RandomTrailers=on |
trailers, unequal S, header protection  | S1=15; S2=68; S3=32; S4=16; H1=5-1000000000; H2=1000000001-2000000000; H3=2000000001-3000000000; H4=3000000001-4294967295; HeaderProtectionKey=@; RandomTrailers=on |
the same with content padding           | S1=15; S2=68; S3=32; S4=16; H1=5-1000000000; H2=1000000001-2000000000; H3=2000000001-3000000000; H4=3000000001-4294967295; HeaderProtectionKey=@; RandomTrailers=on; ContentPaddingAddition=0-64 |
'
# The parameter sets of the recorded conversations.
RECORDED='
1.0                                     | Jc=4; Jmin=40; Jmax=70; S1=15; S2=68; H1=1234567; H2=2345678; H3=3456789; H4=4567890 |
1.5                                     | S1=15; S2=68; H1=1234567; H2=2345678; H3=3456789; H4=4567890; I1=<b 0xc0ffee><r 20><t>; I3=<rc 16> |
2.0                                     | S1=15; S2=25; S3=35; S4=12; H1=100000-199999; H2=1200000000-1299999999; H3=3000000000; H4=4200000000-4294967295 |
2.0, equal sizes                        | S1=20; S2=76; S3=104; S4=8; H1=1000-2000; H2=3000-4000; H3=5000-6000; H4=7000-8000 |
3.0, header protection                  | S1=12; S2=20; S3=31; S4=13; HeaderProtectionKey=@ |
3.0, content padding                    | S1=12; S2=20; S3=31; S4=13; HeaderProtectionKey=@; ContentPaddingAddition=1-64 |
3.1, trailers                           | S1=12; S2=20; S3=31; S4=13; H1=5-1000; H2=2000-3000; H3=4000-5000; H4=6000-7000; HeaderProtectionKey=@; RandomTrailers=on; DisableCookies=on |
'

new_namespace a b
wire a v 192.0.2.1/24,2001:db8::1/64 b v 192.0.2.2/24,2001:db8::2/64
new_key a
new_key b
new_key hp

# carry COUNT SETTING: fresh daemons; sets result to what the receiver counted.
carry() {
  local end lines status=0 receiver
  result=''
  start_end a 1280 && start_end b 1280 || status=1
  mapfile -t lines < <(setting_lines "$2")
  configure_end a v4 "${lines[@]}" && configure_end b v4 "${lines[@]}" || status=1
  ip -n a link set wa txqueuelen 20000
  if ((status == 0)) && wait_until 10 ping_through a 10.7.0.2 >/dev/null; then
    on_lab a send --to 10.7.0.2:7001 --count 5000 --rate 5000 --size 200 >/dev/null # warm
    start_lab b "$SANDBOX_DIR/received" receive --port 7000
    receiver=$LAB_PID
    wait_until 10 is_bound b 7000
    on_lab a send --to 10.7.0.2:7000 --count "$1" --rate "$RATE" --size 200 >/dev/null
    wait "$receiver"
    result=$(<"$SANDBOX_DIR/received")
  fi
  stop_daemon wa
  stop_daemon wb
  [[ $result ]]
}

none_lost() { # NAME COUNT SETTING
  carry "$2" "$3" || { fail "$1: traffic at all"; return; }
  if jq -e --argjson count "$2" '.total == $count and .lost == 0 and .changed == 0 and .duplicates == 0' <<<"$result" >/dev/null; then
    pass "$1: 0 of $2 packets lost"
  else
    fail "$1: 0 of $2 packets lost" "$result"
  fi
}

each() { # COUNT LIST PREFIX
  local name both
  while IFS='|' read -r name both _; do
    read -r name <<<"$name"
    [[ ! $name ]] || none_lost "$3$name" "$1" "$both"
  done <<<"$2"
}

until carry "$COUNT" '' && jq -e '.lost == 0' <<<"$result" >/dev/null; do
  ((RATE > 1000)) || { fail "a pace at which plain WireGuard loses nothing" "not even $RATE/s: $result"; exit 0; }
  note "at $RATE/s this machine loses packets without any parameters: $result"
  RATE=$((RATE / 2)) COUNT=$((COUNT / 2))
done
note "packets: $COUNT at $RATE/s"
each "$COUNT" "$TRAPS" ''
few=$(scaled "$COUNT")
note "packets at the recorded settings: $few of $COUNT"
if [[ ! ${AMNEZIAWG_GO:-} ]] || is_long; then
  each "$few" "$RECORDED" ''
fi

if [[ ${AMNEZIAWG_GO:-} && ${AMNEZIAWG_TOOLS:-} ]]; then
  # Where amneziawg-go itself loses none, ours with it may lose none either.
  for both_kinds in ours:amneziawg-go amneziawg-go:ours; do
    A_KIND=${both_kinds%%:*} B_KIND=${both_kinds##*:}
    each "$few" "$RECORDED" "$A_KIND to $B_KIND, "
  done
  A_KIND=amneziawg-go B_KIND=amneziawg-go
  while IFS='|' read -r name both _; do
    read -r name <<<"$name"
    [[ $name ]] || continue
    carry 20000 "$both" && note "amneziawg-go to itself, $name: $(jq -r '"\(.lost) of \(.total) packets lost"' <<<"$result")"
  done <<<"$TRAPS"
else
  skip "ours and amneziawg-go at the recorded settings" "AMNEZIAWG_GO and AMNEZIAWG_TOOLS are not set"
fi
