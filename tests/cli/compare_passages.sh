# The passages of two documents: side by side, as JSON with places in each
# unit, and as an exit status.
stories=$CORPUS/newsroom/stories
compare() { "$WIRECOPY" compare "$@"; }
cp "$stories"/{ferry-argus,ferry-post,fr-moulin-gazette,fr-moulin-messager}.txt .
cp "$stories"/{zh-ferry-qinglan,zh-ferry-wanbao,owl-argus}.txt .
cp "$stories"/{ar-souq-marfa,ar-souq-wadi}.txt .
echo "-- side by side"
compare ferry-argus.txt ferry-post.txt
compare --width 110 --full fr-moulin-gazette.txt fr-moulin-messager.txt
compare zh-ferry-qinglan.txt zh-ferry-wanbao.txt | tail -n +7
echo "-- one under the other: too narrow, or from right to left"
compare --width 40 ferry-argus.txt ferry-post.txt | tail -n +7
compare ar-souq-marfa.txt ar-souq-wadi.txt | tail -n +7
echo "-- colour, when asked for"
compare --color always ferry-argus.txt ferry-post.txt | cat -v | head -n 10
compare --color never ferry-argus.txt ferry-post.txt | grep -c "$(printf '\033')"
echo "-- nothing in common"
compare ferry-argus.txt owl-argus.txt
compare --every-run ferry-argus.txt owl-argus.txt | tail -n 1
echo "-- places in each unit name the same text"
printf 'xx \360\237\220\213\n' | cat - zh-ferry-qinglan.txt >whale.txt
for unit in codepoint byte utf16; do
  compare --format json --offsets "$unit" whale.txt zh-ferry-wanbao.txt |
    tee "$unit.json" | grep -o '"shingle_size".*'
done
python3 - <<'END'
import json

def passage(unit):
    return json.load(open(unit + ".json"))["passages"][0]

for side, name in (("a", "whale.txt"), ("b", "zh-ferry-wanbao.txt")):
    text = open(name, encoding="utf-8", newline="").read()
    for unit, coded, width in (("codepoint", text, 1),
                               ("byte", text.encode(), 1),
                               ("utf16", text.encode("utf-16-le"), 2)):
        found = passage(unit)
        part = coded[found[side + "_begin"] * width:found[side + "_end"] * width]
        if unit != "codepoint":
            part = part.decode("utf-16-le" if width == 2 else "utf-8")
        print(side, unit, len(part), part[:6], part[-6:])
END
echo "-- sizes of passages"
compare --format json --min-words 120 ferry-argus.txt ferry-post.txt |
  grep -o '"passages".*'
compare --format json --min-words 200 ferry-argus.txt ferry-post.txt |
  grep -o '"passages".*'
compare --format json --max-gap 0 ferry-argus.txt ferry-post.txt |
  grep -o '"passages".*'
compare --min-run 2 ferry-argus.txt ferry-post.txt 2>&1 || echo "status $?"
echo "-- an exit status"
for pair in "ferry-argus.txt ferry-post.txt" "ferry-argus.txt owl-argus.txt"; do
  read -r a b <<<"$pair"
  compare --format json --fail-on-match -o out.json "$a" "$b"
  echo "status $?, $(wc -l <out.json) line"
  compare --format json -o out.json "$a" "$b"
  echo "status $? without the option"
done
compare --fail-on-match missing.txt ferry-post.txt 2>&1
echo "status $?"
echo "-- the output is no input"
compare -o ferry-post.txt ferry-argus.txt ferry-post.txt 2>&1 ||
  echo "status $?"
cmp ferry-post.txt "$stories/ferry-post.txt"
