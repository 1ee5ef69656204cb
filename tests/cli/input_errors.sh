# Input that is not there or is not what it should be: one line that names
# it, status 2, and no output.
echo '{"id":1,"text":"x"}' >in.jsonl
mkdir empty_folder only_jsonl folder.txt
cp in.jsonl only_jsonl/
attempt() {
  echo "wirecopy $*"
  "$WIRECOPY" "$@" >out.txt 2>err.txt </dev/null
  local status=$?
  cat err.txt
  [[ $status == 2 && $(wc -l <err.txt) == 1 && ! -s out.txt ]] ||
    echo "STATUS $status, $(wc -l <err.txt) LINES, $(wc -c <out.txt) BYTES OUT"
}
attempt dedup missing.jsonl -o kept.jsonl
attempt dedup in.jsonl missing.jsonl -o kept.jsonl
attempt dedup no/such/folder/in.jsonl -o kept.jsonl
attempt dedup in.jsonl/in.jsonl -o kept.jsonl
attempt dedup "" -o kept.jsonl
attempt dedup empty_folder -o kept.jsonl
attempt dedup only_jsonl -o kept.jsonl
attempt dedup folder.txt -o kept.jsonl
attempt pairs missing.jsonl -o kept.jsonl
attempt compare missing.txt in.jsonl
attempt compare in.jsonl missing.txt
attempt compare in.jsonl empty_folder
ln -s loop loop
attempt dedup loop -o kept.jsonl
echo "the same file twice is read once:"
ln -s in.jsonl link.jsonl
"$WIRECOPY" dedup in.jsonl in.jsonl ./link.jsonl --rejects - -o /dev/null 2>&1 |
  head -n 2
"$WIRECOPY" pairs --strict in.jsonl link.jsonl 2>&1
ln -s in.jsonl $'odd\n\033[31m.jsonl'
"$WIRECOPY" pairs --strict in.jsonl odd* 2>&1
rm link.jsonl odd*
echo "hard links are documents of their own:"
mkdir store
echo 'The pond froze over.' >store/a.txt
ln store/a.txt store/b.txt
ln -s b.txt store/c.txt
"$WIRECOPY" dedup store -o /dev/null --removed - 2>&1 | grep -v shingles
rm -r store
ls
