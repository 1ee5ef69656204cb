# dedup --index: what it keeps and removes, run after run, against an index.
news=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" index create -q news.index
"$WIRECOPY" dedup --index news.index "$news" -o kept.jsonl \
  --removed removed.jsonl --stats stats.json 2>&1
cat removed.jsonl
sed 's/"version":"[^"]*"/"version":"<version>"/' stats.json

echo "as in memory:"
"$WIRECOPY" dedup -q "$news" -o memory.jsonl --removed memory_removed.jsonl
cmp kept.jsonl memory.jsonl
cmp removed.jsonl memory_removed.jsonl

echo "the same again:"
"$WIRECOPY" dedup --index news.index "$news" -o again.jsonl \
  --removed again_removed.jsonl 2>&1
cmp kept.jsonl again.jsonl
cmp removed.jsonl again_removed.jsonl
"$WIRECOPY" dedup --index news.index "$news" --present remove -q |
  wc -l

echo "in pieces, by any number of threads, to a pipe:"
for batch in 1 7 1000; do
  for threads in 1 4; do
    "$WIRECOPY" index create -q pieces.index
    "$WIRECOPY" dedup --index pieces.index - -q --batch $batch \
      --threads $threads --removed pieces.jsonl <"$news" | cmp - kept.jsonl
    cmp pieces.jsonl removed.jsonl
    rm -r pieces.index
  done
done

echo "in two runs, of which the second has copies of the first:"
"$WIRECOPY" index create -q days.index --threshold 0.7
head -20 "$news" >monday.jsonl
tail -n +21 "$news" >tuesday.jsonl
for day in monday tuesday; do
  "$WIRECOPY" dedup --index days.index $day.jsonl -q --threshold 0.7 \
    -o $day.kept --removed $day.removed
done
"$WIRECOPY" dedup -q --threshold 0.7 "$news" -o whole.kept \
  --removed whole.removed
cat monday.kept tuesday.kept | cmp - whole.kept
cat monday.removed tuesday.removed | cmp - whole.removed
wc -l <tuesday.removed

echo "a changed text under a known id, one that is no duplicate any more:"
cat >more.jsonl <<'END'
{"id":"library-argus","text":"The library will close at noon on Fridays until the new boiler has come."}
{"id":"library-courier","text":"The library will close at noon on Fridays until the new boiler has come."}
END
"$WIRECOPY" dedup --index news.index more.jsonl --removed more.removed 2>&1
cat more.removed

echo "a reference set: nothing is added, and its ids say nothing of others:"
cat >draft.jsonl <<'END'
{"id":"library-argus","text":"A heron has taken up with the goldfish of the town hall."}
{"id":"heron","text":"The library will close at noon on Fridays until the new boiler has come."}
{"id":"heron-2","text":"A heron has taken up with the goldfish of the town hall."}
{"id":"empty","text":"..."}
END
"$WIRECOPY" dedup --index news.index --read-only draft.jsonl \
  --removed draft.removed 2>&1
cat draft.removed
"$WIRECOPY" index verify news.index 2>&1

echo "text files, CSV, a last line without its break:"
"$WIRECOPY" index create -q other.index
mkdir notes
printf 'Two barges wait at the lock for the tide to turn.' >notes/a.txt
printf 'Two barges wait at the lock for the tide to turn.' >notes/b.txt
"$WIRECOPY" dedup --index other.index notes -q
printf 'id,text\n1,The lock is shut for repairs all week\n2,x\n' >rows.csv
"$WIRECOPY" dedup --index other.index rows.csv -q
printf '{"id":3,"text":"The lock is shut for repairs all week"}\n{"id":4,"text":"y"}' >end.jsonl
"$WIRECOPY" dedup --index other.index end.jsonl -q | od -c | tail -2

echo "events:"
"$WIRECOPY" dedup --index other.index end.jsonl -o out.jsonl \
  --log-format json 2>&1 | grep summary | sed 's/"version":"[^"]*"/"version":"<version>"/'

echo "records without ids, another day: no revisions"
"$WIRECOPY" index create -q nameless.index
for day in "opens on Monday" "opens on Friday" "opens on Monday"; do
  printf '{"text":"The old lock below the mill %s, says the man at the gate."}\n' "$day" |
    "$WIRECOPY" dedup --index nameless.index - 2>&1 >/dev/null | grep kept
  printf '{"text":"The old lock below the mill %s, says the man at the gate."}\n' "$day" |
    "$WIRECOPY" index query nameless.index - -q
done
