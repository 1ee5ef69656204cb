# Stages: what goes with them and what does not, and what is told of folders.
article() { printf 'word%d ' $(seq "$1" $(($1 + 60))); }
for i in $(seq 40); do
  for moved in 0 0 3; do
    echo "{\"text\":\"$(article $((i * 100 + moved)))\"}"
  done
done >in.jsonl
"$WIRECOPY" dedup -q in.jsonl -o kept.jsonl --removed removed.jsonl
wc -l <removed.jsonl

"$WIRECOPY" dedup -q in.jsonl --checkpoint state -o same.jsonl
cmp kept.jsonl same.jsonl && ls -A state
# Sanitizers take more memory than any bound that one would set.
mkdir temp
"$WIRECOPY" dedup -q in.jsonl --checkpoint state --memory 900G --temp temp -o same.jsonl
cmp kept.jsonl same.jsonl && ls -A state && ls -A temp
"$WIRECOPY" dedup -q in.jsonl --checkpoint low --memory 1M --temp temp -o no.jsonl 2>&1 |
  sed 's/needs [0-9]* MiB/needs N MiB/'
"$WIRECOPY" dedup -q in.jsonl --stages low2 --stage sketch --memory 1M 2>&1 |
  sed 's/needs [0-9]* MiB/needs N MiB/'
rm -r low low2 temp

stage() { "$WIRECOPY" dedup in.jsonl --stages stages --stage "$@"; }
stage sketch --shard 1/2
stage candidates --shard 1/2 2>&1
stage sketch --shard 2/2
stage candidates --shard 2/2 && stage candidates --shard 1/2
stage merge -o no.jsonl 2>&1
stage verify --shard 2/2 && stage verify --shard 1/2
stage merge -q -o same.jsonl --removed same_removed.jsonl
cmp kept.jsonl same.jsonl && cmp removed.jsonl same_removed.jsonl
stage merge -q --threshold 0.7 2>&1
stage verify --shard 1/3 2>&1
find stages -type f | sed 's/[0-9]*$//' | sort -u

refused() {
  "$WIRECOPY" dedup -q "$@" 2>&1
  echo "status $?"
}
for bad in "--stage sketch" "--stage sketch --checkpoint a --stages b" \
           "--shard 1/2" "--stages b" "--stage merge --stages b --shard 1/1" \
           "--stage merge --stages b" "--stage merge --stages state" \
           "--stage sketch --stages b --shard 0/2" \
           "--stage sketch --stages b --shard 3/2" \
           "--stage sketch --stages b --shard 2" \
           "--stage sketch --stages b -o x" "--stage best --stages b" \
           "--stage verify --stages b --stats x" \
           "--checkpoint b --profile" "--checkpoint b --exact" \
           "--checkpoint b --measure containment" \
           "--checkpoint b --cluster components" "--checkpoint b --index c" \
           "--checkpoint in.jsonl" "--checkpoint ." \
           "--checkpoint b -o b/x" "--checkpoint b --out-dir b" \
           "--stage merge --stages state -o state/plan"; do
  # shellcheck disable=SC2086
  refused in.jsonl $bad
done
refused - --checkpoint b <in.jsonl
ls
