# Signatures to a file: the same bytes for any number of threads and any
# instruction set, in input order, with what the run tells of itself.
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" sketch "$articles" -o news.sig --stats stats.json
sed 's/"version":"[^"]*"/"version":"<version>"/' stats.json
od -A x -t x1 -v -N 56 news.sig

echo "the same bytes:"
for i in $(seq 40); do
  sed "s/^{\"id\": \"/&$i-/; s/ the / the$((i % 20)) /3g" "$articles"
done >many.jsonl
"$WIRECOPY" sketch -q many.jsonl -o first.sig --threads 1
for simd in portable avx2 avx512; do
  # This processor may lack it.
  WIRECOPY_SIMD=$simd "$WIRECOPY" sketch -q "$articles" -o one.sig \
    2>/dev/null || continue
  for threads in 1 2 8; do
    WIRECOPY_SIMD=$simd "$WIRECOPY" sketch -q many.jsonl -o other.sig \
      --threads "$threads"
    cmp first.sig other.sig
  done
done
"$WIRECOPY" sketch -q - -o - <many.jsonl | cmp first.sig -
sha256sum first.sig

echo "what cannot be used, and ids:"
printf '%s\n' '{"id":12345678901234567890123,"text":"a text of some words"}' \
  '{"id":"é","text":""}' 'no JSON' '{"text":"x"}' '{"id":"é","text":"y"}' \
  >odd.jsonl
"$WIRECOPY" sketch odd.jsonl --slots 64 --k 2 --seed 7 --shingle char \
  -o odd.sig --rejects rejects.jsonl
cat rejects.jsonl
od -A x -t x1 -v -N 56 odd.sig
printf '' | "$WIRECOPY" sketch - -o empty.sig
wc -c <empty.sig
