# Records that cannot be used are counted, listed and passed over.
cat >in.jsonl <<'END'
{"id":"good","text":"a text"}
{"id":"none"}
{"id":"number","text":5}
{"id":"null","text":null}
not JSON
{"id":"cut","text":"abc
["an array"]

{"id":1.5,"text":"an id that is neither"}
{"id":{"x":1},"text":"nor this"}
{"id":"good","text":"the id was there before"}
{"id":7,"text":"an integer"}
{"id":"7","text":"not the same as the integer"}
{"id":7,"text":"the integer was there before"}
{"id":18446744073709551616,"text":"a large integer"}
{"id":null,"text":"no id"}
{"text":"no id either"}
{"id":"twice","id":"last counts","text":"x","text":"the last text"}
{"id":"more","text":"text"} and more
END
"$WIRECOPY" dedup in.jsonl -o kept.jsonl --removed removed.jsonl \
  --rejects rejects.jsonl --stats stats.json
echo "kept:"
cat kept.jsonl
echo "rejected:"
cat rejects.jsonl
grep -oE '"(read|kept|removed|rejected)":[0-9]+' stats.json
echo "names for ids that are missing:"
printf '{"text":"%s"}\n' 'same words' 'same words' >missing.jsonl
"$WIRECOPY" dedup -q missing.jsonl --removed - -o /dev/null
echo "strict:"
"$WIRECOPY" dedup --strict in.jsonl -o strict.jsonl 2>&1 || echo "status $?"
sed -n 1p in.jsonl | cat - in.jsonl >twice.jsonl
"$WIRECOPY" dedup --strict twice.jsonl -o strict.jsonl 2>&1 ||
  echo "status $?"
echo "other fields:"
echo '{"key":3,"body":"words","day":"2024-01-01"}' |
  "$WIRECOPY" dedup -q - --id-field key --text-field body --date-field day
"$WIRECOPY" pairs -q in.jsonl --rejects rejects2.jsonl >/dev/null
cmp rejects.jsonl rejects2.jsonl
ls
