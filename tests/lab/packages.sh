# shellcheck shell=bash
# What a script needs from the machine: Debian packages by the commands they bring, and a JDK 25.

# need_packages COMMAND:PACKAGE...: installs what is missing, as the machine's root; else names it and returns 1.
need_packages() {
  local pair missing=()
  for pair; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
  done
  ((${#missing[@]})) || return 0
  if ! is_machine_root || ! command -v apt-get >/dev/null; then
    echo "missing packages: ${missing[*]} (as root: apt-get install ${missing[*]})" >&2
    return 1
  fi
  echo "installing: ${missing[*]}" >&2
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq -y install --no-install-recommends "${missing[@]}" ||
    { apt-get -qq update && apt-get -qq -y install --no-install-recommends "${missing[@]}"; }; } >&2 </dev/null
}

# find_jdk: prints the folder of a JDK 25: AWG_JAVA_HOME, JAVA_HOME, the one on the PATH, the usual folders.
find_jdk() {
  local home java
  java=$(readlink -f "$(command -v javac || true)" || true)
  for home in "${AWG_JAVA_HOME:-}" "${JAVA_HOME:-}" "${java%/bin/javac}" /usr/lib/jvm/* /opt/jdk* "$HOME"/.sdkman/candidates/java/*; do
    if [[ -x $home/bin/javac ]] && grep -q '^JAVA_VERSION="25[."]' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  echo "no JDK 25 found: install one (for example temurin-25-jdk) or set JAVA_HOME to it" >&2
  return 1
}

# build_if_stale MODULE...: makes the modules' jars again if a source is younger than one of them. Offline where no route
# leads out. No jars where SKYAWG_BUILT is set: whoever sets it has built. Sees that the tools have their start caches:
# what is made behind a first call would disturb what comes then.
build_if_stale() {
  local module jar stale='' offline=() sources=("$ROOT/pom.xml" "$ROOT"/{lib,tools}/*/{pom.xml,src/main} "$ROOT"/tests/lab/{pom.xml,src/main})
  for module; do
    jar=$(find "$ROOT/$module/target" -maxdepth 1 -name '*-all.jar' 2>/dev/null | head -n 1)
    [[ $jar && ! $(find "${sources[@]}" -newer "$jar" 2>/dev/null | head -n 1) ]] || stale=yes
  done
  if [[ $stale && ! ${SKYAWG_BUILT:-} ]]; then
    [[ $(ip route show default 2>/dev/null) ]] || offline=(-o)
    (cd "$ROOT" && mvn -B -q "${offline[@]}" -DskipTests -Dspotless.check.skip -pl "$(IFS=, && echo "$*")" -am package) >&2 </dev/null || return
  fi
  [[ ${AWG_START_CACHE:-} != off ]] || return 0
  for module; do
    [[ $module != tools/* ]] || AWG_START_CACHE="make" "$ROOT/bin/${module#tools/}" || true
  done
}
