# Every kind of input, by itself and together.
text="the quick brown fox jumps over the lazy dog near the river bank at dawn"
printf '{"id":1,"text":"%s"}\n{"id":2,"text":"%s"}\n' "$text" "$text" >a.jsonl
printf 'id,text\r\nx,"%s"\r\ny,"%s,"\r\nz,other\r\n' "$text" "$text" >b.csv
printf 'text\tid\n%s\tx\nother\ty\n' "$text" >c.tsv
{
  printf 'WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nhi\r\n\r\n'
  for n in 1 2; do
    printf 'WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:%s>\r\n' $n
    printf 'Content-Length: %s\r\n\r\n%s\r\n\r\n' ${#text} "$text"
  done
} >d.wet
mkdir folder folder/sub
printf '%s' "$text" >folder/one.txt
printf '%s' "$text" | gzip >folder/sub/two.txt.gz
printf 'id,published,publisher\none,2020-01-02,The Paper\n' >meta.csv
gzip -k a.jsonl d.wet

for input in a.jsonl a.jsonl.gz b.csv c.tsv d.wet d.wet.gz folder; do
  echo "$input:"
  "$WIRECOPY" dedup -q "$input" --removed -  -o kept.out
  cat kept.out
done
echo "tables whose names do not say so:"
for table in b.csv c.tsv; do
  "$WIRECOPY" dedup -q - --removed - -o /dev/null <"$table"
  gzip <"$table" >packed
  "$WIRECOPY" dedup -q packed --removed - -o /dev/null
done
echo "with metadata, the later one first:"
"$WIRECOPY" dedup -q folder --metadata meta.csv --keep earliest
echo "patterns, and names from a file:"
"$WIRECOPY" dedup -q 'a.jsonl*' -o /dev/null --rejects -
printf 'a.jsonl\r\nfolder\n' >list
"$WIRECOPY" dedup -q --files-from list -o /dev/null --removed -
echo "each input's own:"
"$WIRECOPY" dedup -q a.jsonl.gz b.csv c.tsv d.wet folder --out-dir out --rejects -
for file in $(cd out && find . -type f | sort); do
  echo "$file:"
  cat "out/$file"
done
