# An excerpt goes, the whole stays, whatever the order and the policy.
cat >in.jsonl <<END
{"id":"excerpt","published":"2020-01-01","text":"$(seq -s ' ' 1 50)"}
{"id":"whole","published":"2024-01-01","text":"$(seq -s ' ' 1 200)"}
{"id":"part","published":"2024-01-02","text":"$(seq -s ' ' 150 250)"}
END
for keep in first earliest latest longest; do
  "$WIRECOPY" dedup -q --measure containment --threshold 0.9 --keep "$keep" \
    in.jsonl --removed - -o /dev/null
done
echo "of two that contain each other the policy chooses:"
cat >equal.jsonl <<END
{"id":"x","published":"2024-01-02","text":"$(seq -s ' ' 1 50)"}
{"id":"y","published":"2024-01-01","text":"$(seq -s ' ' 1 50)"}
END
for keep in first earliest; do
  "$WIRECOPY" dedup -q --measure containment --keep "$keep" equal.jsonl \
    --removed - -o /dev/null
done
echo "on the newsroom:"
"$WIRECOPY" dedup -q --measure containment --threshold 0.6 \
  "$CORPUS/newsroom/articles.jsonl" --removed - -o /dev/null
echo "not with components:"
"$WIRECOPY" dedup -q --measure containment --cluster components in.jsonl 2>&1 ||
  echo "status $?"
