# What serve refuses before it listens.
serve() {
  "$WIRECOPY" serve "$@" 2>&1
  echo "status $?"
}
"$WIRECOPY" index create seen -q
serve --index nowhere
serve --index seen --listen 127.0.0.1
serve --index seen --listen 0.0.0.0:0
printf 'short\n' > token
chmod 600 token
serve --index seen --listen 0.0.0.0:0 --token-file token
printf 'a-token-of-some-length\n' > token
chmod 644 token
serve --index seen --token-file token
serve --index seen --listen 192.0.2.1:1 --token-file missing
serve --index seen --workers 0
serve --index seen --max-body none
serve
serve --index seen --max-documents 0
