#!/usr/bin/env bash
# Keys stay where they belong: sockets and files are private from the first moment, and no key is in a log at any level,
# in an argument, in the environment, in an error's text, in the report of a crash or in anything left in a folder.
#
#     a: wa 10.7.0.1   ====== tunnel ======   wb 10.7.0.2 :b
# shellcheck source=tests/netns/lib.sh
. "$(dirname "$0")/lib.sh"
[[ $A_KIND == ours ]] || { skip "keys" "tested with our daemon"; exit 0; }

export LOG_LEVEL=debug
new_namespace a b
wire a v 192.0.2.1/24,2001:db8::1/64 b v 192.0.2.2/24,2001:db8::2/64
new_key a
new_key b
(umask 077 && wg genpsk >"$SANDBOX_DIR/psk.key" && wg genpsk >"$SANDBOX_DIR/hp.key")
mode() { stat -c %a "$1"; }

# --- sockets, from the first moment ---
# Started with an open umask, traced (-D: the daemon keeps the process id that we know): whatever is bound lies in a folder made 0700 and is 0600 before it gets its name.
umask 000
mkdir -m 755 "$SANDBOX_DIR/work"
cd "$SANDBOX_DIR/work" || exit
start_daemon ours a wa strace -D -f -qq -o "$SANDBOX_DIR/trace" -e trace=bind,chmod,fchmodat,link,linkat,mkdir,mkdirat,listen || exit
umask 022
run_dir=$(find /run /var/run -name control.sock -printf '%h\n' 2>/dev/null | head -n 1)
[[ ! $run_dir ]] || { same "the control socket" 600 "$(mode "$run_dir/control.sock")"; same "its folder" 700 "$(mode "$run_dir")"; }
same "the interface's socket" 600 "$(mode /var/run/amneziawg/wa.sock)"
same "the sockets' folder, as the reference has it" 755 "$(mode /var/run/amneziawg)"
same "root owns it" 0 "$(stat -c %u /var/run/amneziawg/wa.sock)"
bound=$(sed -n 's/.*bind(.*sun_path="\([^"]*\)".*) = 0/\1/p' "$SANDBOX_DIR/trace")
check "a socket was bound under strace" test "$bound"
open_for_a_moment() { # sockets whose folder was not made private, or that were linked before their mode was set
  local path
  while read -r path; do
    grep -qF "mkdir(\"${path%/*}\", 0700)" "$SANDBOX_DIR/trace" || echo "$path: its folder is not private"
    awk -v path="\"$path\"" 'index($0, "chmod") && index($0, path) && /0600/ { private = 1 }
      /link/ && index($0, path) && !private { print path ": was given its name too early" }' "$SANDBOX_DIR/trace"
  done <<<"$bound"
}
same "none was open to others for a moment" "" "$(open_for_a_moment)"
stop_daemon wa

# --- files ---
umask 000
(cd "$SANDBOX_DIR/work" && "$AWG" genconf --endpoint 192.0.2.2 >/dev/null)
umask 022
same "what genconf writes" "600 600" "$(stat -c %a "$SANDBOX_DIR"/work/*.conf | xargs)"
grep -h '^PrivateKey\|^PresharedKey' "$SANDBOX_DIR"/work/*.conf | sed 's/^[A-Za-z]* *= *//' >"$SANDBOX_DIR/generated.key"
cp "$SANDBOX_DIR"/work/sky-gateway.conf "$SANDBOX_DIR/work/open.conf"
chmod 644 "$SANDBOX_DIR/work/open.conf"
warned() { on a "$AWG_QUICK" strip "$SANDBOX_DIR/work/open.conf" 2>&1 >/dev/null | grep 'world accessible'; }
check "a file with keys that all may read gets a warning" warned
rm "$SANDBOX_DIR"/work/*.conf

# --- everything that is said and shown, at the highest level ---
for end in a b; do
  start_end "$end" 1420 || exit
  (umask 077 && end_config "$end" v4 S1=12 S2=12 S3=12 S4=12 "HeaderProtectionKey = $(private hp)" >"$SANDBOX_DIR/$end.conf")
  echo "PresharedKey = $(private psk)" >>"$SANDBOX_DIR/$end.conf"
  bring_up "$end" || exit
done
check_within 5 "the tunnel is up" ping_through a 10.7.0.2
SHOWN=$SANDBOX_DIR/shown.log
said() { "$@" >>"$SHOWN" 2>&1 </dev/null; }
said tool wa show
said "$AWG" show all
printf '[Interface]\nPrivateKey = %sx\nHeaderProtectionKey = %s=\nNonsense = %s\n' "$(private a)" "$(private hp)" "$(private psk)" \
  >"$SANDBOX_DIR/bad.conf"
said tool wa setconf "$SANDBOX_DIR/bad.conf"
said "$AWG" check "$SANDBOX_DIR/bad.conf"
said "$AWG_QUICK" strip /nonexistent.conf
bad_request() { printf 'set=1\nprivate_key=%sff' "$(base64 -d "$SANDBOX_DIR/a.key" | xxd -p -c 64)"; }
# shellcheck disable=SC2016 # perl's
said perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die; syswrite(S, "$ARGV[1]\n\n");
  sysread(S, $answer, 9999); print $answer' "$(socket_of ours wa)" "$(bad_request)"
# A wrong key at the other end: refused handshakes, at length.
tool wb set peer "$(public a)" preshared-key "$SANDBOX_DIR/hp.key"
tool wa set peer "$(public b)" preshared-key /dev/null
ping_through a 10.7.0.2 >/dev/null
for pid in "${DAEMON_PID[wa]}" "${DAEMON_PID[wb]}"; do
  tr '\0' '\n' <"/proc/$pid/cmdline" >>"$SHOWN"
  tr '\0' '\n' <"/proc/$pid/environ" >>"$SHOWN"
done
check "there is something to look through" test "$(wc -l <"$SHOWN")" -gt 40

# --- a crash and its report ---
for signal in QUIT SEGV; do kill -"$signal" "${DAEMON_PID[wa]}" && wait_until 1 false; done
wait "${DAEMON_PID[wa]}" 2>/dev/null
is_dead() { ! kill -0 "${DAEMON_PID[wa]}"; }
check "the daemon has died of it" is_dead
stop_daemon wb
reports=$(find "$SANDBOX_DIR/work" /tmp /run -xdev -newer "$SANDBOX_DIR/bad.conf" \( -name 'hs_err*' -o -name 'core*' -o -name '*.hprof' \) 2>/dev/null)
note "reports of the crash: ${reports:-none}"
same "no core and no heap dump" "" "$(grep -E '/core[^/]*$|hprof' <<<"$reports")"
left=0
while read -r file; do [[ ! $file ]] || cat "$file" >>"$SHOWN" || left=1; done <<<"$reports"
same "each report was read" 0 "$left"

# Base64 and hex of every key in everything that was printed. That the search finds keys, a planted one shows.
find_keys() { # FOLDER
  local key
  while read -r key; do
    [[ ${#key} == 44 ]] || { echo "'$1': not a key"; continue; }
    grep -rlF -e "${key%=}" -e "$(base64 -d <<<"$key" | xxd -p -c 64)" "$1" --include='*.log' 2>/dev/null
  done < <(cat "$SANDBOX_DIR"/*.key) | sort -u
}
mkdir "$SANDBOX_DIR/planted"
cp "$SANDBOX_DIR/a.key" "$SANDBOX_DIR/planted/planted.log"
check "the search finds a key that is there" test "$(find_keys "$SANDBOX_DIR/planted")"
rm -r "$SANDBOX_DIR/planted"
same "no key in logs, arguments, environment, error texts or reports" "" "$(find_keys "$SANDBOX_DIR")"
