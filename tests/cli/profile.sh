# --profile says on standard error where the time went, even with --quiet, and
# changes nothing else.
for i in 1 2 3 4 5; do
  printf '{"id":"%s","text":"one story that five papers print as it came"}\n' $i
done >in.jsonl
"$WIRECOPY" dedup -q in.jsonl -o plain.jsonl
# Numbers differ from run to run, and so does what bounds it.
stages() { sed -nE 's/^  ([a-z]+) +[0-9].*/\1/p'; }
"$WIRECOPY" dedup -q --profile in.jsonl -o kept.jsonl 2>dedup.txt
cmp plain.jsonl kept.jsonl && echo "the same kept"
head -2 dedup.txt | sed -E 's/[0-9]+ threads?/N threads/'
stages <dedup.txt
tail -1 dedup.txt | grep -cE '^  (too short a run|bound by the processor|[0-9]+ % of)'
echo "-- pairs"
"$WIRECOPY" pairs -q --profile --exact in.jsonl 2>pairs.txt | wc -l
stages <pairs.txt
echo "-- as an event"
"$WIRECOPY" dedup -q --profile --log-format json in.jsonl -o kept.jsonl 2>&1 |
  grep -o '"event":"profile"\|"stage":"[a-z]*"'
echo "-- passages and trace"
"$WIRECOPY" passages -q --profile --log-format json in.jsonl 2>&1 >/dev/null |
  grep -o '"stage":"[a-z]*"'
"$WIRECOPY" trace -q --profile --log-format json in.jsonl -o traced 2>&1 |
  grep -o '"stage":"[a-z]*"'
echo "-- not unless asked"
"$WIRECOPY" dedup in.jsonl -o kept.jsonl 2>&1 | grep -c profile
