# What dedup --index refuses, and that it says so in one line.
news=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" index create -q news.index --threshold 0.7 --seed 5
"$WIRECOPY" index create -q bare.index --no-passages
try() {
  "$WIRECOPY" dedup "$@" 2>&1 >out.txt </dev/null
  echo "status $?"
  [[ ! -s out.txt ]] || echo "SOMETHING WAS WRITTEN"
}

echo "parameters:"
try --index news.index "$news" --threshold 0.8
try --index news.index "$news" --measure containment
try --index news.index "$news" --k 6
try --index news.index "$news" --seed 6 --threshold 0.7
try --index news.index "$news" --recall 0.9
try --index news.index "$news" --shingle char
try --index news.index "$news" --passages remove --min-words 5
try --index bare.index "$news" --passages remove

echo "options that would do nothing:"
for option in --exact "--clusters c" "--cluster star" "--keep longest" \
  "--out-dir d" --profile; do
  # shellcheck disable=SC2086
  try --index news.index "$news" $option
done
for option in --read-only "--passages remove" "--annotations a" \
  "--min-words 9" "--offsets byte" "--present keep" "--batch 5" \
  "--cache 1M"; do
  # shellcheck disable=SC2086
  try "$news" $option
done
try --index news.index "$news" --annotations a
try --index news.index "$news" --passages remove --annotations a
try --index news.index "$news" --passages annotate
try --index news.index "$news" --read-only --passages drop --offsets byte
try --index news.index "$news" --passages drop
try --index news.index "$news" --min-words 9
try --index news.index "$news" --read-only --present remove
try --index news.index "$news" --passages burn
try --index news.index "$news" --batch 0
try --index news.index "$news" --memory 1G --cache 1M
try --index news.index

echo "files:"
try --index none.index "$news"
try --index news.index none.jsonl
try --index news.index "$news" -o kept --removed kept
ln -s news.index/tables inside
try --index news.index "$news" -o news.index/committed
try --index news.index "$news" -o kept --removed inside/CURRENT
try --index ./news.index/ "$news" --read-only -o kept --rejects news.index/seal
"$WIRECOPY" index add news.index "$news" -o news.index/committed 2>&1 || echo "status $?"
"$WIRECOPY" index verify news.index
cp "$news" in.jsonl
try --index news.index in.jsonl -o in.jsonl
cmp in.jsonl "$news"
printf 'id,text\n1,one\n' >a.csv
printf 'id,text,more\n2,two,x\n' >b.csv
try --index news.index a.csv b.csv
printf '%s\n' '{"id":"a","text":"one two three"}' nothing >odd.jsonl
try --index news.index odd.jsonl --strict
ls

echo "nothing was added:"
"$WIRECOPY" index info news.index | cut -d, -f3
