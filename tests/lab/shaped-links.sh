# shellcheck shell=bash
# Cables with a rate, a delay and faults, by the shaper of tests/lab (package skyawg.lab.shaper): this works where the
# kernel has no netem. One process serves all of them. Used inside a sandbox, with programs.sh and namespaces.sh.
#
#   shaped_link a v 192.0.2.1/24 b v 192.0.2.2/24
#   shape a-b rate 100mbit delay 20ms           # both directions
#   shape a-b towards b blackhole on            # one of them
#   shape a-b clear                             # a perfect link again
#   shaped '.["a-b"].b.lost'                    # frames towards b that were lost, by jq
#
# Conditions.java lists the settings, Counters.java the counters.

SHAPER_SEED=${SHAPER_SEED:-1}
SHAPER_PID=

# start_shaper: once; shaped_link does it.
start_shaper() {
  [[ ! $SHAPER_PID ]] || return 0
  find_lab
  mkfifo "$SANDBOX_DIR/shaper.orders" "$SANDBOX_DIR/shaper.answers" || return
  # Open for both directions, so that opening waits for nobody; without a close-on-exec, so that subshells may order.
  exec {SHAPER_ORDERS}<>"$SANDBOX_DIR/shaper.orders" {SHAPER_ANSWERS}<>"$SANDBOX_DIR/shaper.answers"
  "${LAB[@]}" shaper --seed "$SHAPER_SEED" <&"$SHAPER_ORDERS" >&"$SHAPER_ANSWERS" 2>>"$SANDBOX_DIR/lab.log" &
  SHAPER_PID=$!
}

# order_shaper WORD...: prints the answer; 1 when there is none, or an error. Whoever orders at the same time waits.
order_shaper() {
  local answer='' turn
  exec {turn}>"$SANDBOX_DIR/shaper.turn" && flock "$turn"
  echo "$*" >&"$SHAPER_ORDERS" && read -r -t 15 -u "$SHAPER_ANSWERS" answer
  exec {turn}>&-
  echo "${answer:-error the shaper does not answer}"
  [[ $answer && $answer != error* ]]
}

# shaped_link NAMESPACE DEVICE ADDRESS,... NAMESPACE DEVICE ADDRESS,... [MTU [NAME]]: as `wire`; the link is called by the
# two namespaces, a-b, unless it gets another NAME. It is a perfect one until it is shaped. The MTU is 9216 at most.
shaped_link() {
  local answer device_a device_b name=${8:-$1-$4}
  start_shaper || return
  answer=$(order_shaper link "$name" "$1" "$4") || { echo "shaped_link $name: $answer" >&2; return 1; }
  read -r _ device_a device_b <<<"$answer"
  place_end "$device_a" "$1" "$2" "$3" "${7:-1500}" && place_end "$device_b" "$4" "$5" "$6" "${7:-1500}"
}

place_end() { # DEVICE NAMESPACE NAME ADDRESS,... MTU
  local address
  # A burst waits here until the shaper reads it; what finds no room is lost without being counted.
  ip link set "$1" netns "$2" name "$3" mtu "$5" txqueuelen 4000 || return
  for address in ${4//,/ }; do ip -n "$2" address add "$address" dev "$3" || return; done
  ip -n "$2" link set "$3" up
}

# shape LINK [towards NAMESPACE] SETTING...: for frames that come from now on.
shape() {
  local answer
  answer=$(order_shaper shape "$@") || { echo "shape $*: $answer" >&2; return 1; }
}

# shaped FILTER: the counters, {LINK: {NAMESPACE: {"sent": ...}}} by the namespace that a direction leads to, through jq.
shaped() { order_shaper counters | jq -r "$1"; }

# remove_link LINK: with both devices.
remove_link() { order_shaper unlink "$1" >/dev/null; }
