# What sketch refuses: one line, status 2, nothing written.
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" sketch -q "$articles" -o news.sig
"$WIRECOPY" sketch -q "$articles" --slots 64 -o slots.sig
"$WIRECOPY" sketch -q "$articles" --k 4 -o k.sig
"$WIRECOPY" sketch -q "$articles" --shingle char -o char.sig
"$WIRECOPY" sketch -q "$articles" --seed 1 -o seed.sig
attempt() {
  echo "wirecopy $*"
  "$WIRECOPY" "$@" >out.txt 2>err.txt </dev/null
  local status=$?
  cat err.txt
  [[ $status == 2 && $(wc -l <err.txt) == 1 && ! -s out.txt ]] ||
    echo "STATUS $status, $(wc -l <err.txt) LINES, $(wc -c <out.txt) BYTES OUT"
}
attempt sketch
attempt sketch "$articles"
attempt sketch "$articles" -o x.sig --slots 63
attempt sketch "$articles" -o x.sig --slots 1025
attempt sketch "$articles" -o x.sig --k 33
attempt sketch "$articles" -o x.sig --threshold 0.5
attempt sketch "$articles" -o x.sig --stats x.sig
attempt sketch "$articles" "$articles" --strict -o x.sig
attempt sketch "$articles" -o no/such/folder/x.sig
attempt sketch "$articles" -o /dev/full
attempt sketch missing.jsonl -o x.sig
attempt sketch --compare
attempt sketch --compare missing.sig
attempt sketch --compare news.sig news.sig news.sig
attempt sketch --compare - -
attempt sketch --compare news.sig --k 5
attempt sketch --compare news.sig --threshold 0
attempt sketch --compare news.sig --threshold 1.5
attempt sketch --compare news.sig -o /dev/full
for other in slots k char seed; do
  attempt sketch --compare news.sig $other.sig
done
echo "damaged:"
attempt sketch --compare "$articles"
attempt sketch --compare /dev/null
attempt sketch --compare "$(dirname "$articles")"
head -c 30 news.sig >header.sig
head -c 70 news.sig >head.sig
head -c 5000 news.sig >body.sig
{ cat news.sig && echo; } >longer.sig
flip() { # name, offset
  cp news.sig "$1.sig"
  printf '\377' | dd of="$1.sig" bs=1 seek="$2" conv=notrunc status=none
}
flip magic 0
flip version 8
flip size 60
flip flipped 20000
for file in header head body longer magic version size flipped; do
  attempt sketch --compare $file.sig -o pairs.jsonl
done
ls
