"""Debian packages: fetching some without installing them, and who owns which file."""
import pathlib
import subprocess
import sys

# Documentation from Debian 12, main only. Together some 195 MB to fetch and, with what is on any
# machine left out, more than 300 MB of text.
CHOSEN = """
    apache2-doc bind9-doc cmake-doc debian-policy developers-reference ghc-doc git-doc
    libboost1.74-doc libglib2.0-doc libgtk-3-doc linux-doc-6.1 manpages manpages-de manpages-de-dev
    manpages-dev manpages-es manpages-fr manpages-fr-dev manpages-ja manpages-ja-dev manpages-pl
    manpages-zh nodejs-doc openjdk-17-doc perl-doc postgresql-doc-15 python-django-doc
    python-pandas-doc python3.11-doc qtbase5-doc-html sqlite3-doc
""".split()
INFO = "var/lib/dpkg/info"
STATUS = "var/lib/dpkg/status"


def fetch(folder, names):
    """Downloads packages into folder/deb and unpacks them into folder/root, where they get the
    records that dpkg keeps of installed ones, so that both are read alike."""
    store, root = folder / "deb", folder / "root"
    store.mkdir(parents=True, exist_ok=True)
    have = {path.name.split("_")[0] for path in store.glob("*.deb")}
    if missing := [name for name in names if name not in have]:
        print(f"fetching {len(missing)} packages", file=sys.stderr)
        subprocess.run(["apt-get", "-qq", "download", *missing], cwd=store, check=True)
    unpacked = set(packages(root))
    for path in sorted(store.glob("*.deb")):
        if path.name.split("_")[0] in names and path.name.split("_")[0] not in unpacked:
            unpack(path, root)
    return root


def unpack(path, root):
    (root / INFO).mkdir(parents=True, exist_ok=True)
    listing = subprocess.run(
        ["dpkg-deb", "-X", path, root], check=True, capture_output=True, text=True
    ).stdout
    control = subprocess.run(
        ["dpkg-deb", "-f", path, "Package", "Version", "Architecture"],
        check=True, capture_output=True, text=True,
    ).stdout
    name = path.name.split("_")[0]
    files = [line.removeprefix(".").rstrip("/") for line in listing.splitlines()]
    (root / INFO / f"{name}.list").write_text("\n".join(files) + "\n")
    # Last, since a package with a status counts as unpacked.
    with open(root / STATUS, "a", encoding="utf-8") as status:
        status.write(control.rstrip("\n") + "\n\n")


def packages(root):
    """The version of each package below a root, from dpkg's records; none without them."""
    found, name = {}, None
    path = pathlib.Path(root, STATUS)
    if not path.exists():
        return found
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        key, _, value = line.partition(": ")
        if key == "Package":
            name = value
        elif key == "Version":
            found[name] = value
    return found


def owners(root):
    """The package of each documentation file, by its path below the root."""
    owner = {}
    for path in sorted(pathlib.Path(root, INFO).glob("*.list")):
        name = path.stem.split(":")[0]
        for line in path.read_text(encoding="utf-8", errors="surrogateescape").split("\n"):
            if line.startswith(("/usr/share/", "/usr/lib/")):
                owner.setdefault(line[1:], name)
    return owner
