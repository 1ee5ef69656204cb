# Estimated resemblance of what is in files of signatures.
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" sketch -q "$articles" --slots 1024 -o news.sig
echo "within one file:"
"$WIRECOPY" sketch --compare news.sig --threshold 0.5 | tee within.jsonl
"$WIRECOPY" sketch --compare -q news.sig --threshold 0.5 --threads 1 -o one.jsonl
cmp within.jsonl one.jsonl
echo "exactly:"
"$WIRECOPY" pairs -q "$articles" --threshold 0.5 --exact |
  cut -d, -f1-3 | cut -c1-70
echo "between two:"
head -20 "$articles" >a.jsonl
tail -n +21 "$articles" >b.jsonl
"$WIRECOPY" sketch -q a.jsonl --slots 1024 -o a.sig
"$WIRECOPY" sketch -q b.jsonl --slots 1024 -o b.sig
for pair in "a a" "a b" "b b"; do
  # shellcheck disable=SC2086 # two words
  set -- $pair
  "$WIRECOPY" sketch --compare -q "$1.sig" "$2.sig" --threshold 0.5 \
    -o "$1$2.jsonl"
done
# Each against itself finds every pair both ways round, and each its own.
for both in aa bb; do
  "$WIRECOPY" sketch --compare -q "${both:0:1}.sig" --threshold 0.5 >own.jsonl
  echo "$both $(wc -l <$both.jsonl), one way $(wc -l <own.jsonl)"
done
"$WIRECOPY" sketch --compare -q - b.sig --threshold 0.5 <a.sig | cmp - ab.jsonl
cat ab.jsonl
echo "nothing to compare:"
printf '%s\n' '{"id":1,"text":""}' '{"id":2,"text":""}' |
  "$WIRECOPY" sketch -q - -o blank.sig
"$WIRECOPY" sketch --compare blank.sig
