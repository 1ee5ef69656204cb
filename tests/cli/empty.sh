# Nothing at all, and documents with nothing in them.
: >empty.jsonl
"$WIRECOPY" dedup empty.jsonl -o kept.jsonl --removed removed.jsonl \
  --clusters clusters.jsonl --rejects rejects.jsonl --stats stats.json
wc -c ./*.jsonl
grep -oE '"(read|kept|clusters|largest_cluster)":[0-9]+' stats.json
"$WIRECOPY" pairs empty.jsonl
"$WIRECOPY" dedup - </dev/null
echo "-- documents without a token match nothing, not even their equals"
printf '{"id":%d,"text":"%s"}\n' 1 '' 2 '' 3 ' ... ' 4 ' ... ' >blank.jsonl
for options in --exact "--threshold 0.1" "--measure containment" \
  "--cluster components"; do
  # shellcheck disable=SC2086 # several words
  "$WIRECOPY" dedup -q $options blank.jsonl | wc -l
done
"$WIRECOPY" pairs -q blank.jsonl
: >blank.txt
"$WIRECOPY" compare --format json blank.txt blank.txt
echo "-- documents with fewer words than a shingle match their equals alone"
printf '{"id":%d,"text":"%s"}\n' 1 'one two three' 2 'One, two: three!' \
  3 'one two' 4 'one two three four' >short.jsonl
"$WIRECOPY" dedup -q --threshold 0.1 short.jsonl --removed - -o /dev/null
