#!/usr/bin/env bash
# Interoperability: our daemon and others, each as initiator and as responder, at settings of all versions.
#
#     a: ours, wa 10.7.0.1   ====== tunnel ======   wb 10.7.0.2, the other one :b
#
# Each setting: the first packet comes through within a second, and 1 000 echoes follow without a loss, then others of
# full size. SCALE above 1 adds settings drawn from seeds, 500 in all at 20.
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/netns/settings.sh
. "$(dirname "$0")/settings.sh"

new_namespace a b
wire a v 192.0.2.1/24,2001:db8::1/64 b v 192.0.2.2/24,2001:db8::2/64
new_key a
new_key b
new_key hp
(umask 077 && wg genpsk >"$SANDBOX_DIR/psk.key")

# meet INITIATOR BOTH INITIATOR_ONLY: fresh daemons, a handshake from that end, echoes.
meet() {
  local end lines status=0
  start_end a 1280 && start_end b 1280 || status=1
  for end in a b; do
    mapfile -t lines < <(setting_lines "$2"; [[ $end != "$1" ]] || setting_lines "$3")
    (umask 077 && end_config "$end" v4 "${lines[@]}" >"$SANDBOX_DIR/$end.conf")
    [[ $2 != *psk=on* ]] || echo "PresharedKey = $(private psk)" >>"$SANDBOX_DIR/$end.conf"
    bring_up "$end" || status=1
  done
  ((status)) || echoes "$1" || status=1
  stop_daemon wa
  stop_daemon wb
  return "$status"
}

echoes() {
  local peer_address=10.7.0.2
  [[ $1 == a ]] || peer_address=10.7.0.1
  ping_through "$1" "$peer_address" -W 1 || { echo "no handshake within a second"; return 1; }
  ping_through "$1" "$peer_address" -f -c 1000 || return
  ping_through "$1" "$peer_address" -M "do" -s 1252 -i 0.002 -c 50 || return
  ping_through "$(other "$1")" "10.7.0.$(tr ab 12 <<<"$1")" -s 700 -i 0.002 -c 50
}

# both_ways OTHER LIST: every setting of a list against one kind of peer.
both_ways() {
  local name both initiator
  B_KIND=$1
  while IFS='|' read -r name both initiator; do
    read -r name <<<"$name"
    [[ $name ]] || continue
    check "$name: ours calls $1" meet a "$both" "$initiator"
    check "$name: $1 calls ours" meet b "$both" "$initiator"
  done <<<"$2"
}

# A plain peer can be given no AmneziaWG keys: as initiator it calls an end without any.
plain_peer() {
  local name both initiator
  B_KIND=wireguard-go
  while IFS='|' read -r name both initiator; do
    read -r name <<<"$name"
    [[ $name ]] || continue
    check "$name: ours calls $WIREGUARD_GO_NAME" meet a "$both" "$initiator"
    [[ $initiator == *[a-z]* ]] || check "$name: $WIREGUARD_GO_NAME calls ours" meet b "$both" ''
  done <<<"$PLAIN_SETTINGS"
}

A_KIND=ours
if [[ ${WIREGUARD_GO:-} ]]; then
  plain_peer
else
  skip "wireguard-go" "neither Go 1.23 or later nor Debian's wireguard-go is there"
fi

if [[ ${AMNEZIAWG_GO:-} && ${AMNEZIAWG_TOOLS:-} ]]; then
  more=$(($(scaled 500) - 26))
  for ((seed = 1; seed <= more; seed++)); do SETTINGS+=$(random_setting "$seed")$'\n'; done
  note "settings: $(grep -c '|' <<<"$SETTINGS")"
  both_ways amneziawg-go "$SETTINGS"
else
  skip "amneziawg-go at 26 settings, both ways" "AMNEZIAWG_GO and AMNEZIAWG_TOOLS are not set"
fi
# Where amneziawg-go cannot run, ours stands in for it; in the long run it does so too.
if [[ ! ${AMNEZIAWG_GO:-} ]] || is_long; then
  B_KIND=ours
  while IFS='|' read -r name both initiator; do
    read -r name <<<"$name"
    [[ ! $name ]] || check "$name: ours calls ours" meet a "$both" "$initiator"
  done <<<"$SETTINGS"
fi
