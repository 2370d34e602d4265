# shellcheck shell=bash
# A full tunnel that awg-quick brings up at end a; b is an ordinary end.
#
#     a: wa 10.7.0.1, all traffic by the tunnel   ====== tunnel ======   wb 10.7.0.2 :b
#        v 192.0.2.1, 2001:db8::1 ------------------------------------- v 192.0.2.2, 2001:db8::2

WA=$SANDBOX_DIR/wa.conf

# full_tunnel_ends: namespaces, cable and keys, and b configured. What is written from here on is private.
full_tunnel_ends() {
  umask 077
  new_namespace a b
  wire a v 192.0.2.1/24,2001:db8::1/64 b v 192.0.2.2/24,2001:db8::2/64
  new_key a
  new_key b
  start_end b 1420 && configure_end b v4
}

# full_tunnel_config [LINE...]: wa.conf, with these lines of [Interface] besides.
full_tunnel_config() {
  printf '%s\n' "[Interface]" "PrivateKey = $(private a)" "Address = 10.7.0.1/24, fd07::1/64" "$@" "[Peer]" \
    "PublicKey = $(public b)" "Endpoint = 192.0.2.2:51821" "AllowedIPs = 0.0.0.0/0, ::/0" >"$WA"
}

# quick VERB FILE: awg-quick at a.
quick() { on a "$AWG_QUICK" "$@" >>"$SANDBOX_DIR/quick.log" 2>&1 </dev/null; }
