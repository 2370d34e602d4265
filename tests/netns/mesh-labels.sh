#!/usr/bin/env bash
# Label rules by hand over three relays: what is sent with a rule's label goes where the rules lead, and is counted.
#
#     in --> r1 --> r2 --> r3
#       458752 458753 459007
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/lab/mesh.sh
. "$ROOT/tests/lab/mesh.sh"

NODES=(in r1 r2 r3)
new_namespace "${NODES[@]}"
mesh_links "${NODES[@]}" || exit
mesh_start "${NODES[@]}" || exit
declare -A KEY
for node in r1 r2 r3; do check "$node joins" mesh_join "$node" --offer transit; done
check "and a node that offers nothing" mesh_join in
for node in "${NODES[@]}"; do
  KEY[$node]=$(sky "$node" visor pk)
  check "$node gets the records of all" mesh_import "$node"
done

passed() { sky "$1" lfib --json | jq -r '.output[] | select(.role == "static") | "\(.state) \(.packets)"'; }
has_passed() { [[ $(passed "$1") == "$2" ]]; }
refused() { ! sky "$@" 2>"$SANDBOX_DIR/refused"; }
says() { grep -q -- "$1" "$SANDBOX_DIR/refused"; }

check "a link is made" sky in tp add "${KEY[r1]}"
check "a rule swaps" sky r1 route add --in "${KEY[in]}" --label 458752 --swap 458753 --out "${KEY[r2]}"
check "another does" sky r2 route add --in "${KEY[r1]}" --label 458753 --swap 459007 --out "${KEY[r3]}"
check "the last one ends it" sky r3 route add --in "${KEY[r2]}" --label 459007 --pop
for node in r1 r2 r3; do check_within 15 "the rule of $node is in force" has_passed "$node" 'installed 0'; done

check "test packets leave" sky in route test --out "${KEY[r1]}" --label 458752 --count 10
check_within 5 "all get to where the rules end" has_passed r3 'installed 10'
same "over both transits" 'installed 10 installed 10' "$(passed r1) $(passed r2)"
check "the table says that they have no end" eval 'sky r1 route ls | grep -q "^458752 .*IntermediaryForward .*458753 .*never"'
check "a label without a rule leads nowhere" sky in route test --out "${KEY[r1]}" --label 458760
same "not even here" 'installed 10' "$(passed r1)"

check "a label in use is refused" refused r3 route add --in "${KEY[r2]}" --label 459007 --pop
check "by name" says 'label 459007 of the neighbour .* is in use'
check "so is one that is drawn for paths" refused r3 route add --in "${KEY[r2]}" --label 459008 --pop
check "with the range that is kept for rules" says '458752 to 459007'
check "and a node that nobody knows" refused r3 route add --in AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA= --label 458752 --pop
check "by its key" says 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA= is known'

# --- the daemon in the middle dies: the rules are in its file, and its neighbours call it again ---
kill -KILL "${NODE_PID[r2]}"
mesh_start r2 || exit
check_within 45 "the rule is there again" has_passed r2 'installed 0'
reaches_end() { sky in route test --out "${KEY[r1]}" --label 458752 --count 1 >/dev/null && sleep 0.3 && ! has_passed r2 'installed 0'; }
check_within 45 "and packets pass it" reaches_end

# --- a circle: r2 sends back to r1, whose rule sends to r2; the TTL ends it ---
circle() {
  sky r2 route rm --in "${KEY[r1]}" --label 458753 && sky r1 route rm --in "${KEY[in]}" --label 458752 &&
    sky r1 route add --in "${KEY[r3]}" --label 458752 --swap 458753 --out "${KEY[r2]}" &&
    sky r2 route add --in "${KEY[r1]}" --label 458753 --swap 458754 --out "${KEY[r3]}" &&
    sky r3 route rm --in "${KEY[r2]}" --label 459007 &&
    sky r3 route add --in "${KEY[r2]}" --label 458754 --swap 458752 --out "${KEY[r1]}"
}
check "rules can lead in a circle" circle
for node in r1 r2 r3; do check_within 45 "the rule of $node is in force" has_passed "$node" 'installed 0'; done
check "a packet enters it" sky r3 route test --out "${KEY[r1]}" --label 458752 --count 1
around() { (($(passed r1 | cut -d' ' -f2) == 21)); }
check_within 5 "and leaves it after 63 hops" around
sleep 0.5
same "for good" '21 21 21' "$(for node in r1 r2 r3; do passed $node | cut -d' ' -f2; done | xargs)"
