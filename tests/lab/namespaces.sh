# shellcheck shell=bash
# Network namespaces and the wires between them. Used inside a sandbox, so names need not be unique on the machine.

# new_namespace NAME...: with loopback up and no duplicate address detection (addresses work at once).
new_namespace() {
  local name
  for name; do
    ip netns add "$name"
    ip -n "$name" link set lo up
    ip netns exec "$name" sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0
  done
}

# on NAMESPACE COMMAND...: runs COMMAND there. A job of the background is begun by `ip netns exec` itself: its process id
# is then the program's, not that of a shell around it.
on() { ip netns exec "$@"; }

# wire NAMESPACE DEVICE ADDRESS,... NAMESPACE DEVICE ADDRESS,... [MTU]: a cable between two namespaces.
wire() {
  local mtu=${7:-1500} address
  ip -n "$1" link add "$2" mtu "$mtu" type veth peer name "$5" mtu "$mtu" netns "$4"
  for address in ${3//,/ }; do ip -n "$1" address add "$address" dev "$2"; done
  for address in ${6//,/ }; do ip -n "$4" address add "$address" dev "$5"; done
  ip -n "$1" link set "$2" up
  ip -n "$4" link set "$5" up
}

# is_bound NAMESPACE PORT: somebody has the UDP port. is_listening NAMESPACE PORT: somebody listens at the TCP port.
is_bound() { [[ $(on "$1" ss -Huln "sport = :$2") ]]; }
is_listening() { [[ $(on "$1" ss -Htln "sport = :$2") ]]; }
