# Which document of a cluster stays, and that shuffled input changes nothing
# where the policy does not go by order.
words() { seq -s ' ' "$1" "$2"; }
cat >in.jsonl <<END
{"id":"b","published":"2024-05-02","text":"$(words 1 60)"}
{"id":"c","published":"2024-05-03T08:00:00+02:00","text":"$(words 1 62)"}
{"id":"a","published":"2024-05-01T23:00:00Z","text":"$(words 1 61)"}
{"id":"d","text":"$(words 1 62)"}
{"id":"e","published":"yesterday","text":"$(words 2 61)"}
{"id":"other","published":"2020-01-01","text":"$(words 100 160)"}
END
tac in.jsonl >reversed.jsonl
for policy in first longest earliest latest; do
  echo "$policy:"
  for input in in reversed; do
    "$WIRECOPY" dedup -q --keep "$policy" "$input.jsonl" \
      --removed "$input.removed" -o "$input.kept"
    grep -oE '^\{"id":"[a-z]+"' "$input.kept" | sort
    sort "$input.removed" >"$input.sorted"
  done
  [[ $policy == first ]] || cmp in.sorted reversed.sorted
done
echo "for the longest of them:"
"$WIRECOPY" dedup -q --keep longest in.jsonl --removed - -o /dev/null
