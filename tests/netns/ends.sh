# shellcheck shell=bash
# Two ends of a tunnel, the shape most scripts need:
#
#     namespace a                                          namespace b
#     wa 10.7.0.1, fd07::1    ====== tunnel ======    wb 10.7.0.2, fd07::2
#     v  192.0.2.1, 2001:db8::1 ---- veth ---- v 192.0.2.2, 2001:db8::2

new_key() { # NAME: NAME.key (private) and NAME.pub in the sandbox's folder
  (umask 077 && wg genkey >"$SANDBOX_DIR/$1.key")
  wg pubkey <"$SANDBOX_DIR/$1.key" >"$SANDBOX_DIR/$1.pub"
}
private() { cat "$SANDBOX_DIR/$1.key"; }
public() { cat "$SANDBOX_DIR/$1.pub"; }
other() { if [[ $1 == a ]]; then echo b; else echo a; fi; }

# The outer address of an end: outer_address a|b v4|v6
outer_address() {
  local number=1
  [[ $1 == a ]] || number=2
  if [[ $2 == v6 ]]; then echo "2001:db8::$number"; else echo "192.0.2.$number"; fi
}
bracketed() { if [[ $1 == *:* ]]; then echo "[$1]"; else echo "$1"; fi; }

# end_config END FAMILY [LINE...]: a config for the tool; LINEs go into [Interface]. Both ends know the other's address.
end_config() {
  local end=$1 family=$2 peer
  shift 2
  peer=$(other "$end")
  printf '%s\n' "[Interface]" "PrivateKey = $(private "$end")" "ListenPort = $(end_port "$end")" "$@" \
    "[Peer]" "PublicKey = $(public "$peer")" "AllowedIPs = $(inner_addresses "$peer")" \
    "Endpoint = $(bracketed "$(outer_address "$peer" "$family")"):$(end_port "$peer")"
}
inner_addresses() { if [[ $1 == a ]]; then echo 10.7.0.1/32,fd07::1/128; else echo 10.7.0.2/32,fd07::2/128; fi; }

# two_ends MTU OUTER_MTU: namespaces, cable, keys and both daemons, not configured yet.
two_ends() {
  new_namespace a b
  wire a v 192.0.2.1/24,2001:db8::1/64 b v 192.0.2.2/24,2001:db8::2/64 "${2:-1500}"
  new_key a
  new_key b
  start_end a "$1" && start_end b "$1"
}

# start_end END MTU: its daemon and the addresses on its interface; the interface comes up with configure_end.
start_end() {
  local kind=$A_KIND
  [[ $1 == a ]] || kind=$B_KIND
  start_daemon "$kind" "$1" "w$1" || return
  if [[ $1 == a ]]; then
    ip -n a address add 10.7.0.1/24 dev wa && ip -n a address add fd07::1/64 dev wa
  else
    ip -n b address add 10.7.0.2/24 dev wb && ip -n b address add fd07::2/64 dev wb
  fi
  ip -n "$1" link set "w$1" mtu "$2"
}

# configure_end END FAMILY [LINE...]: from here on it listens.
configure_end() {
  (umask 077 && end_config "$@" >"$SANDBOX_DIR/$1.conf")
  bring_up "$1"
}

# bring_up END: with what END.conf says. Daemons open their sockets a moment after the link is up.
bring_up() {
  tool "w$1" setconf "$SANDBOX_DIR/$1.conf" && ip -n "$1" link set "w$1" up && wait_until 5 is_bound "$1" "$(end_port "$1")"
}
end_port() { if [[ $1 == a ]]; then echo 51820; else echo 51821; fi; }

# ping_through END ADDRESS [PING OPTION...]: from END to an address inside the tunnel; every packet must come back.
ping_through() {
  local end=$1 address=$2 output
  shift 2
  output=$(on "$end" ping -qn -c 1 -W 1 "$@" "$address") || { echo "$output"; return 1; }
  grep -q ' 0% packet loss' <<<"$output" || { echo "$output"; return 1; }
}

# field INTERFACE FIELD: the first peer's value of a per-peer field, or an interface's value.
field() { tool "$1" show "$2" | awk 'NR == 1 { print (NF > 1 ? $2 : $1) }'; }

# The first peer's transfer: received_by INTERFACE, sent_by INTERFACE
received_by() { tool "$1" show transfer | awk 'NR == 1 { print $2 }'; }
sent_by() { tool "$1" show transfer | awk 'NR == 1 { print $3 }'; }
