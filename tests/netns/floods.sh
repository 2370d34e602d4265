#!/usr/bin/env bash
# Floods from outside, while the tunnel carries traffic.
#
#     flooder                  a: wa 10.7.0.1 ====== tunnel ====== wb 10.7.0.2 :b
#     10.50.0.0/16 local            192.0.2.1 ---- veth ------------- 192.0.2.2
#     198.51.100.1 ------------------------------------------------- 198.51.100.2
#
# The machine's cores are shared by the flood, the traffic and both daemons. So that the daemon alone is judged, the
# traffic is compared with that under the same flood when b's firewall drops it.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
new_namespace flooder
wire flooder f 198.51.100.1/24 b f 198.51.100.2/24
ip -n flooder route add local 10.50.0.0/16 dev lo
ip -n b route add 10.50.0.0/16 via 198.51.100.1
seconds=$(scaled 30)
((seconds >= 4)) || seconds=4
note "seconds a flood: $seconds of 30"

flood() { # KIND RATE [OPTION...]: in the background, for the length of a flood; FLOOD is its process
  local kind=$1 rate=$2
  shift 2
  start_lab flooder "$SANDBOX_DIR/flood" flood --kind "$kind" --rate "$rate" --seconds "$seconds" --to 198.51.100.2:51821 \
    --public-key "$(public b)" "$@"
  FLOOD=$LAB_PID
  wait_until 10 begun
}
begun() { (($(on b cat /proc/net/dev | awk '$1 == "f:" { print $3 }') > packets_before + 1000)); }
flood_end() { # sets flooded to what the flood saw
  wait "$FLOOD"
  flooded=$(<"$SANDBOX_DIR/flood")
}
packets_in() { on b cat /proc/net/dev | awk '$1 == "f:" { print $3 }'; }
throughput() { # Mbit/s through the tunnel for most of a flood
  ip netns exec b iperf3 -s -1 -B 10.7.0.2 >/dev/null 2>&1 &
  wait_until 5 is_listening b 5201
  on a iperf3 -J -t $((seconds - 2)) -c 10.7.0.2 | jq '.end.sum_received.bits_per_second / 1e6 | round'
}
# Processor time of b's daemon in ticks of 10 ms, without its compilers' threads: its own, and with the kernel's.
ticks() {
  cat "/proc/${DAEMON_PID[wb]}"/task/*/stat | grep -vE '\(C[12] CompilerThre' |
    awk '{ sub(/.*\) /, ""); own += $12; kernel += $13 } END { print own, own + kernel }'
}
alive() { kill -0 "${DAEMON_PID[wb]}" && ping_through a 10.7.0.2; }

check_within 5 "the tunnel is up" ping_through a 10.7.0.2
packets_before=0
throughput >/dev/null # warm

# --- wrong mac1 (the first test of a handshake message) ---
most() { printf '%s\n' "$@" | sort -n | tail -n 1; } # what others do on the machine only takes away
flooded_throughput() {
  packets_before=$(packets_in)
  flood wrong-mac1 100000
  throughput
  flood_end
}
walled=() open=()
memory=$(resident wb)
for _ in 1 2 3; do
  on b nft 'add table ip wall; add chain ip wall in { type filter hook input priority 0; };
    add rule ip wall in ip saddr 198.51.100.1 udp dport 51821 drop'
  walled+=("$(flooded_throughput)")
  on b nft delete table ip wall
  open+=("$(flooded_throughput)")
done
note "wrong mac1 at 100 000/s: ${open[*]} Mbit/s, with the flood walled off ${walled[*]} Mbit/s"
lost=$(awk "BEGIN { print 1 - $(most "${open[@]}") / $(most "${walled[@]}") }")
# On fewer cores the flood, both ends of the traffic and both daemons take turns on them, and the share that is lost says
# more about their order than about the daemon: it is shown then and not judged.
if (($(nproc) >= 4)); then
  less "wrong mac1: at most a fifth of the throughput is lost" "$lost" 0.2
else
  skip "wrong mac1: at most a fifth of the throughput is lost" "needs 4 cores; the share lost on $(nproc): $lost"
fi
costs=()
for ((try = 0; try < 3; try++)); do # what others do on the machine only adds: the cheapest of a few counts
  packets_before=$(packets_in)
  read -r own all < <(ticks)
  flood wrong-mac1 100000
  flood_end
  read -r own_now all_now < <(ticks)
  same "wrong mac1: nobody is answered" '0 0' "$(jq -r '"\(.responses) \(.cookie_replies)"' <<<"$flooded")"
  cores=$(awk "BEGIN { print ($own_now - $own) / 100 / $seconds }")
  note "wrong mac1: cores of the daemon's own: $cores, with the kernel's part of receiving: $(awk "BEGIN { print ($all_now - $all) / 100 / $seconds }")"
  costs+=("$cores")
  cost=$(printf '%s\n' "${costs[@]}" | sort -n | head -n 1)
  awk "BEGIN { exit !($cost >= 0.3) }" || break
done
less "wrong mac1: cores of the daemon's own at 100 000/s" "$cost" 0.3
less "wrong mac1: memory has not grown by more than 16 MB" $(($(resident wb) - memory)) 16
check "wrong mac1: the tunnel lives" alive

# --- right mac1: costs a Diffie-Hellman step, unless a cookie is asked for first ---
# A legitimate peer without a session connects while the flood lasts. The cookie that it gets for its first attempt
# counts with its second, which comes after its RekeyTimeout: 2 s here, since WireGuard's own 5 s would be the bar itself.
new_peer_meets() {
  tool wa set peer "$(public b)" remove
  tool wb set peer "$(public a)" remove
  configure_end b v4 "$@" && configure_end a v4 'RekeyTimeout = 2'
}
# More a second than any core reads without a cookie: where the daemon keeps up there is no load, and nobody is asked.
rate=40000
for sources in 1 10000; do
  packets_before=$(packets_in)
  memory=$(resident wb)
  if ((sources == 1)); then flood right-mac1 "$rate"; else flood right-mac1 "$rate" --from 10.50.0.1 --sources "$sources"; fi
  new_peer_meets
  check_within 5 "right mac1 from $sources: a legitimate peer connects within 5 s" ping_through a 10.7.0.2
  flood_end
  note "right mac1 from $sources: $flooded"
  check "right mac1 from $sources: cookies are asked for" jq -e '.cookie_replies > .sent / 10' <<<"$flooded"
  less "right mac1 from $sources: all but a second's worth are asked for a cookie" "$(jq '.sent - .cookie_replies' <<<"$flooded")" "$rate"
  same "right mac1 from $sources: no response" 0 "$(jq .responses <<<"$flooded")"
  less "right mac1 from $sources: memory has not grown by more than 16 MB" $(($(resident wb) - memory)) 16
  check "right mac1 from $sources: the tunnel lives" alive
done

# --- the same where cookies are switched off ---
if [[ $B_KIND == wireguard-go ]]; then
  skip "DisableCookies" "wireguard-go has no such parameter"
else
  new_peer_meets 'DisableCookies = on'
  check_within 5 "DisableCookies: the tunnel is up" ping_through a 10.7.0.2
  packets_before=$(packets_in)
  flood right-mac1 20000
  check "DisableCookies: the established tunnel survives a flood" ping_through a 10.7.0.2 -c 20 -i 0.05
  flood_end
  same "DisableCookies: not one cookie" 0 "$(jq .cookie_replies <<<"$flooded")"
  check "DisableCookies: the tunnel lives" alive
  tool wb set disable-cookies off
fi

# --- junk, and transport data for nobody ---
per_million() { awk "BEGIN { printf \"%.2f\", $1 / 100 * 1000000 / $(jq .sent <<<"$flooded") }"; }
for kind in junk transport; do
  costs=()
  for ((try = 0; try < 3; try++)); do # what others do on the machine only adds: the cheapest of a few counts
    packets_before=$(packets_in)
    read -r own all < <(ticks)
    flood "$kind" 100000
    check "$kind: the tunnel answers meanwhile" ping_through a 10.7.0.2 -c 20 -i 0.05
    flood_end
    read -r own_now all_now < <(ticks)
    same "$kind: nobody is answered" 0 "$(jq '.responses + .cookie_replies + .other_answers' <<<"$flooded")"
    seen=$(per_million $((own_now - own)))
    note "$kind: $(jq .sent <<<"$flooded") datagrams, seconds a million: $seen, with the kernel's part of receiving $(per_million $((all_now - all)))"
    costs+=("$seen")
    cost=$(printf '%s\n' "${costs[@]}" | sort -n | head -n 1)
    awk "BEGIN { exit !($cost > 1) }" || break
  done
  less "$kind: seconds of the daemon's own processor time for a million" "$cost" 1
done
check "the tunnel lives" alive
