# A folder of bare texts with and without a table of metadata; dates left out;
# offsets in other units; an agency that the user adds.
mkdir texts
shared='The harbour board met twice in March and could not agree on the price
of the new crane, which has stood in its crates since the autumn. Members said
they would try again when the accounts of the old crane had been found.'
printf 'Under the lamps – 𝄞 – of the customs house, tempers rose.\n\n%s\n' "$shared" \
  >texts/copy.txt
printf '%s\n\nThe crates are under a tarpaulin – and so is the old crane.\n' \
  "$shared" >texts/source.txt
printf 'Nobody wrote any of this before, and nobody will again.\n' >texts/x.txt
# But for the confidence, which changes with what the model has learnt.
edge() {
  sed -E 's/"confidence":[0-9.]+/"confidence":<c>/; s/"evidence".*//' \
    "$1/edges.jsonl"
}
"$WIRECOPY" trace -q texts -o bare
wc -l bare/edges.jsonl
cat >table.csv <<'END'
id,published,publisher,url,title
source,2024-03-20T08:00:00Z,Harbour News,https://harbour.example/crane,A crane in crates
copy,2024-03-23,Evening Lamp,,Tempers rise
END
"$WIRECOPY" trace -q texts --metadata table.csv -o dated
edge dated
grep -c '"clock"' dated/edges.jsonl
cat dated/publishers.jsonl
"$WIRECOPY" trace -q texts --metadata table.csv --no-dates -o undated
grep -c '"clock"' undated/edges.jsonl
grep -c median_delay_seconds\":null undated/publishers.jsonl
echo "-- offsets"
for unit in codepoint byte utf16; do
  "$WIRECOPY" trace -q texts --metadata table.csv --offsets "$unit" -o "$unit"
  grep -o '"a_begin.*"b":' "$unit/passages.jsonl"
  grep -o '"offsets":"[a-z0-9]*"' "$unit/passages.jsonl"
done
echo "-- an agency of one's own"
printf '\nAs Lantern Desk reported.\n' >>texts/copy.txt
echo 'Lantern Desk | Harbour News' >agencies.txt
for option in '' '--agencies=agencies.txt'; do
  # shellcheck disable=SC2086  # empty, it is no argument
  "$WIRECOPY" trace -q texts --metadata table.csv --no-dates $option -o agency
  echo "with '$option':"
  grep -o '"detail":"[^"]*\\"Lantern Desk[^}]*' agency/edges.jsonl
done
