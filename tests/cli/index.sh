# The index: what add answers, that the same again adds nothing, what stays.
news=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" index create news.index
"$WIRECOPY" index add news.index "$news" -o answers.jsonl --stats stats.json
grep -c . answers.jsonl
grep '"of"' answers.jsonl | sed -E 's/,"passages.*/}/'
grep '"library-argus"' answers.jsonl | head -1
sed 's/"version":"[^"]*"/"version":"<version>"/' stats.json

echo "the same again:"
"$WIRECOPY" index add news.index "$news" -q | cut -d, -f2 | sort | uniq -c

echo "answers that were lost, again:"
"$WIRECOPY" index add news.index "$news" -q | grep '"of"' |
  sed 's/"present"/"duplicate"/' |
  cmp - <(grep '"duplicate"' answers.jsonl | sed -E 's/,"passages.*/}/')

echo "the same in pieces, by any number of threads:"
for batch in 1 7 1000; do
  for threads in 1 4; do
    "$WIRECOPY" index create -q pieces.index
    "$WIRECOPY" index add pieces.index "$news" -q --batch $batch \
      --threads $threads | cmp - answers.jsonl
    rm -r pieces.index
  done
done

echo "the documents that dedup removes:"
"$WIRECOPY" dedup -q "$news" -o kept.jsonl --removed removed.jsonl
grep '"duplicate"' answers.jsonl |
  sed -E 's/"status":"duplicate","of"/"kept"/; s/(,"similarity":[^,}]*).*/\1/' |
  cmp - <(sed 's/,"measure".*//' removed.jsonl)

echo "a revision, an integer, a date, offsets in bytes:"
cat >more.jsonl <<'END'
{"id":"bus-argus","text":"The bus to the quay will run no more after the end of June, said the council."}
{"id":7,"text":"Ein Kahn trieb gestern führerlos über den See, bis ihn zwei Fischer vor dem Wehr an die Leine nahmen und bei Öland festmachten.","published":"2025-04-01"}
{"id":"7","text":"Wie gemeldet wird: Ein Kahn trieb gestern führerlos über den See, bis ihn zwei Fischer vor dem Wehr an die Leine nahmen und bei Öland festmachten. Niemand war an Bord, und niemand hat ihn bis heute vermisst."}
END
"$WIRECOPY" index query news.index more.jsonl -q
"$WIRECOPY" index add news.index more.jsonl -q --offsets byte
"$WIRECOPY" index info news.index |
  sed -E 's/"version":"[^"]*"/"version":"<version>"/; s/("disk_bytes":)[0-9]+/\1<bytes>/'

echo "removing:"
"$WIRECOPY" index remove news.index --id ferry-wire --id nobody --id 7 --id 007
"$WIRECOPY" index remove news.index --id '"7"' -o -
"$WIRECOPY" index add news.index "$news" -q | grep -v present | cut -c-80
"$WIRECOPY" index compact news.index 2>&1 | grep -c now
"$WIRECOPY" index verify news.index 2>&1

echo "orphans, and one of each kept:"
cat >copies.jsonl <<'END'
{"id":"first","text":"A heron stood on the weir all day, and nobody at the mill knew why it would not leave.","title":"Heron"}
{"id":"second","text":"A heron stood on the weir all day, and nobody at the mill knew why it would not leave.","published":"2025-04-02"}
{"id":3,"text":"A heron stood on the weir all day, and nobody at the mill knew why it would not leave."}
END
"$WIRECOPY" index create -q herons.index
"$WIRECOPY" dedup --index herons.index copies.jsonl -q | cut -c-20
"$WIRECOPY" index orphans herons.index
"$WIRECOPY" index remove herons.index --id first
"$WIRECOPY" index orphans herons.index -o orphans.jsonl
grep -c orphan orphans.jsonl
"$WIRECOPY" index info herons.index | grep -o '"documents":.*"orphans":[0-9]*'
"$WIRECOPY" index orphans herons.index |
  "$WIRECOPY" dedup --index herons.index - -q | cmp - orphans.jsonl
"$WIRECOPY" index info herons.index | grep -o '"documents":.*"orphans":[0-9]*'
