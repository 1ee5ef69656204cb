# Ill-formed UTF-8 and lone surrogates are read as U+FFFD and counted; the
# line that is kept stays as it was.
printf '%s\n' '{"id":"good","text":"well formed"}' \
  $'{"id":"bytes","text":"a\xff\xe2\x82 b"}' \
  '{"id":"escape","text":"lone \ud800 and \udc00, a pair \ud83d\ude00"}' \
  $'{"id":"\xc3","text":"an id"}' >in.jsonl
"$WIRECOPY" dedup in.jsonl -o kept.jsonl --stats stats.json
cmp in.jsonl kept.jsonl
grep -oE '"(read|kept|rejected|invalid_utf8)":[0-9]+' stats.json
echo "what stands for them is a character like any other:"
printf '%s\n' $'{"id":1,"text":"w x y z a \xff b c d e"}' \
  '{"id":2,"text":"w x y z a \ufffd b c d e"}' |
  "$WIRECOPY" pairs -q -
echo "text files:"
mkdir in
printf 'caf\xe9 cr\xe8me' >in/latin.txt
"$WIRECOPY" dedup in -o - --stats stats2.json
grep -oE '"invalid_utf8":[0-9]+' stats2.json
