# What index refuses, and that it says so in one line.
news=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" index create -q news.index --threshold 0.7 --seed 5
try() {
  "$WIRECOPY" index "$@" 2>&1 >/dev/null </dev/null
  echo "status $?"
}

echo "folders:"
try create news.index
try add none.index "$news"
mkdir other && echo text >other/file
try create other
try verify other
cp -r news.index lost.index
rm lost.index/committed
try info lost.index

echo "parameters:"
try add news.index "$news" --k 6
try add news.index "$news" --threshold 0.8
try query news.index "$news" --measure containment
try query news.index "$news" --seed 6
try add news.index "$news" --no-passages
try add news.index "$news" --min-run 10
try add news.index "$news" -q --threshold 0.7 --seed 5
try create a.index --threshold 0
try create a.index --k 0
try create a.index --measure containment --no-passages
ls

echo "options that would do nothing:"
try create a.index "$news"
try create a.index --id 5
try info news.index --k 5
try verify news.index -o file
try remove news.index
try remove news.index --id 5 --strict
try add news.index

echo "actions:"
try
try mend news.index
try add

echo "damage:"
cp -r news.index bad.index
tables=(bad.index/tables/*.sst)
printf x >>"${tables[0]}"
"$WIRECOPY" index verify bad.index 2>&1 | sed -E 's/[0-9]{6}|[0-9]+ bytes/N/g' |
  cut -c-60
cp -r news.index cut.index
rm cut.index/seal
truncate -s 10 cut.index/committed
try info cut.index

echo "what cannot be used:"
printf '%s\n' '{"id":"a","text":"one two three"}' 'nothing' \
  '{"id":"a","text":"four"}' >odd.jsonl
"$WIRECOPY" index add news.index odd.jsonl -q --rejects rejects.jsonl
cat rejects.jsonl
try add news.index odd.jsonl -q --strict
