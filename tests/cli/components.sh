# A chain of texts of which each resembles the next: components takes it
# whole, stars only as far as the threshold reaches.
for n in 0 10 20 30; do
  printf '{"id":%d,"text":"%s"}\n' "$n" "$(seq -s ' ' "$n" $((n + 100)))"
done >chain.jsonl
for cluster in components star; do
  echo "$cluster:"
  "$WIRECOPY" dedup -q --exact --cluster "$cluster" --threshold 0.8 \
    chain.jsonl -o kept.jsonl --removed - --clusters clusters.jsonl
  cat clusters.jsonl
done
