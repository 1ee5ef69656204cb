# The similarity report, in all its forms.
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" pairs "$articles" -o pairs.jsonl --stats stats.json
cat pairs.jsonl
"$WIRECOPY" pairs -q --exact "$articles" | cmp - pairs.jsonl
echo "contained:"
"$WIRECOPY" pairs -q --measure containment --threshold 0.9 "$articles"
echo "by characters:"
"$WIRECOPY" pairs -q --shingle char --k 12 --threshold 0.9 "$articles"
sed 's/"version":"[^"]*"/"version":"<version>"/' stats.json
