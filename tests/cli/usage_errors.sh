# A mistake on the command line: one line, which says what and how to mend it,
# status 2, nothing written.
echo '{"id":1,"text":"x"}' >in.jsonl
attempt() {
  echo "wirecopy $*"
  "$WIRECOPY" "$@" >out.txt 2>err.txt </dev/null
  local status=$?
  cat err.txt
  [[ $status == 2 && $(wc -l <err.txt) == 1 && ! -s out.txt ]] ||
    echo "STATUS $status, $(wc -l <err.txt) LINES, $(wc -c <out.txt) BYTES OUT"
}
attempt
attempt frobnicate
attempt --frobnicate
attempt help frobnicate
attempt dedup
attempt dedup --frobnicate in.jsonl
attempt dedup in.jsonl -o
attempt dedup in.jsonl --threshold
for value in 0 -0.1 1.01 nan inf abc "" 0.8x; do
  attempt dedup in.jsonl --threshold "$value"
done
for value in 0 1 -1 abc; do attempt dedup in.jsonl --recall "$value"; done
for value in 0 -3 abc 1.5 1025 99999999999; do
  attempt dedup in.jsonl --threads "$value"
done
for value in 0 -1 33 five; do attempt dedup in.jsonl --k "$value"; done
attempt dedup in.jsonl --shingle char --k 257
attempt dedup in.jsonl --shingle letter
for value in -1 1.5 18446744073709551616 ""; do
  attempt dedup in.jsonl --seed "$value"
done
attempt dedup in.jsonl --measure cosine
attempt dedup in.jsonl --cluster heap
attempt dedup in.jsonl --keep best
attempt dedup in.jsonl --input-format xml
attempt dedup in.jsonl --k 2 --k 3
attempt dedup in.jsonl --threshold 0.001
attempt pairs in.jsonl --threshold 7
attempt pairs in.jsonl --keep first
attempt compare in.jsonl
attempt compare in.jsonl in.jsonl in.jsonl
attempt compare in.jsonl in.jsonl --format html5
attempt compare in.jsonl in.jsonl --k 0
ls
