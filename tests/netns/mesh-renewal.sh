#!/usr/bin/env bash
# Paths that live a minute: each is replaced before its time is over, and no packet is lost by it.
#
#     in ===+=== r1 .. r6 ===+=== x --- web
#     10.20.0.0/24 (hub)            10.99.0.2
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/lab/mesh.sh
. "$ROOT/tests/lab/mesh.sh"

RELAYS=(r1 r2 r3 r4 r5 r6)
new_namespace in x web "${RELAYS[@]}"
mesh_links in x "${RELAYS[@]}" || exit
wire x web0 10.99.0.1/24 web eth0 10.99.0.2/24
mesh_start in x "${RELAYS[@]}" || exit

joined=0
for node in "${RELAYS[@]}"; do mesh_join "$node" --offer transit && ((++joined)); done
same "relays join" 6 "$joined"
check "an exit joins" mesh_join x --offer internet --exit-allow 10.99.0.0/24
check "an ingress joins" mesh_join in
check "and gets the records of all" mesh_import in
check "a tunnel of paths for a minute is added" sky in tunnel add web --hops 3 --active 2 --warm 0 --diverse off --lifetime 60
check "a rule is added" sky in ftn add 10.99.0.0/24 web

labels() { sky in lfib --json | jq -r '.output[] | .in_label, .out_label' | grep -v '^0$' | sort; }
paths_up() { (($(sky in rg ls --json | jq '.output[0].legs | length') == 2)); }
check_within 5 "two paths are up" paths_up
check_within 5 "packets pass" ping_through in 10.99.0.2
labels >"$SANDBOX_DIR/before"
# Lifetimes are blurred by up to a minute, so the last of the first paths goes after 90 s.
on in ping -i 0.02 -c 4700 -W 1 10.99.0.2 >"$SANDBOX_DIR/row" 2>&1
labels >"$SANDBOX_DIR/after"
same "the first paths are gone" "" "$(comm -12 "$SANDBOX_DIR/before" "$SANDBOX_DIR/after")"
same "of 4700 packets there and back none is lost" "4700 packets transmitted, 4700 received" "$(grep -o '[0-9]* packets transmitted, [0-9]* received' "$SANDBOX_DIR/row")"
no_fault() { ! sky in route explain web | grep -q 'time was over\|does not come through'; }
check "and no path broke" no_fault
