# A table of metadata beside the documents: whether it goes with them is said.
mkdir texts
echo 'The pond by the mill froze over in a single night.' >texts/001.txt
echo 'Nobody had seen the heron since the frost came.' >texts/002.txt
try() {
  echo "-- $1"
  shift
  "$WIRECOPY" pairs texts --metadata "$@" -o /dev/null 2>&1 | grep -v shingles
}
printf 'id,published\n001,2024-01-02\n002,2024-01-03 07:30\n' >table.csv
try "it all goes together" table.csv
printf 'id;paper;published\n002;Mill Post;2024-01-02\n003;;\n' >table.csv
try "by semicolons, one of two, and a name that is not known" table.csv
printf 'id\tpublisher\n001\tMill Post\n' >table.csv
try "by tabs" table.csv
printf 'id,publisher,url,title,published\n001.txt,a,,,\n002.txt,b,,,\n' >table.csv
try "ids with endings" table.csv
printf 'name,publisher\n001,a\n' >table.csv
try "no ids" table.csv
printf 'id,date,paper\n001,2024-01-02,a\n' >table.csv
try "nothing that is known" table.csv
printf 'id,published\n001,2.1.2024\n002,2024-01-0306:00\n' >table.csv
try "no date, and no space behind the day" table.csv
try "the same where nothing may be wrong" table.csv --strict
printf '\n\nid;published\n001;2024-01-02\n002;2024-01-03\n' >table.csv
try "blank lines above" table.csv
printf 'id,published\n' >table.csv
try "no rows" table.csv
try "no rows, in JSON" table.csv --log-format json
: >table.csv
try "nothing" table.csv
printf 'id,published,url,published\n001,2024-01-02,u,2024-01-03\n' >table.csv
try "one column twice" table.csv
printf '"na\nme",\033[31m%s\n' "$(printf ',column%s' {1..20000})" >table.csv
try "many columns, some of them no text for a terminal" table.csv
printf 'id,"\npublished",\033[31m\n001,2024-01-02,x\n' >table.csv
try "the same, and an id" table.csv
printf '{"id":"\\u001b[31m","url":"u"}\n' >table.jsonl
try "an id that is no text for a terminal" table.jsonl
echo "-- the documents themselves by semicolons, and dates that cannot be read"
cat >in.csv <<'END'
id;published;text
a;2.1.2024;The heron is back, on one leg.
b;2024-01-02 06:00;The heron is back, on one leg.
c;yesterday;Nobody saw it go.
END
"$WIRECOPY" dedup in.csv --keep earliest -o kept.csv --stats stats.json 2>&1 |
  head -n 6
cat kept.csv
grep -o '"unreadable_dates.*inputs":.' stats.json
echo "-- dates as feeds have them, and a number, which is none"
cat >feed.jsonl <<'END'
{"id":"a","published":"Tue, 10 Mar 2026 12:00:00 GMT","text":"The heron is back, on one leg."}
{"id":"b","published":"Tue, 10 Mar 2026 07:30:00 +0100","text":"The heron is back, on one leg."}
{"id":"c","published":1773144000,"text":"Nobody saw it go."}
END
"$WIRECOPY" dedup feed.jsonl --keep earliest --removed removed.jsonl -o kept.jsonl 2>&1 |
  head -n 4
cat removed.jsonl
echo "-- fields that no record has"
"$WIRECOPY" passages feed.jsonl --id-field nope --date-field foo \
  --publisher-field x --url-field y 2>&1 | head -n 5
"$WIRECOPY" dedup feed.jsonl --text-field body -o kept.jsonl 2>&1 | head -n 6
echo "status $?"
echo "-- two columns for one thing in the documents, and blank lines above"
printf 'id,text,id\na,x,b\n' >in.csv
"$WIRECOPY" dedup in.csv 2>&1
printf '\n\nid;text\na;one, two\n' >in.csv
"$WIRECOPY" dedup -q in.csv 2>&1
