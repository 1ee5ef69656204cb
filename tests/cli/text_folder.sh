# A folder stands for its .txt files, in path order; each is a document, named
# after its file.
mkdir -p in/sub/deep in/other
printf 'The first text\nof two lines.\n' >in/b.txt
printf 'A text with "quotes", a \\ and a tab\t.' >in/sub/a.txt
printf 'Deep down.\r\n' >in/sub/deep/z.txt
printf 'Same name, here.' >in/sub/same.txt
printf 'Same name, there.' >in/other/same.txt
printf '\xef\xbb\xbfAfter a mark.' >in/mark.v2.txt
echo '{"id":1,"text":"in a folder this is not read"}' >in/no.jsonl
echo 'nor this' >in/README
"$WIRECOPY" dedup -q in
printf 'Hidden.' >in/.hidden.txt
printf 'An odd name.' >$'odd\xff.txt'
ln -s ../in in/sub/round
ln -s nowhere in/dangling.txt
echo "-- a link that leads in a circle, one that leads nowhere, an odd name"
"$WIRECOPY" dedup -q in $'odd\xff.txt' | wc -l
"$WIRECOPY" dedup -q $'odd\xff.txt'
echo "-- and a single file with any name, and a file of JSON Lines after it"
echo '{"id":1,"text":"alone it is read"}' >one.jsonl
cp in/b.txt article.text
"$WIRECOPY" dedup -q article.text one.jsonl
echo "-- forced"
"$WIRECOPY" dedup -q --input-format text one.jsonl
"$WIRECOPY" dedup -q --input-format jsonl in/no.jsonl
