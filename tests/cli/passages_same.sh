# The same bytes for any number of threads and any instruction set that this
# machine has; and what is said meanwhile, as JSON.
articles=$CORPUS/newsroom/articles.jsonl
for i in $(seq 10); do
  sed "s/^{\"id\": \"/&$i-/; s/ the / the$((i % 5)) /3g" "$articles"
done >in.jsonl
run() { # folder, formats, options
  mkdir -p "$1"
  for format in $2; do
    "$WIRECOPY" passages -q in.jsonl -o "$1/passages.$format" \
      --format "$format" --groups "$1/groups.jsonl" --stats "$1/stats.json" \
      "${@:3}" || return
  done
  sed -i 's/"seconds":[^,}]*//' "$1/stats.json"
}
same() { # what was run
  for file in other/*; do
    cmp "$file" "first/${file##*/}" || echo "differ: $*"
  done
  rm -r other
}
formats="jsonl tsv annotation"
for options in "--self" "--all-pairs --every-run" \
  "--all-pairs --max-frequency 3"; do
  # shellcheck disable=SC2086 # several words
  WIRECOPY_SIMD=portable run first "$formats" $options --threads 1
  for simd in portable avx2 avx512; do
    # This processor may lack it.
    WIRECOPY_SIMD=$simd "$WIRECOPY" passages -q "$articles" >/dev/null 2>&1 ||
      continue
    for threads in 1 2 8; do
      # shellcheck disable=SC2086
      WIRECOPY_SIMD=$simd run other jsonl $options --threads "$threads"
      same "$options, $simd, $threads threads"
    done
  done
  # How they are written has nothing to do with instruction sets.
  # shellcheck disable=SC2086
  run other "$formats" $options --threads 8
  same "$options, all formats"
  echo "$options: $(wc -l <first/passages.jsonl) passages," \
    "$(wc -l <first/groups.jsonl) groups"
done
echo "-- the log"
"$WIRECOPY" passages --log-format json --self "$articles" 2>&1 >/dev/null |
  grep -v '"event":"progress"' | sed 's/"version":"[^"]*"/"version":"<version>"/'
"$WIRECOPY" passages --log-format json missing.jsonl 2>&1 || echo "status $?"
