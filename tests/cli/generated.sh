# The man page and completions: made of the commands, whole, and in order.
for what in man bash zsh fish; do
  "$WIRECOPY" generate $what -o $what.txt
  "$WIRECOPY" generate $what | cmp - $what.txt
done
"$WIRECOPY" help | grep -c generate
"$WIRECOPY" generate nroff 2>&1 || echo "status $?"

# Every option of every help is in all four.
mapfile -t commands < <("$WIRECOPY" help |
  sed -nE 's/^  ([a-z]+)  +[a-z].*/\1/p')
echo "${commands[*]}"
for command in "${commands[@]}"; do
  "$WIRECOPY" help "$command" | grep -oE '^  -[a-z,-]+' | tr ',' '\n' |
    tr -d ' ' >"options.$command"
  sed -n "/^.SH WIRECOPY ${command^^}/,/^.SH [^W]/p" man.txt |
    sed -E 's/\\f[BIR]//g; s/\\//g' >man.part
  grep "^    $command)" -A 2 bash.txt >bash.part
  sed -n "/^        $command) _arguments/,/;;/p" zsh.txt >zsh.part
  grep "__fish_seen_subcommand_from $command'" fish.txt |
    sed -E 's/ -s ([a-z])/ -\1/; s/ -l ([a-z])/ --\1/' >fish.part
  while read -r option; do
    for what in man bash zsh fish; do
      grep -qE -- "(^|[^a-z-])$option([^a-z-]|\$)" $what.part ||
        echo "$what: $command lacks $option"
    done
  done <"options.$command"
  echo "$command: $(wc -l <"options.$command") names of options"
done

# The man page.
grep '^\.SH' man.txt
if command -v groff >/dev/null; then
  groff -man -ww -Tutf8 man.txt >page.txt 2>warnings.txt
  cat warnings.txt
  [[ -s page.txt ]] || echo "an empty page"
else
  echo "no groff here: the man page is not checked" >&2
fi

# The scripts are scripts.
for shell in bash zsh fish; do
  if command -v $shell >/dev/null; then
    $shell -n $shell.txt || echo "$shell: no script"
  else
    echo "no $shell here: its completions are not checked" >&2
  fi
done

# Completions in bash.
touch 'a file.jsonl' b.sig
# shellcheck source=/dev/null
source ./bash.txt
complete_words() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  _wirecopy
  echo "$*| ${COMPREPLY[*]@Q}"
}
complete_words wirecopy ''
complete_words wirecopy d
complete_words wirecopy --v
complete_words wirecopy help p
complete_words wirecopy dedup --cl
complete_words wirecopy dedup --cluster ''
complete_words wirecopy dedup --cluster = ''
complete_words wirecopy dedup --cluster =
complete_words wirecopy dedup --keep l
complete_words wirecopy dedup --threshold ''
complete_words wirecopy dedup x.jsonl --measure con
complete_words wirecopy dedup a
complete_words wirecopy dedup -o b
complete_words wirecopy sketch --compare b
complete_words wirecopy sketch --comp
complete_words wirecopy compare --format j
complete_words wirecopy compare --log-format ''
complete_words wirecopy frobnicate ''
