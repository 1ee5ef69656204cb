# The same bytes for any number of threads and any instruction set that this
# machine has.
articles=$CORPUS/newsroom/articles.jsonl
# Enough for several blocks of input.
for i in $(seq 40); do
  sed "s/^{\"id\": \"/&$i-/; s/ the / the$((i % 20)) /3g" "$articles"
done >in.jsonl

run() { # folder, options
  mkdir -p "$1"
  "$WIRECOPY" dedup -q in.jsonl -o "$1/kept.jsonl" \
    --removed "$1/removed.jsonl" --clusters "$1/clusters.jsonl" \
    --stats "$1/stats.json" --rejects "$1/rejects.jsonl" "${@:2}" || return
  sed -i 's/"seconds":[^,}]*//' "$1/stats.json"
}

same() {
  diff -qr "first$1" "other$1" || echo "differ with ${*:2}"
}

run first --threads 1
"$WIRECOPY" pairs -q in.jsonl -o first/pairs.jsonl --threads 1
for simd in portable avx2 avx512; do
  # This processor may lack it.
  WIRECOPY_SIMD=$simd "$WIRECOPY" pairs -q "$articles" >/dev/null 2>&1 ||
    continue
  for threads in 1 2 8; do
    export WIRECOPY_SIMD=$simd
    run other --threads "$threads"
    "$WIRECOPY" pairs -q in.jsonl -o other/pairs.jsonl --threads "$threads"
    same "" "$simd" "$threads"
  done
done
wc -l first/*.jsonl

unset WIRECOPY_SIMD
for options in --exact "--cluster components" "--measure containment" \
  "--shingle char --k 9" "--keep longest"; do
  # shellcheck disable=SC2086 # several words
  WIRECOPY_SIMD=portable run "first$options" $options --threads 1
  # shellcheck disable=SC2086
  run "other$options" $options --threads 8
  same "$options"
  echo "$options: $(wc -l <"first$options/removed.jsonl") removed"
done
