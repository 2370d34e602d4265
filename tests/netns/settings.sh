# shellcheck shell=bash
# Parameter settings of every AmneziaWG version, for the interoperability matrix.
#
#   SETTINGS: one a line, "name | both ends | initiator only"; keys are separated by ";". psk=on adds a preshared key.
# shellcheck disable=SC2034 # read by the scripts that source this file

SETTINGS='
1.0 junk before the initiation          | | Jc=4; Jmin=40; Jmax=70
1.0 most junk, empty datagrams too      | | Jc=120; Jmin=0; Jmax=10
1.0 S1 and S2                           | S1=15; S2=68 |
1.0 H1 to H4, small and above 2^31      | H1=5; H2=3000000000; H3=4294967294; H4=2147483648 |
1.0 everything, preshared key           | S1=50; S2=91; H1=1020325451; H2=3288052141; H3=1766607858; H4=2528465083; psk=on | Jc=3; Jmin=50; Jmax=1000
1.0 other junk at each end              | S1=20; S2=40; H1=11; H2=22; H3=33; H4=44; Jc=2; Jmin=30; Jmax=31 | Jc=8; Jmin=100; Jmax=100
1.5 one signature packet                | | I1=<b 0xc0ffee0102030405>
1.5 every tag, five packets             | | I1=<b 0xc0ff><r 20><t>; I2=<rc 16>; I3=<rd 12>; I4=<t><r 1>; I5=<b 0x00>
1.5 signature packets and junk          | S1=15; S2=68; H1=123456; H2=67543; H3=123123; H4=32345 | Jc=4; Jmin=10; Jmax=50; I1=<r 100>; I3=<b 0x16030100><r 60>
2.0 ranges of H                         | H1=100000-800000; H2=1000000-8000000; H3=10000000-80000000; H4=100000000-800000000 |
2.0 ranges of H up to the top           | H1=5-9; H2=10-10; H3=11-4000000000; H4=4200000000-4294967295 |
2.0 S3 and S4                           | S3=20; S4=7 |
2.0 S4 of one byte                      | S4=1 |
2.0 everything                          | S1=15; S2=68; S3=32; S4=16; H1=100000-800000; H2=1000000-8000000; H3=10000000-80000000; H4=100000000-800000000 | Jc=4; Jmin=40; Jmax=70; I1=<r 64>
2.0 initiation and response of one size | S1=20; S2=76; S3=104; S4=8; H1=1000-2000; H2=3000-4000; H3=5000-6000; H4=7000-8000 |
3.0 header protection, least padding    | S1=12; S2=12; S3=12; S4=12; HeaderProtectionKey=@ |
3.0 header protection and ranges        | S1=15; S2=68; S3=32; S4=16; H1=100000-800000; H2=1000000-8000000; H3=10000000-80000000; H4=100000000-800000000; HeaderProtectionKey=@ | Jc=4; Jmin=40; Jmax=70
3.0 content padding                     | S4=9; ContentPaddingAddition=1-64 |
3.0 content padding, header protection  | S1=20; S2=30; S3=40; S4=50; ContentPaddingAddition=0-256; HeaderProtectionKey=@ |
3.0 timing ranges                       | RekeyAfterTime=100-140; RekeyTimeout=4-6; RejectAfterTime=170-190; KeepaliveTimeout=8-12; MaxHandshakeAttempts=10-20 |
3.0 everything, preshared key           | S1=31; S2=77; S3=21; S4=12; H1=5-500; H2=501-900; H3=1000-1010; H4=2000-90000; HeaderProtectionKey=@; ContentPaddingAddition=3; RekeyAfterTime=100-140; psk=on | Jc=2; Jmin=64; Jmax=128; I2=<rd 40>
3.1 random trailers                     | RandomTrailers=on |
3.1 random trailers, equal S            | S1=24; S2=24; S3=24; S4=24; H1=77; H2=88; H3=99; H4=111; RandomTrailers=on; DisableCookies=on |
3.1 header protection and trailers      | S1=28; S2=28; S3=28; S4=28; HeaderProtectionKey=@; RandomTrailers=on; DisableCookies=on | Jc=3; Jmin=80; Jmax=300
3.1 content padding instead of trailers | S1=16; S2=16; S3=16; S4=16; HeaderProtectionKey=@; RandomTrailers=on; ContentPaddingAddition=0-100 |
3.1 everything                          | S1=40; S2=40; S3=40; S4=40; HeaderProtectionKey=@; RandomTrailers=on; DisableCookies=on; RekeyAfterTime=90-160; RekeyTimeout=4-9; KeepaliveTimeout=8-16; RejectAfterTime=200-260; psk=on | Jc=5; Jmin=200; Jmax=700; I1=<b 0x474554202f><rc 30>; I5=<t>
'

# Settings a plain WireGuard peer can live with: junk and signature packets of one end, times of its own.
PLAIN_SETTINGS='
no parameters                           | |
a preshared key                         | psk=on |
junk of the initiator alone             | | Jc=4; Jmin=40; Jmax=70
signature packets of the initiator      | | I1=<b 0xc0ffee><r 100>; I2=<rc 16><t>
times of its own                        | | RekeyAfterTime=100-140; RekeyTimeout=4-6; KeepaliveTimeout=8-12
'

# setting_lines LIST: the lines of an [Interface] section. "@" stands for a header protection key of this run.
setting_lines() {
  local line lines
  IFS=';' read -ra lines <<<"$1"
  for line in "${lines[@]}"; do
    line=${line# }
    line=${line% }
    case $line in
      '' | psk=on) ;;
      *@) echo "${line%@}$(private hp)" ;;
      *) echo "$line" ;;
    esac
  done
}

# random_setting SEED: one more, of any version, drawn from a seed. Trailers come with equal S, as the reference needs.
random_setting() {
  local s1 s2 s3 s4 base=5 n header='' rest=''
  RANDOM=$1
  s1=$((12 + RANDOM % 60)) s2=$((12 + RANDOM % 60)) s3=$((12 + RANDOM % 60)) s4=$((12 + RANDOM % 40))
  if ((RANDOM % 3 == 0)); then
    s2=$s1 s3=$s1 s4=$s1 rest="RandomTrailers=on; DisableCookies=on; "
    header="H1=$((5 + RANDOM)); H2=$((40000 + RANDOM)); H3=$((80000 + RANDOM)); H4=$((120000 + RANDOM)); "
  else
    for n in 1 2 3 4; do
      header+="H$n=$base-$((base + RANDOM)); "
      base=$((base + 40000 + RANDOM * 1000))
    done
  fi
  ((RANDOM % 2)) || rest+="HeaderProtectionKey=@; "
  ((RANDOM % 3)) || rest+="ContentPaddingAddition=$((RANDOM % 50))-$((50 + RANDOM % 100)); "
  ((RANDOM % 3)) || rest+="psk=on; "
  echo "random, seed $1 | S1=$s1; S2=$s2; S3=$s3; S4=$s4; $header$rest | Jc=$((RANDOM % 10)); Jmin=$((RANDOM % 100)); Jmax=$((100 + RANDOM % 800)); I$((1 + RANDOM % 5))=<r $((RANDOM % 200))>"
}
