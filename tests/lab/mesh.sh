# shellcheck shell=bash
# Nodes of a mesh, one daemon a namespace, all on one bridge. Needs SANDBOX_DIR, namespaces.sh and waiting.sh.
#
#   mesh_links NODE...           links namespaces to a bridge in a namespace of its own (hub); MESH_ADDRESS has their addresses
#   mesh_start NODE...           starts a daemon in each, NODE_PID has them; returns when all answer
#   mesh_join NODE OPTIONS...    joins the mesh 'lab', by the record of the node that did so first
#   mesh_import NODE             gives a node the records of all that have joined
#   sky NODE WORDS...            sky-route there
#   echo_gap_ms FILE             the longest time between two echoes

MESH_PORT=51900
declare -A NODE_PID MESH_ADDRESS

sky() { on "$1" "$SKY_ROUTE" "${@:2}"; }

mesh_links() {
  local node number=10
  new_namespace hub
  ip -n hub link add internet type bridge && ip -n hub link set internet up || return
  for node in "$@"; do
    MESH_ADDRESS[$node]=10.20.0.$((++number))
    "${MESH_CABLE:-wire}" hub "to-$node" '' "$node" mesh0 "${MESH_ADDRESS[$node]}/24" && ip -n hub link set "to-$node" master internet || return
  done
}

# shellcheck disable=SC2034 # NODE_PID is for the caller
mesh_start() {
  local node
  for node in "$@"; do
    mkdir -p "$SANDBOX_DIR/$node/state"
    AWGD_CONFIG_DIR=$SANDBOX_DIR/$node AWGD_STATE_DIR=$SANDBOX_DIR/$node/state \
      ip netns exec "$node" "$AWGD" --service >>"$SANDBOX_DIR/$node.log" 2>&1 &
    NODE_PID[$node]=$!
    disown # else the shell says so when one is killed
  done
  for node in "$@"; do
    wait_until 30 test -S "/run/awgd/$(on "$node" stat -L -c %i /proc/self/ns/net)/control.sock" || return
  done
}

mesh_join() {
  local node=$1 options=(--secret-file "$SANDBOX_DIR/mesh.key" --dial private)
  shift
  [[ -e $SANDBOX_DIR/mesh.key ]] || (umask 077 && "$AWG" genpsk >"$SANDBOX_DIR/mesh.key")
  [[ $* != *--offer* ]] || options+=(--address "${MESH_ADDRESS[$node]}" --listen-port "$MESH_PORT")
  [[ ! ${MESH_FIRST:-} ]] || options+=(--record "$SANDBOX_DIR/$MESH_FIRST.record")
  sky "$node" mesh join lab "${options[@]}" "$@" >/dev/null && sky "$node" record export >"$SANDBOX_DIR/$node.record" || return
  MESH_FIRST=${MESH_FIRST:-$node}
}

mesh_import() { cat "$SANDBOX_DIR"/*.record | sky "$1" record import - >/dev/null; }

# The longest time between two echoes, in what ping -D printed.
echo_gap_ms() { awk -F '[][]' '/icmp_seq/ { if (last && $2 - last > gap) gap = $2 - last; last = $2 } END { printf "%d", gap * 1000 }' "$1"; }
