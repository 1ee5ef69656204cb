# What is found, whose it is, and what its places count.
passages() { "$WIRECOPY" passages -q "$@"; }
line="a goat stood on the pier all morning and would not be moved by anybody"
tail="until the tide came in and the man with the cart went home to eat"
echo "-- a text that repeats itself"
printf 'One. %s, %s.\n\nTwo. %s, %s.\n' "$line" "$tail" "$line" "$tail" >goat.txt
passages goat.txt
passages --self goat.txt
echo "-- copies: each with the earliest, or each with each"
for n in $(seq 12); do
  printf '{"id":%s,"published":"2024-01-%s","text":"%s, %s."}\n' \
    "$n" "$((32 - n))" "$line" "$tail"
done >copies.jsonl
passages copies.jsonl | grep -o '"a":[0-9]*\|"b":[0-9]*' | paste -sd ' '
passages --all-pairs copies.jsonl | wc -l
passages copies.jsonl --groups - -o /dev/null
echo "-- what more documents have than may bring them together"
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" passages --all-pairs --max-frequency 2 "$articles" 2>&1 >/dev/null |
  tail -n +2
echo "-- places in each unit"
printf '{"id":"a","text":"\360\237\220\213\303\274 %s"}\n' "$line $tail" >units.jsonl
printf '{"id":"b","text":"%s"}\n' "$line $tail" >>units.jsonl
for unit in codepoint byte utf16; do
  passages --offsets "$unit" units.jsonl --groups groups.jsonl
  cat groups.jsonl
  passages --offsets "$unit" --format tsv units.jsonl
done
echo "-- ill-formed bytes count as what is read for them"
printf '\377\377 %s \377 %s.' "$line" "$tail" >one.txt
printf '%s \303\050 %s.' "$line" "$tail" >two.txt
for unit in codepoint byte; do
  passages --offsets "$unit" one.txt two.txt
done
echo "-- short runs, when they are asked for"
printf '{"id":"a","text":"x goat pier tide cart home y"}\n' >short.jsonl
printf '{"id":"b","text":"z goat pier tide cart home w"}\n' >>short.jsonl
passages short.jsonl
passages --min-run 4 --every-run short.jsonl
echo "-- footers: by the publisher's field, or by a table of publishers"
for n in $(seq 12); do
  paper=$((n < 4 ? 0 : n))
  text="$(seq -s ' ' "$n"00 "$n"40) end."
  [[ $paper == 0 ]] && text+="\n\nThe Pier: $line, $tail."
  printf '{"id":"%s","paper":"P%s","text":"%s"}\n' "$n" "$paper" "$text"
done >papers.jsonl
{
  echo id,publisher,url
  for n in $(seq 12); do
    echo "$n,P$((n < 4 ? 0 : n)),https://pier.example/$n?a=b&c"
  done
} >papers.csv
kinds() { passages "$@" | grep -o '"kind":"[a-z]*"' | sort | uniq -c; }
kinds papers.jsonl
kinds papers.jsonl --publisher-field paper
kinds papers.jsonl --metadata papers.csv
echo "-- addresses: a field's, a table's, or one made of the id"
sources() {
  passages --format annotation "$@" | grep -o '"source":"[^"]*"' | sort -u
}
printf '{"id":"a b/\303\274","text":"%s %s"}\n' "$line" "$tail" >url.jsonl
printf '{"id":7,"url":"u:1","at":"u:2","text":"%s %s"}\n' "$line" "$tail" \
  >>url.jsonl
sources url.jsonl
sources url.jsonl --url-field at
sources papers.jsonl --metadata papers.csv
echo "-- records that cannot be used"
{
  cat copies.jsonl
  echo '{"id":1}'
} >bad.jsonl
passages bad.jsonl --rejects - -o /dev/null
passages --strict bad.jsonl 2>&1 || echo "status $?"
