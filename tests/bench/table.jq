# The benchmark's table: one line a row of (part, profile, pinning, ...), medians of both contestants, and the median of
# the paired ratios (first contestant over second, each pair taken in one round).
# Input: the measurements, one object each. Output: {rows: [...]}.

def median: sort | if length == 0 then null elif length % 2 == 1 then .[length / 2 | floor]
  else (.[length / 2 - 1] + .[length / 2]) / 2 end;

# The fields that name a row, and those that are measured.
def labels: ["part", "profile", "pinning", "direction", "streams", "peers"];
def is_label: . as $key | labels + ["contestant", "pair", "round"] | index($key) != null;

def figures: [.[] | to_entries[] | select((.key | is_label | not) and (.value | type == "number")) | .key] | unique;

def row: . as $runs | ($runs[0].x) as $x | ($runs[0].y) as $y
  | [figures[] as $figure
    | ([$runs[] | select(.pair == "x") | {key: (.round // 0 | tostring), value: .[$figure]}] | from_entries) as $xs
    | ([$runs[] | select(.pair == "y") | {key: (.round // 0 | tostring), value: .[$figure]}] | from_entries) as $ys
    | {figure: $figure, x: $x, y: $y, pairs: ($xs | length), x_median: ([$xs[]] | median), y_median: ([$ys[]] | median),
       ratio_median: ([$xs | to_entries[] | select($ys[.key] != null and $ys[.key] != 0) | .value / $ys[.key]] | median)}];

[group_by([.x, .y, .part, .profile, .pinning, .direction, .streams, .peers])[]
  | (.[0] | {part, profile, pinning, direction, streams, peers} | with_entries(select(.value != null))) as $labels
  | row[] | $labels + .]
