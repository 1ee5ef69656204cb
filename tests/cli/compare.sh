# How two documents relate: as text, as JSON, of any kind of file.
printf 'The quick brown fox jumps over the lazy dog.\n' >a.txt
printf 'See how the quick brown fox jumps over the dog.\n' >b.txt
"$WIRECOPY" compare a.txt b.txt
"$WIRECOPY" compare --format json a.txt b.txt
"$WIRECOPY" compare --format json --k 2 a.txt - <b.txt
"$WIRECOPY" compare --shingle char --k 8 a.txt b.txt
echo '{"text":"the quick brown fox jumps over THE lazy dog"}' >a.jsonl
"$WIRECOPY" compare --format json a.txt a.jsonl
echo "-- an empty one"
: >empty.txt
"$WIRECOPY" compare a.txt empty.txt
echo "-- two from standard input, and two in one file"
"$WIRECOPY" compare - - 2>&1 || echo "status $?"
cat a.jsonl a.jsonl >two.jsonl
"$WIRECOPY" compare a.txt two.jsonl 2>&1 || echo "status $?"
echo '{"title":"no text"}' >none.jsonl
"$WIRECOPY" compare a.txt none.jsonl 2>&1 || echo "status $?"
: >none.jsonl
"$WIRECOPY" compare a.txt none.jsonl 2>&1 || echo "status $?"

# A document of a file that holds several; of a name that has the mark itself.
"$WIRECOPY" compare "$CORPUS/newsroom/articles.jsonl#ferry-wire" \
  "$CORPUS/newsroom/articles.jsonl#ferry-ledger" | head -n 3
cp two.jsonl 'a#b.jsonl'
"$WIRECOPY" compare 'a#b.jsonl#nobody' two.jsonl 2>&1 || echo "status $?"
