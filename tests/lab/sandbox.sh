# shellcheck shell=bash
# Private namespaces for a whole script, so that nothing it does can touch the machine or be left behind.
#
#   sandbox_run SCRIPT ARGUMENTS...   runs SCRIPT as the first process of fresh network, mount and process namespaces with an
#                                     empty /run, and returns its status. Whatever it started dies with it.
#   in_sandbox                        true inside
#
# Root of the machine and root of a user namespace (`unshare -Urnm`) can do this alike; anybody else gets a user
# namespace first, where the kernel allows one. SANDBOX_DIR is a folder for files, what a daemon keeps over a restart
# among them, removed at the end.

in_sandbox() { [[ ${SANDBOX_PROCESSES:-} && $SANDBOX_PROCESSES == "$(readlink /proc/self/ns/pid)" ]]; }

# True for the machine's own root, false for the root of a user namespace: only the former can install packages.
is_machine_root() {
  [[ $(id -u) == 0 ]] && awk '$1 == 0 && $2 == 0 && $3 == 4294967295 { found = 1 } END { exit !found }' /proc/self/uid_map
}

sandbox_run() {
  local user=() status=0 inner=
  [[ $(id -u) == 0 ]] || user=(--user --map-root-user)
  SANDBOX_DIR=$(mktemp -d "${TMPDIR:-/tmp}/skyawg.XXXXXX") || return
  export SANDBOX_DIR AWGD_STATE_DIR=$SANDBOX_DIR/state
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare "${user[@]}" --net --mount --pid --fork --kill-child --mount-proc bash -c '
    mount -t tmpfs -o mode=755 tmpfs /run && mkdir -p /run/netns /run/lock && ip link set lo up &&
    SANDBOX_PROCESSES=$(readlink /proc/self/ns/pid) exec env --default-signal=INT,QUIT "$@"' \
    sandbox "$@" <&0 &
  inner=$!
  # The child dies with its parent (--kill-child), and every process of its namespace with it.
  trap 'kill -KILL "$inner" 2>/dev/null' HUP INT TERM
  wait "$inner" || status=$?
  trap - HUP INT TERM
  wait "$inner" 2>/dev/null
  rm -rf "$SANDBOX_DIR"
  return "$status"
}
