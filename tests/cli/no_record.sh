# Records of which none can be read: a warning that says why, quiet or not, and
# all is counted as ever; of an empty input there is none.
printf '{"id":1,"body":"a text of some words"}\n{"id":2,"body":"another"}\n' >in.jsonl
printf '\n \n' >blank.jsonl
"$WIRECOPY" index create seen -q
attempt() {
  local name=$1
  shift
  "$WIRECOPY" "$@" -q >out.txt 2>err.txt </dev/null
  echo "$name: status $?, $(wc -c <out.txt) bytes out"
  cat err.txt
  ls kept.jsonl trace 2>/dev/null
  rm -rf kept.jsonl trace
}
for input in in.jsonl blank.jsonl; do
  for command in dedup pairs passages sketch "dedup --index seen" "dedup --checkpoint state" \
    "index query seen" "index add seen"; do
    # shellcheck disable=SC2086 # several words
    attempt "$command $input" $command "$input" -o kept.jsonl
  done
  attempt "trace $input" trace "$input" -o trace
done
echo "# a name that fits reads both"
attempt "dedup" dedup in.jsonl --text-field body -o kept.jsonl
echo "# the reasons"
attempt "pairs" pairs in.jsonl --text-field bdy --rejects rejects.jsonl --stats stats.json
cat rejects.jsonl
ls stats.json 2>&1
"$WIRECOPY" pairs in.jsonl -q --log-format json 2>err.txt >/dev/null
cat err.txt
echo "# standard input, and one record of two"
attempt "dedup -" dedup - -o kept.jsonl
printf '{"id":1,"text":"a"}\n{}\n' >half.jsonl
attempt "half" dedup half.jsonl -o kept.jsonl
echo "# a shard may have none, all of them not"
for stage in sketch candidates verify; do
  attempt "$stage" dedup --stages stages --stage $stage in.jsonl
done
attempt merge dedup --stages stages --stage merge in.jsonl -o kept.jsonl
"$WIRECOPY" index info seen | grep -o '"documents":[0-9]*'
echo "# what is no JSON Lines, by the looks of it"
printf '{"id":1,"text":"a"}\n{"id":2,"text":"b"}\n' | iconv -t UTF-16LE >le.jsonl
printf '{"id":1,"text":"a"}\n' | iconv -t UTF-16 >marked.jsonl
printf '{\n  "id": 1,\n  "text": "a"\n}\n' >object.jsonl
printf '[\n{"id":1,"text":"a"}\n]\n' >list.jsonl
for input in le marked object; do attempt $input dedup $input.jsonl -o kept.jsonl; done
attempt list pairs list.jsonl -o kept.jsonl --rejects rejects.jsonl
cat rejects.jsonl
