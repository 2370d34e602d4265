#!/usr/bin/env bash
# One interface with 10 000 peers: loading, showing, memory, handshakes with a thousand of them, and what the crowd costs
# the packets of one.
#
#     a: wa 10.7.0.1, one peer   ====== tunnel ======   wb 10.7.0.2, 10 000 peers :b
#        v 192.0.2.1 --------------------------------- v 192.0.2.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

PEERS=10000
two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
check_within 5 "the tunnel is up" ping_through a 10.7.0.2

throughput() { # Mbit/s of TCP for three seconds
  ip netns exec b iperf3 -s -1 -B 10.7.0.2 >/dev/null 2>&1 &
  wait_until 5 is_listening b 5201
  on a iperf3 -J -t 3 -c 10.7.0.2 | jq '.end.sum_received.bits_per_second / 1e6 | round'
}
# The shortest of three runs of a command, in ms, the tool's start included: what others do on the machine only adds.
timed() {
  local started
  for _ in 1 2 3; do
    started=$(now_ms)
    "$@" >/dev/null || return
    echo $(($(now_ms) - started))
  done | sort -n | head -n 1
}
dumps() { for ((n = 0; n < $1; n++)); do echo "show wb dump"; done | "$AWG" -b; }

# With b's config and PEERS - 1 others behind it; addresses of their own, so that b answers to every one.
crowd_file() { # HOW_MANY
  (umask 077 && { end_config b v4; lab peers --seed 9 --peers $(($1 - 1)); } >"$SANDBOX_DIR/crowd.conf")
}
crowd() { crowd_file "$1" && tool wb setconf "$SANDBOX_DIR/crowd.conf"; }
# A setconf ends b's sessions, which a does not notice: b speaks first.
met() { ping_through b 10.7.0.1; }
check "10 peers" crowd 10
check_within 5 "the first peer is met" met
throughput >/dev/null # warm
few=$(throughput)
start=$(timed tool wa show dump)
crowd_file "$PEERS"
check "setconf with $PEERS peers" tool wb setconf "$SANDBOX_DIR/crowd.conf"
load() { # ms for the crowd where one peer was: the shortest of three times
  local started
  for _ in 1 2 3; do
    tool wb setconf "$SANDBOX_DIR/b.conf"
    started=$(now_ms)
    tool wb setconf "$SANDBOX_DIR/crowd.conf"
    echo $(($(now_ms) - started))
  done | sort -n | head -n 1
}
loaded=$(load)
check_within 5 "the first peer is met" met
same "all of them are there" "$PEERS" "$(tool wb show peers | wc -l)"
less "ms for setconf beyond the tool's own $start ms" $((loaded - start)) 1000
# The first one in a process is slower, as its code is still interpreted: shown here, and asked of those that follow.
one=$(timed dumps 1)
eleven=$(timed dumps 11)
note "ms for the first show dump beyond the tool's own: $((one - start)); for each that follows: $(((eleven - one) / 10))"
less "ms for show dump, once the tool has started" $(((eleven - one) / 10)) 150
added=$(new_key other && timed tool wb set peer "$(public other)" allowed-ips 10.9.0.1/32)
less "ms for one more, beyond the tool's own" $((added - start)) 150
throughput >/dev/null # warm
many=$(throughput)
note "TCP with 10 peers $few Mbit/s, with $((PEERS + 1)) peers $many Mbit/s"
less "throughput with 10 over that with $PEERS" "$(awk "BEGIN { print $few / ($many + 0.001) }")" 2
handshakes=$(on_lab a handshakes --to 192.0.2.2:51821 --public-key "$(public b)" --seed 9 --peers 1000)
note "handshakes with 1 000 of them: $handshakes"
same "1 000 of them shake hands, and none is left unanswered" 0 "$(jq .unanswered <<<"$handshakes")"
check "the first peer's packets still come through" ping_through a 10.7.0.2 -c 50 -i 0.01
less "resident MB of the daemon" "$(resident wb)" 300
