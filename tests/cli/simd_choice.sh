# The instruction set can be named; a name that is none is an error, not a
# guess.
echo '{"id":1,"text":"x"}' >in.jsonl
WIRECOPY_SIMD=portable "$WIRECOPY" dedup -q in.jsonl || echo "status $?"
WIRECOPY_SIMD="" "$WIRECOPY" dedup -q in.jsonl || echo "status $?"
WIRECOPY_SIMD=nonsense "$WIRECOPY" dedup -q in.jsonl 2>&1 || echo "status $?"
WIRECOPY_SIMD=AVX2 "$WIRECOPY" dedup -q in.jsonl -o kept.jsonl 2>&1 ||
  echo "status $?"
ls
WIRECOPY_SIMD=nonsense "$WIRECOPY" --version | wc -l
