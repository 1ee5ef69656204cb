# Output that cannot be written: one line, status 2; what was there stays as
# it was, and nothing half written is left behind.
echo '{"id":1,"text":"x"}' >in.jsonl
echo 'from before' >before.jsonl
mkdir folder
attempt() {
  echo "wirecopy $*"
  "$WIRECOPY" "$@" >out.txt 2>err.txt </dev/null
  local status=$?
  cat err.txt
  [[ $status == 2 && $(wc -l <err.txt) == 1 && ! -s out.txt ]] ||
    echo "STATUS $status, $(wc -l <err.txt) LINES, $(wc -c <out.txt) BYTES OUT"
}
attempt dedup in.jsonl -o same.jsonl --removed same.jsonl
attempt dedup in.jsonl -o same.jsonl --stats ./same.jsonl
attempt dedup in.jsonl --removed -
attempt dedup in.jsonl -o ""
attempt pairs in.jsonl -o ""
attempt pairs in.jsonl -o same.jsonl --rejects same.jsonl
attempt dedup in.jsonl -o no/such/folder/kept.jsonl
attempt dedup in.jsonl -o kept.jsonl --clusters no/such/folder/clusters.jsonl
attempt dedup in.jsonl -o folder
attempt dedup in.jsonl -o /dev/full
attempt pairs in.jsonl before.jsonl --rejects /dev/full -o pairs.jsonl
attempt dedup missing.jsonl -o before.jsonl
attempt dedup --strict in.jsonl in.jsonl -o before.jsonl
attempt dedup in.jsonl -o before.jsonl --removed /dev/full --stats /dev/full2/x
echo "standard output on a full disk:"
{ "$WIRECOPY" dedup -q in.jsonl >/dev/full; } 2>&1 || echo "status $?"
{ "$WIRECOPY" compare in.jsonl in.jsonl >/dev/full; } 2>&1 ||
  echo "status $?"
{ "$WIRECOPY" help >/dev/full; } 2>&1 || echo "status $?"
echo "standard output closed:"
{ "$WIRECOPY" dedup -q in.jsonl >&-; } 2>&1 || echo "status $?"
echo "standard error closed:"
"$WIRECOPY" dedup in.jsonl -o quiet.jsonl 2>&- && cat quiet.jsonl
cat before.jsonl
ls -A
echo "twice into nothing:"
"$WIRECOPY" dedup -q in.jsonl -o /dev/null --removed /dev/null
echo "where an input would be lost:"
echo 'from before' >text.txt
ln -s text.txt text_link
ln in.jsonl second_name
attempt dedup text.txt -o text.txt
attempt dedup text.txt -o ./folder/../text.txt
attempt dedup text_link -o text.txt
attempt dedup text.txt -o text_link
attempt dedup in.jsonl -o in.jsonl
attempt dedup in.jsonl -o second_name
attempt dedup . -o text.txt
attempt dedup in.jsonl --out-dir .
attempt dedup in.jsonl --out-dir folder --removed folder/in.jsonl
attempt pairs in.jsonl text.txt -o text.txt
attempt passages text.txt -o ./text.txt
attempt passages in.jsonl --stats text.txt --files-from text.txt
attempt sketch text.txt -o text.txt
attempt compare text.txt in.jsonl -o text_link
attempt trace text.txt -o new --report text.txt
"$WIRECOPY" sketch -q in.jsonl -o in.sig
attempt sketch --compare in.sig -o in.sig
attempt sketch --compare in.sig in.sig -o ./in.sig
echo in.jsonl >list
# shellcheck disable=SC2094 # that is what they refuse
{
  "$WIRECOPY" dedup -q - -o second_name <in.jsonl
  "$WIRECOPY" dedup -q in.jsonl >>in.jsonl
  "$WIRECOPY" dedup -q - <in.jsonl >>second_name
  "$WIRECOPY" dedup -q --files-from - -o list <list
  "$WIRECOPY" compare in.jsonl text.txt >>text.txt
} 2>&1
cat list
rm list
cat text.txt in.jsonl
ls -A . folder
rm text.txt text_link second_name in.sig
echo "through a link, and to a pipe:"
ln -s before.jsonl link.jsonl
ln -s /dev/full full
attempt dedup -q in.jsonl -o link.jsonl --removed ./before.jsonl
attempt dedup -q in.jsonl -o link.jsonl --stats full
"$WIRECOPY" dedup -q in.jsonl -o link.jsonl
readlink link.jsonl
cat before.jsonl
"$WIRECOPY" dedup -q in.jsonl -o /dev/stderr 2>&1
ls -A
