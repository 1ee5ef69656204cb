# A bound on memory changes nothing but what a run takes.
article() { printf 'word%d ' $(seq "$1" $(($1 + 60))); }
for i in $(seq 40); do
  for moved in 0 0 3; do
    echo "{\"text\":\"$(article $((i * 100 + moved)))\"}"
  done
done >in.jsonl
gzip -k in.jsonl
"$WIRECOPY" dedup -q in.jsonl -o kept.jsonl --removed removed.jsonl
wc -l <removed.jsonl
mkdir temp
# Sanitizers take more memory than any bound that one would set.
for memory in 900G 900gib $((900 << 30)); do
  "$WIRECOPY" dedup -q in.jsonl --memory "$memory" --temp temp -o same.jsonl \
    --removed same_removed.jsonl
  cmp kept.jsonl same.jsonl && cmp removed.jsonl same_removed.jsonl
done
"$WIRECOPY" dedup -q in.jsonl.gz --memory 900G --temp temp | cmp kept.jsonl -
"$WIRECOPY" dedup -q - --memory 900G --keep longest <in.jsonl >same.jsonl
"$WIRECOPY" dedup -q - --keep longest <in.jsonl | cmp same.jsonl -
find temp -type f | wc -l
for options in "--cluster components" --exact "--exact --cluster components" \
               "--measure containment"; do
  # shellcheck disable=SC2086
  "$WIRECOPY" dedup -q in.jsonl $options --removed removed.jsonl -o kept.jsonl
  # shellcheck disable=SC2086
  "$WIRECOPY" dedup -q in.jsonl $options --memory 900G --temp temp \
    --removed same_removed.jsonl | cmp kept.jsonl -
  cmp removed.jsonl same_removed.jsonl
done
for bad in "--memory 0" "--memory 12iB" "--memory 3T" \
           "--memory 900G --temp none" "--memory 900G --exact --temp none" \
           "--temp temp"; do
  # shellcheck disable=SC2086
  "$WIRECOPY" dedup -q in.jsonl $bad -o no.jsonl 2>&1
  echo "status $?"
done
for options in "" "--cluster components" --exact "--measure containment"; do
  # shellcheck disable=SC2086
  "$WIRECOPY" dedup -q in.jsonl --memory 1M $options -o no.jsonl 2>&1 |
    sed 's/needs [0-9]* MiB/needs N MiB/'
done
ls
