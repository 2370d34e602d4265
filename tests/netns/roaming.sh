#!/usr/bin/env bash
# Roaming: an end changes its address, its port, its address family, and the session goes on.
#
#     a: wa 10.7.0.1   ====== tunnel ======   wb 10.7.0.2 :b
#        v 192.0.2.1, then .11 ...  --------- v 192.0.2.2, then .12
#          2001:db8::1              ---------   2001:db8::2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
peer_of_a=$(public b) peer_of_b=$(public a)
endpoint_is() { same_text "$2" "$(field "$1" endpoints)"; }
same_text() { [[ $1 == "$2" ]] || { echo "expected $1, got $2"; return 1; }; }

check_within 5 "the tunnel is up" ping_through a 10.7.0.2
handshake=$(field wa latest-handshakes)

ip -n a address add 192.0.2.11/24 dev v
ip -n a address delete 192.0.2.1/24 dev v
ip -n a address add 192.0.2.11/24 dev v 2>/dev/null
check_within 2 "a has a new address: its next packet arrives" ping_through a 10.7.0.2
check "b has learnt a's address" endpoint_is wb 192.0.2.11:51820
check "b reaches a there" ping_through b 10.7.0.1

tool wa set listen-port 4000
check_within 2 "a has a new port: its next packet arrives" ping_through a 10.7.0.2
check "b has learnt a's port" endpoint_is wb 192.0.2.11:4000

ip -n b address add 192.0.2.12/24 dev v
ip -n b address delete 192.0.2.2/24 dev v
ip -n b address add 192.0.2.12/24 dev v 2>/dev/null
check_within 2 "b, the one that a called, has a new address: its next packet arrives" ping_through b 10.7.0.1
check "a has learnt b's address" endpoint_is wa 192.0.2.12:51821
check "a reaches b there" ping_through a 10.7.0.2

tool wa set peer "$peer_of_a" endpoint '[2001:db8::2]:51821'
check_within 2 "a calls b over IPv6" ping_through a 10.7.0.2
check "b has learnt a's IPv6 address" endpoint_is wb '[2001:db8::1]:4000'
tool wb set peer "$peer_of_b" endpoint 192.0.2.11:4000
check_within 2 "b calls a over IPv4" ping_through b 10.7.0.1
check "a has learnt b's IPv4 address" endpoint_is wa 192.0.2.12:51821

# A forged packet from elsewhere moves nobody: only what a peer sealed does.
on a bash -c 'exec 3>/dev/udp/192.0.2.12/51821; head -c 148 /dev/urandom >&3; printf "\4\0\0\0%.0s" {1..20} >&3'
check "b, with random datagrams from another port, still answers a where it was" ping_through a 10.7.0.2
check "and has not moved a" endpoint_is wb 192.0.2.11:4000
same "all that took no new handshake" "$handshake" "$(field wa latest-handshakes)"

# One hundred moves, each to another address, another port or another family.
lost=0 silent=0
for ((move = 1; move <= 100; move++)); do
  case $((move % 4)) in
    0) tool wa set listen-port $((4000 + move)) ;;
    1)
      ip -n a address add "192.0.2.$((100 + move))/32" dev v
      ip -n a route replace 192.0.2.12 dev v src "192.0.2.$((100 + move))"
      ;;
    2) tool wa set peer "$peer_of_a" endpoint '[2001:db8::2]:51821' ;;
    3) tool wa set peer "$peer_of_a" endpoint 192.0.2.12:51821 ;;
  esac
  received=$(on a ping -qn -c 2 -i 0.05 -W 1 10.7.0.2 | awk -F '[, ]+' '/transmitted/ { print $4 }')
  lost=$((lost + 2 - received))
  ((received > 0)) || silent=$((silent + 1))
done
note "$lost packets of 200 lost over 100 moves"
same "100 moves: none lost more than one packet" 0 "$silent"
same "100 moves: the session is still the first one" "$handshake" "$(field wa latest-handshakes)"
