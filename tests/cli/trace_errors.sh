# What trace refuses, and that nothing half done stays.
articles=$CORPUS/newsroom/articles.jsonl
try() {
  "$WIRECOPY" trace "$@" 2>&1
  echo "status $?"
}
try
try "$articles"
touch file
try "$articles" -o file
try "$articles" -o file/below
try missing.jsonl -o out1
ls -d out1 2>/dev/null
printf 'North Agency | NA\n\n# papers\n| Post\n' >agencies.txt
try "$articles" -o out2 --agencies agencies.txt
try "$articles" -o out2 --agencies missing.txt
printf 'North\0Agency\n' >agencies.txt
try "$articles" -o out2 --agencies agencies.txt
cp "$articles" in.jsonl
mkdir out3
ln -s ../in.jsonl out3/edges.jsonl
try in.jsonl -o out3
cmp "$articles" in.jsonl && echo "the input is whole"
try "$articles" -o out4 --report out4/edges.jsonl
cp "$articles" copy.jsonl
printf 'id,published\nx,2024-01-02\n' >dates.csv
echo 'Quay Gazette' >papers.txt
try copy.jsonl -o out4 --metadata dates.csv --report dates.csv
try copy.jsonl -o out4 --agencies papers.txt --stats papers.txt
"$WIRECOPY" sketch copy.jsonl -o copy.jsonl 2>&1
cmp "$articles" copy.jsonl && wc -l dates.csv papers.txt
try "$articles" -o out5 --threads 0
try "$articles" -o out6 --min-run 2
ls out3
try dates.csv -o out7
try dates.csv -o out8/a/b/
mkdir out9
try dates.csv -o out9/a
ls -d out2 out4 out5 out6 out7 out8 out9 out9/a 2>/dev/null
