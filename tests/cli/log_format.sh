# --log-format json: what goes to standard error is an object a line.
cat >check.py <<'END'
import json
import sys
for line in sys.stdin.buffer.read().decode("utf-8").splitlines(keepends=True):
    assert line.endswith("\n") and line[:-1].isprintable(), ascii(line)
    event = json.loads(line)
    assert event["level"] in ("info", "warning", "error"), line
    # When a run is slow, it may say so.
    if event["event"] != "progress":
        print(event["level"], event["event"], *list(event)[2:],
              ascii(event.get("message", "")), event.get("count", ""))
END
articles=$CORPUS/newsroom/articles.jsonl
as_json() {
  printf 'wirecopy'
  printf ' %q' "$@"
  echo
  "$WIRECOPY" "$@" 2>err.txt >/dev/null </dev/null || echo "status $?"
  python3 check.py <err.txt
}
{
  cat "$articles"
  echo 'no JSON'
  printf '{"id":1,"text":"\xff","published":"soon"}\n'
} >in.jsonl
for command in dedup pairs; do
  as_json $command --log-format json in.jsonl
done
as_json sketch in.jsonl -o in.sig --log-format=json
as_json sketch --compare in.sig --log-format json
as_json compare --log-format json in.jsonl in.jsonl
as_json dedup --log-format json -q in.jsonl
echo "mistakes:"
as_json dedup --log-format json
as_json dedup --log-format json in.jsonl --threshold 2
as_json dedup in.jsonl --frobnicate --log-format json
as_json dedup --log-format json $'no\nsuch\x1b[31m\x7f\xff\xc2\x9bfile'
as_json dedup --log-format json in.jsonl -o /dev/full -q
WIRECOPY_SIMD=mmx as_json dedup --log-format json in.jsonl
echo "text:"
"$WIRECOPY" dedup --log-format xml in.jsonl 2>&1 || echo "status $?"
"$WIRECOPY" dedup --log-format text --threshold 2 in.jsonl 2>&1 ||
  echo "status $?"
"$WIRECOPY" compare -- --log-format json 2>&1 || echo "status $?"
