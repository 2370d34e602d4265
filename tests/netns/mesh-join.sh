#!/usr/bin/env bash
# Four daemons join a mesh by name, secret and one record of another node. A tunnel comes up over paths that its node
# chose, comes up again when the node restarts, and is gone when it leaves.
#
#     in 10.9.0.1 ---+--- r1 10.9.0.2   transit
#                    |--- r2 10.9.0.3   transit
#                    +--- x  10.9.0.4   transit, exit
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"

NODES=(in r1 r2 x)
declare -A ADDRESS=([in]=10.9.0.1 [r1]=10.9.0.2 [r2]=10.9.0.3 [x]=10.9.0.4)

# sky NODE WORDS...: sky-route there.
sky() { on "$1" "$SKY_ROUTE" "${@:2}"; }
output() { sky "$@" --json | jq -r .output; }

control_socket() { # shellcheck disable=SC2016 # expanded there
  echo "/run/awgd/$(on "$1" stat -L -c %i /proc/self/ns/net)/control.sock"
}

start_node() { # NODE
  local folder=$SANDBOX_DIR/$1
  mkdir -p "$folder/state"
  AWGD_CONFIG_DIR="$folder" AWGD_STATE_DIR="$folder/state" ip netns exec "$1" "$AWGD" --service >>"$SANDBOX_DIR/$1.log" 2>&1 &
  DAEMON_PID[$1]=$! DAEMON_KIND[$1]=ours
  wait_until 15 test -S "$(control_socket "$1")"
}

stop_node() { # NODE SIGNAL
  stop_daemon "$1" "$2"
  rm -f "$(control_socket "$1")"
}

new_namespace hub "${NODES[@]}"
ip -n hub link add bridge type bridge && ip -n hub link set bridge up || exit
for node in "${NODES[@]}"; do
  wire hub "to-$node" '' "$node" v "${ADDRESS[$node]}/24" || exit
  ip -n hub link set "to-$node" master bridge || exit
  start_node "$node" || exit
done

(umask 077 && "$AWG" genpsk >"$SANDBOX_DIR/mesh.key")
join() { # NODE OPTIONS...
  sky "$1" mesh join lab --secret-file "$SANDBOX_DIR/mesh.key" --dial private "${@:2}" && sky "$1" record export >"$SANDBOX_DIR/$1.rec"
}
check "a first node makes the mesh" join r1 --offer transit --address 10.9.0.2 --listen-port 51900
check "another joins by a record of the first" join r2 --offer transit --address 10.9.0.3 --listen-port 51900 --record "$SANDBOX_DIR/r1.rec"
check "an exit joins by a record of the second" join x --offer transit,internet --address 10.9.0.4 --listen-port 51900 --record "$SANDBOX_DIR/r2.rec"
check "a node that offers nothing joins" join in --record "$SANDBOX_DIR/r1.rec"
again() { ! sky in mesh join lab 2>"$SANDBOX_DIR/again"; }
check "a second time it is refused" again
check "with what to do" grep -q "already: 'sky-route mesh leave'" "$SANDBOX_DIR/again"
same "mesh.conf is its owner's alone" 600 "$(stat -c %a "$SANDBOX_DIR/in/mesh.conf")"
check "the secret is in no output of the daemon" bash -c "! grep -F -f '$SANDBOX_DIR/mesh.key' '$SANDBOX_DIR'/*.log"

check "a tunnel is added" sky in tunnel add web --hops 3 --active 1 --warm 0 --diverse off
no_exit() { sky in route explain web | grep -q 'no known node offers the exit service'; }
check_within 5 "without a record of an exit it says so" no_exit
check "records are imported" sky in record import - < <(cat "$SANDBOX_DIR/r2.rec" "$SANDBOX_DIR/x.rec")
is_up() { sky in tunnel ls --json | jq -e '.output[0] | .state == "up" and .paths_up == 1'; }
check_within 5 "the tunnel is up by path choice" is_up
note "after ${WAITED_MS:-?} ms"
note "$(sky in rg ls)"
same "its path has two relays and the exit" 3 "$(output in rg ls | jq '.[0].legs[0].hops | length')"
same "the exit is its end" "$(sky x visor pk)" "$(output in rg ls | jq -r '.[0].legs[0].hops[-1]')"
same "the exit granted a prefix" true "$(output in tunnel ls | jq '.[0].prefix4 | test("^100\\.")')"
swaps() { sky r1 lfib --json | jq -e '[.output[] | select(.operation == "swap")] | length == 2'; }
check "a relay swaps labels both ways" swaps
same "the node has one link, to its first hop" "$(output in rg ls | jq -r '.[0].legs[0].hops[0]')" "$(output in tp ls | jq -r '.[] | select(.lsps > 0) | .remote_pk')"
first=$(for node in r1 r2; do [[ $(output in rg ls | jq -r '.[0].legs[0].hops[0]') != "$(sky "$node" visor pk)" ]] || echo "$node"; done)
same "a link's id is the same at both ends" "$(output in tp ls | jq -r '.[] | select(.lsps > 0) | .id')" \
  "$(output "$first" tp ls | jq -r ".[] | select(.remote_pk == \"$(sky in visor pk)\") | .id")"

stop_node in TERM
check "the node restarts" start_node in
check_within 60 "its tunnel is up again, by mesh.conf" is_up

check "the node leaves" sky in mesh leave
gone() { ! sky in tunnel ls 2>"$SANDBOX_DIR/gone" && grep -q 'this node is in no mesh' "$SANDBOX_DIR/gone"; }
check "and has no tunnels" gone
idle() { sky r2 lfib --json | jq -e '.output == []'; }
check_within 5 "no path is left at a relay" idle
same "what it was told is kept aside" 600 "$(stat -c %a "$SANDBOX_DIR/in/mesh.conf.left")"
