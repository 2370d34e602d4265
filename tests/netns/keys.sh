#!/usr/bin/env bash
# Who may send what: allowed IPs filter both ways, and keys change on a running interface.
#
#     a: wa 10.7.0.1, 10.7.0.9   ====== tunnel ======   wb 10.7.0.2 :b
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

two_ends 1420 && configure_end a v4 && configure_end b v4 || exit
no_ping() { ! ping_through "$@"; }

check_within 5 "the tunnel is up" ping_through a 10.7.0.2

# --- allowed IPs ---
ip -n a address add 10.7.0.9/32 dev wa
check "a source outside the sender's allowed IPs is dropped" no_ping a 10.7.0.2 -I 10.7.0.9
tool wb set peer "$(public a)" allowed-ips 10.7.0.1/32,10.7.0.9/32
check "allowed, it passes" ping_through a 10.7.0.2 -I 10.7.0.9
new_key stranger
tool wb set peer "$(public stranger)" allowed-ips 10.7.0.9/32
check "moved to another peer, it is dropped again" no_ping a 10.7.0.2 -I 10.7.0.9
check "while the first address still passes" ping_through a 10.7.0.2 -I 10.7.0.1
tool wb set peer "$(public stranger)" allowed-ips 10.7.0.0/24
check "the longest prefix wins, not the latest" ping_through b 10.7.0.1
tool wb set peer "$(public stranger)" remove
sent=$(sent_by wa)
check "a destination of no peer's is not sent" no_ping a 10.7.0.200
same "not one byte of it" "$sent" "$(sent_by wa)"

# --- own key ---
old=$(public a)
mv "$SANDBOX_DIR/a.key" "$SANDBOX_DIR/first.key"
new_key a
tool wa set private-key "$SANDBOX_DIR/a.key"
check "a has a new private key: b does not know it" no_ping a 10.7.0.2
tool wb set peer "$old" remove peer "$(public a)" allowed-ips 10.7.0.1/32,fd07::1/128 endpoint 192.0.2.1:51820
check_within 8 "b has learnt the new public key: traffic again" ping_through a 10.7.0.2
check "and back" ping_through b 10.7.0.1
same "b knows one peer" 1 "$(tool wb show peers | wc -l)"

# --- preshared key ---
(umask 077 && wg genpsk >"$SANDBOX_DIR/psk.key")
# Both ends forget each other, so that the next packet takes a handshake.
meet_again() { # PSK_OF_A PSK_OF_B
  tool wa set peer "$(public b)" remove
  tool wb set peer "$(public a)" remove
  tool wb set peer "$(public a)" preshared-key "$2" allowed-ips 10.7.0.1/32
  tool wa set peer "$(public b)" preshared-key "$1" allowed-ips 10.7.0.2/32 endpoint 192.0.2.2:51821
}
meet_again "$SANDBOX_DIR/psk.key" /dev/null
check "a preshared key on one side only: no session" no_ping a 10.7.0.2
meet_again "$SANDBOX_DIR/psk.key" "$SANDBOX_DIR/psk.key"
check_within 3 "on both sides: traffic" ping_through a 10.7.0.2
meet_again /dev/null /dev/null
check_within 3 "taken away on both sides: traffic" ping_through a 10.7.0.2

# --- peers come and go ---
tool wb set peer "$(public a)" remove
check "a peer removed is heard no more" no_ping a 10.7.0.2
meet_again /dev/null /dev/null
check_within 3 "added again, it is" ping_through a 10.7.0.2
tool wa set peer "$(public a)" allowed-ips 10.7.0.2/32
check "one's own key is no peer" ping_through a 10.7.0.2

# --- link down and up ---
ip -n a link set wa down
check "an interface that is down sends nothing" no_ping a 10.7.0.2
ip -n a link set wa up
check_within 8 "up again, it does" ping_through a 10.7.0.2
