# Everything that dedup writes, on the sample newsroom.
"$WIRECOPY" dedup "$CORPUS/newsroom/articles.jsonl" -o kept.jsonl \
  --removed removed.jsonl --clusters clusters.jsonl --stats stats.json
echo "kept:"
grep -oE '^\{"id": "[^"]*"' kept.jsonl
# Each kept line is one of the input, and none else went.
grep -cFxf kept.jsonl "$CORPUS/newsroom/articles.jsonl"
echo "removed:"
cat removed.jsonl
echo "clusters:"
cat clusters.jsonl
echo "stats:"
sed 's/"version":"[^"]*"/"version":"<version>"/' stats.json
