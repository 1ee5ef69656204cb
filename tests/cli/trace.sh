# Traces the newsroom: what the folder holds, that all files agree with one
# another, and that threads change nothing.
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" trace "$articles" -o out --report page.html --stats stats.json
ls out
cmp stats.json out/stats.json
sed 's/"version":"[^"]*"/"version":"<version>"/; s/"seconds":[^}]*/"seconds":0/' \
  stats.json
echo "-- the files agree"
cat >check.py <<'END'
import json
import math
import sys

def read(name):
    return [json.loads(line) for line in open(name, encoding="utf-8")]

ids = {article["id"] for article in read(sys.argv[1])}
passages, edges = read("out/passages.jsonl"), read("out/edges.jsonl")
lineage = {member["id"]: member for member in read("out/lineage.jsonl")}
pairs = {(edge["a"], edge["b"]): edge for edge in edges}
assert len(pairs) == len(edges) and ids >= set(lineage)
for edge in edges:
    assert edge["source"] in (edge["a"], edge["b"], None), edge
    assert 0.5 <= edge["confidence"] <= 1, edge
    assert 0 < edge["a_coverage"] <= 1 and 0 < edge["b_coverage"] <= 1, edge
    told = [p for p in passages if (p["a"], p["b"]) == (edge["a"], edge["b"])
            and p["kind"] != "boilerplate"]
    assert sum(p["words"] for p in told) == edge["words"], edge
    for p in told:
        assert p["source"] == edge["source"], p
        assert p["confidence"] == edge["confidence"], p
for p in passages:
    if p["kind"] in ("boilerplate", "self"):
        assert p["source"] is None and p["confidence"] == 0.5, p
    else:
        assert (p["a"], p["b"]) in pairs, p
for member in lineage.values():
    parents = [parent["id"] for parent in member["parents"]]
    assert member["parent"] == (parents[0] if parents else None), member
    assert (member["status"] == "copy") == bool(parents), member
    assert (member["source_group"] is not None) == (
        member["status"] == "hidden_source"), member
    if member["status"] == "root":
        assert member["origin"] == member["id"], member
    if parents:
        assert lineage[parents[0]]["family"] == member["family"], member
        assert lineage[parents[0]]["origin"] == member["origin"], member
told = pairs["school-beacon", "school-courier"]
print(told["source"], told["relation"], {x["feature"] for x in told["evidence"]}
      >= {"clock", "family"})
weights = sum(x["weight"] for x in told["evidence"])
assert abs(1 / (1 + math.exp(-abs(weights))) - told["confidence"]) < 1e-9
print({name: lineage["school-beacon"][name]
       for name in ("status", "parent", "origin")})
print(len(passages), "passages,", len(edges), "edges,", len(lineage), "members")
END
python3 check.py "$articles"
echo "-- threads"
for threads in 1 2 7; do
  "$WIRECOPY" trace -q --threads "$threads" "$articles" -o "t$threads" \
    --report "t$threads/page.html"
  rm "t$threads/stats.json"
done
diff -r t1 t2 && diff -r t1 t7 && cmp page.html t1/page.html && echo same
