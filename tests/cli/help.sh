# Help is found in every way in which people look for it, goes to standard
# output, and is complete: each command has a line in the list, and a usage
# line, examples and no doubled placeholders in its own help.
"$WIRECOPY" help >help.txt || echo "help: status $?"
"$WIRECOPY" --help | cmp - help.txt
"$WIRECOPY" -h | cmp - help.txt
grep -c '^Usage: wirecopy ' help.txt
for command in dedup pairs passages compare sketch index; do
  "$WIRECOPY" help "$command" >"$command.txt" || echo "help: status $?"
  "$WIRECOPY" "$command" --help | cmp - "$command.txt"
  printf '%s: %s in the list, %s usage, %s examples\n' "$command" \
    "$(grep -cE "^  $command +[a-z]" help.txt)" \
    "$(grep -c "^Usage: wirecopy $command " "$command.txt")" \
    "$(grep -c '^Examples:' "$command.txt")"
done
grep -oE '^ +(-o,)?--(output|threshold|keep|exact|threads)[ A-Z.]*\[[^]]*\]' \
  dedup.txt
echo "-- whoever has read enough is not told of an error"
for words in help "help dedup" "dedup --help" --version; do
  {
    sleep 0.2
    # shellcheck disable=SC2086 # several words
    "$WIRECOPY" $words 2>err.txt
    echo "status $?" >>err.txt
  } | true
  cat err.txt
done
"$WIRECOPY" help 2>err.txt >/dev/full || echo "status $?"
cat err.txt
