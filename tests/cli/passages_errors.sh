# Mistakes: one line, status 2, nothing written and nothing lost.
printf '{"id":1,"text":"x"}\n{"id":2,"text":"x"}\n' >in.jsonl
attempt() {
  echo "wirecopy $*"
  "$WIRECOPY" "$@" >out.txt 2>err.txt </dev/null
  local status=$?
  cat err.txt
  [[ $status == 2 && $(wc -l <err.txt) == 1 && ! -s out.txt ]] ||
    echo "STATUS $status, $(wc -l <err.txt) LINES, $(wc -c <out.txt) BYTES OUT"
}
attempt passages
attempt passages missing.jsonl
attempt passages --format annotation --offsets byte in.jsonl
attempt passages --format annotation --offsets utf16 in.jsonl
attempt passages --format xml in.jsonl
attempt passages --offsets words in.jsonl
for value in 1 -3 1e3 4294967296; do
  attempt passages --all-pairs --max-frequency "$value" in.jsonl
done
for value in 2 65 abc; do attempt passages --min-run "$value" in.jsonl; done
attempt passages --min-words 0 in.jsonl
attempt passages --min-letters -1 in.jsonl
attempt passages --fragment-words 0 in.jsonl
attempt passages --lone-words 0 in.jsonl
for value in nan -1 abc; do
  attempt passages --lone-rarity "$value" in.jsonl
done
for value in -1 1001; do attempt passages --max-gap "$value" in.jsonl; done
attempt passages in.jsonl -o in.jsonl
attempt passages in.jsonl --groups in.jsonl
attempt passages in.jsonl -o same.jsonl --groups ./same.jsonl
attempt passages in.jsonl --groups -
attempt passages in.jsonl -o ""
attempt passages in.jsonl -o no/such/folder/passages.jsonl
attempt passages in.jsonl -o /dev/null --groups /dev/full --stats no/such/x
attempt passages in.jsonl --metadata missing.csv
cat in.jsonl
ls
echo "a pipe that nobody reads any more:"
"$WIRECOPY" passages -q --all-pairs --format annotation \
  "$CORPUS/newsroom/articles.jsonl" 2>err.txt | head -c 1 >/dev/null
echo "status ${PIPESTATUS[0]}"
cat err.txt
