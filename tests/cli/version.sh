# The version is one line; what it says changes with each release.
"$WIRECOPY" --version | grep -cxE 'wirecopy [0-9]+\.[0-9]+\.[0-9]+'
