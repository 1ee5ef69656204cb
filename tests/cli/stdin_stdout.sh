# From a pipe to a pipe, with records on standard output and narration on
# standard error; - is the default output.
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" dedup "$articles" -q -o kept.jsonl
"$WIRECOPY" dedup - <"$articles" 2>/dev/null | cmp - kept.jsonl
# shellcheck disable=SC2002 # a pipe is not a file
cat "$articles" | "$WIRECOPY" dedup -q - -o - | cmp - kept.jsonl
"$WIRECOPY" dedup -q - --removed - -o kept2.jsonl <"$articles" | wc -l
cmp kept.jsonl kept2.jsonl
"$WIRECOPY" pairs -q - <"$articles" | wc -l
echo '{"text":"no id here"}' | "$WIRECOPY" dedup -q - --input-format jsonl
echo 'plain text' | "$WIRECOPY" dedup -q -
echo "-- a line of a log before records is one to reject"
printf 'log: begun\n{"id":1,"text":"a"}\n{"id":2,"text":"b"}\n' |
  "$WIRECOPY" dedup - --stats stats.json -q
grep -o '"read":3,"kept":2,"removed":0,"rejected":1' stats.json
echo "-- nothing comes, and standard input is read once"
"$WIRECOPY" dedup -q - </dev/null | wc -c
"$WIRECOPY" dedup -q - - <"$articles" 2>&1 || echo "status $?"
echo "-- nobody reads to the end"
seq -f '{"text":"%.0f"}' 100000 >many.jsonl
{
  "$WIRECOPY" dedup -q many.jsonl 2>err.txt
  echo "status $?" >>err.txt
} | head -c 1 >/dev/null
cat err.txt
