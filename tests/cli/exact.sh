# The exact join finds what bands find; here bands miss nothing.
articles=$CORPUS/newsroom/articles.jsonl
for threshold in 0.3 0.5 0.8 1; do
  "$WIRECOPY" dedup -q --threshold "$threshold" "$articles" -o bands.jsonl \
    --removed bands_removed.jsonl
  "$WIRECOPY" dedup -q --exact --threshold "$threshold" "$articles" \
    -o exact.jsonl --removed exact_removed.jsonl --stats stats.json
  cmp bands.jsonl exact.jsonl
  cmp bands_removed.jsonl exact_removed.jsonl
  echo "$threshold: $(wc -l <exact.jsonl) kept," \
    "$(grep -oE '"expected_recall":[0-9.]+' stats.json)"
done
