# Twenty kinds of bad input: what the user sees, and the exit status. What can
# be passed over is counted and listed; the rest ends the run in one line.
good='{"id":1,"text":"some words of a text"}'
try() {
  echo "# $1"
  shift
  "$WIRECOPY" dedup "$@" -o kept.jsonl --rejects rejects.jsonl --stats stats.json \
    >out.txt 2>err.txt </dev/null
  local status=$?
  if [[ $status == 0 ]]; then
    cat rejects.jsonl
    grep -o '"read":[0-9]*,"kept":[0-9]*,"removed":[0-9]*,"rejected":[0-9]*' stats.json
    grep -o '"invalid_utf8":[1-9][0-9]*\|"unreadable_dates":[1-9][0-9]*' stats.json
  else
    cat err.txt
    [[ $(wc -l <err.txt) == 1 ]] || echo "NOT ONE LINE"
    [[ ! -e kept.jsonl ]] || echo "HALF WRITTEN"
  fi
  echo "status $status"
  rm -f kept.jsonl rejects.jsonl stats.json
}
lines() { printf '%s\n' "$good" "$@" >in.jsonl; }

lines 'no JSON at all';              try "rubbish in a line" in.jsonl
lines '{"id":2,"text":"cut of';      try "a line that was cut off" in.jsonl
lines '{"id":2}' '{"text":7}';       try "no text, and one that is a number" in.jsonl
lines '{"id":1,"text":"again"}';     try "an id that was there before" in.jsonl
lines '{"id":[2],"text":"x"}';       try "an id that is neither string nor integer" in.jsonl
lines '[1,2]' 'null' '"text"';       try "JSON, but no objects" in.jsonl
lines $'{"id":2,"text":"a\xff\xfe"}'; try "bytes that are not UTF-8" in.jsonl
lines '{"id":2,"text":"\ud800 x"}';  try "half of a surrogate pair" in.jsonl
lines '{"id":2,"text":"x","published":"soon"}'; try "a date that is none" in.jsonl
printf '[%s,\n%s]\n' "$good" "$good" >in.jsonl; try "one JSON array over lines" in.jsonl
printf '%0200d' 0 >in.txt;        try "a text that is too long" in.txt --max-document 100
lines "{\"id\":2,\"text\":\"$(printf '%0200d' 0)\"}"; try "a record that is too long" in.jsonl --max-document 100
printf 'a\0b' >in.txt;            try "bytes of zero in a text file" in.txt
printf '\x1f\x8b\x08rubbish' >in.jsonl; try "what only begins like gzip" in.jsonl
lines x; gzip -c in.jsonl | head -c 40 >in.gz; try "gzip that was cut off" in.gz
printf '\x28\xb5\x2f\xfd\xff\xff\xff' >in.zst; try "what only begins like Zstandard" in.zst
printf 'id,body\na,b\n' >in.csv;  try "CSV without the text's column" in.csv
printf 'id,text\na,b,c\nd,"e\nf,g\n' >in.csv; try "rows too long, and quotes never closed" in.csv
printf 'WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 99\r\n\r\nx' >in.wet
try "a WARC record that was cut off" in.wet
printf 'id,published\na,never\n' >meta.csv; lines; try "metadata with a date that is none" in.jsonl --metadata meta.csv
try "a table of metadata that is not there" in.jsonl --metadata none.csv
try "a pattern that no file matches" 'none-*.jsonl'
printf 'id,text\na,b\n' >in.csv; lines; try "lines that cannot stand in one file" in.csv in.jsonl
try "an output that is an input" in.jsonl --removed in.jsonl
