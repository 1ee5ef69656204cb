# dedup --index --passages: what was seen before is cut, noted or dropped by.
cat >first.jsonl <<'END'
{"id":"lock","text":"The old lock below the mill will be drained on Monday so that divers can look at its gates."}
{"id":"gull","text":"A gull that had learned to ring the bell of the chip shop was fed twice on Sunday before anyone noticed."}
END
cat >second.jsonl <<'END'
{"id":"news","n":1.50,"text":"Café talk: \"The old lock below the mill will be drained on Monday so that divers can look at its gates.\" Fish\u0021 go first.\n", "x":[ ]}
{"id":"copy","text":"THE OLD LOCK below the mill will be drained on Monday, so that divers can look at its gates!"}
{"id":"both","text":"The old lock below the mill will be drained on Monday so that divers can look at its gates. A gull that had learned to ring the bell of the chip shop was fed twice on Sunday before anyone noticed!"}
{"id":"edit","text":"The old lock below the mill will be drained on Monday so that nine divers and a vet can look at its old gates."}
{"id":"own","text":"Nobody has asked the ducks."}
END
start() {
  rm -rf lock.index
  "$WIRECOPY" index create -q lock.index
  "$WIRECOPY" dedup --index lock.index first.jsonl -q -o first.kept
}

echo "remove:"
start
"$WIRECOPY" dedup --index lock.index second.jsonl --passages remove \
  -o cut.jsonl --removed removed.jsonl 2>&1
cat cut.jsonl removed.jsonl
"$WIRECOPY" dedup --index lock.index second.jsonl --passages remove -q |
  cmp - cut.jsonl

echo "remove, of fewer words than these:"
start
"$WIRECOPY" dedup --index lock.index second.jsonl --passages remove -q \
  --min-words 30 | cut -c-60

echo "annotate:"
for unit in codepoint byte utf16; do
  start
  "$WIRECOPY" dedup --index lock.index second.jsonl --passages annotate -q \
    --annotations notes.jsonl --offsets $unit -o kept.jsonl
  cat notes.jsonl
  grep -v '"copy"' second.jsonl | cmp - kept.jsonl
done

echo "drop, by a reference set:"
start
"$WIRECOPY" dedup --index lock.index second.jsonl --read-only --passages drop \
  --removed removed.jsonl -q
cat removed.jsonl
"$WIRECOPY" dedup --index lock.index second.jsonl --read-only --passages remove -q |
  cmp - cut.jsonl

echo "CSV, text files:"
cat >rows.csv <<'END'
id;text;more
1;"Say ""no"": the old lock below the mill will be drained on Monday so that divers can look at its gates; I do.";"x;y"
2;Ducks first. The old lock below the mill will be drained on Monday so that divers can look at its gates. Ducks last.;z
END
"$WIRECOPY" dedup --index lock.index rows.csv --read-only --passages remove -q
mkdir texts
printf 'A sign says: "The old lock below the mill will be drained on Monday so that divers can look at its gates." It has been there since May, and somebody has drawn a pike on it.\n' >texts/a.txt
"$WIRECOPY" dedup --index lock.index texts --read-only --passages remove -q

echo "in pieces, by any number of threads:"
news=$CORPUS/newsroom/articles.jsonl
for batch in 1 7 1000; do
  for threads in 1 4; do
    "$WIRECOPY" index create -q news.index
    "$WIRECOPY" dedup --index news.index "$news" -q --batch $batch \
      --threads $threads --passages remove -o cut.$batch.$threads
    cmp cut.$batch.$threads cut.1.1
    rm -r news.index
  done
done
wc -l <cut.1.1
