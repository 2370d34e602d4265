# shellcheck shell=bash
# The parameter sets of the benchmark, as lines of an [Interface] section. Both ends get the same lines.

# profile_lines NAME
profile_lines() {
  case $1 in
    plain) ;;
    awg3)
      cat <<'LINES'
Jc = 4
Jmin = 40
Jmax = 70
S1 = 15
S2 = 68
S3 = 32
S4 = 16
H1 = 100000-800000
H2 = 1000000-8000000
H3 = 10000000-80000000
H4 = 100000000-800000000
HeaderProtectionKey = yMxwWjVRk0JZ5c7gEPt0gK7hpQpW9j6kqYzvW8nL9aE=
LINES
      ;;
    # What `awg genconf --level v3` draws, with fixed values so that sittings compare: equal S, trailers on.
    v3)
      cat <<'LINES'
Jc = 3
Jmin = 80
Jmax = 300
S1 = 28
S2 = 28
S3 = 28
S4 = 28
HeaderProtectionKey = yMxwWjVRk0JZ5c7gEPt0gK7hpQpW9j6kqYzvW8nL9aE=
RandomTrailers = on
DisableCookies = on
RekeyAfterTime = 90-160
RekeyTimeout = 4-9
KeepaliveTimeout = 8-16
RejectAfterTime = 200-260
LINES
      ;;
    *) echo "profile '$1': not one of plain, awg3, v3" >&2; return 1 ;;
  esac
}

# The tunnel's MTU with a profile.
profile_mtu() {
  case $1 in
    plain) echo 1420 ;;
    *) echo 1280 ;;
  esac
}
