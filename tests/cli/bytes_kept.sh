# Kept lines are the input's own bytes: spaces, line ends, key order, escapes.
# Blank lines belong to no document; a byte-order mark is not part of a line.
printf '%s' $'\xef\xbb\xbf' '{"id":1,"text":"one"}' $'\r\n' \
  $'\n' ' ' $'\r\n' \
  '  { "text" : "t\u0077o\ud83d\ude00" ,  "id":2, "n": 1.50e0 }  ' $'\n' \
  '{"id":3,"text":"one"}' $'\n' \
  '{"id":4,"text":"four"}' >in.jsonl
"$WIRECOPY" dedup -q in.jsonl | od -An -c
echo "-- the last line's line break comes only when another line follows"
printf '{"id":"a","text":"alpha"}' >a.jsonl
printf '{"id":"b","text":"beta"}' >b.jsonl
"$WIRECOPY" dedup -q a.jsonl b.jsonl | od -An -c
echo "-- and when the last is removed, the one before it keeps its own"
printf '{"id":"a","text":"x"}\r\n{"id":"b","text":"x"}' |
  "$WIRECOPY" dedup -q - | od -An -c
echo "-- ends of lines of other kinds are text or white space"
printf '{"id":"nel","text":"a\xc2\x85b"}\n{"id":"ls","text":"a\xe2\x80\xa8b"}\n' |
  "$WIRECOPY" dedup -q --threshold 1 - | od -An -c
echo "-- a file of marks and blanks alone"
printf '\xef\xbb\xbf\n \n' >blank.jsonl
"$WIRECOPY" dedup -q blank.jsonl | wc -c
