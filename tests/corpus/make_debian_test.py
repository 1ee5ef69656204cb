#!/usr/bin/env python3
"""Tests of corpus/make_debian, on a root folder made up here."""
import contextlib
import gzip
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
CORPUS = pathlib.Path(__file__).resolve().parents[2] / "corpus"
sys.path.insert(0, str(CORPUS / "make_debian"))

import html_text  # noqa: E402
import info  # noqa: E402
import make_debian  # noqa: E402
import pod  # noqa: E402
import roff  # noqa: E402

MAN = r"""'\" t
.\" A comment
.de XX
not shown
..
.TH SPOON 1 "May 2024" "Cutlery 2.0"
.SH NAME
spoon \- stir \fBsoup\fR and more
.SH "HOW TO USE IT"
.B spoon
[\fI\,OPTION\/\fR]...
.PP
It\(cqs said that \*(lqa spoon\*(rq is better than
.BR fork (1),
and so it is.
.TP
\fB\-q\fR, \fB\-\-quiet\fR
Make no noise.
.TP
.B \-v
Clink.
.if t .ig
.ie n Shown by nroff.
.el Not shown either.
.nf
  one
    two
.fi
.TS
tab(|);
l l.
size|use
T{
small
T}|tea
.TE
"""
MDOC = r""".Dd May 1, 2024
.Dt LADLE 8
.Os
.Sh NAME
.Nm ladle
.Nd pour soup
.Sh SYNOPSIS
.Nm
.Op Fl qv
.Op Fl s Ar size
.Ar bowl ...
.Sh DESCRIPTION
The
.Nm
utility pours
.Dq thick soup ,
see
.Xr spoon 1 .
.Bl -tag
.It Fl q
Be quiet.
.El
"""
INFO = """This is cups.info, produced by nobody.

\x1f
File: cups.info,  Node: Top,  Next: Handles,  Up: (dir)

Cups
****

All about cups.
\x1f
File: cups.info,  Node: Handles,  Prev: Top,  Up: Top

1 Handles
*********

Some cups have them.
\x1f
Tag Table:
Node: Top\x7f40
\x1f
End Tag Table
"""
PAGE = """<!DOCTYPE html><html><head><title>Plates
 &amp; more</title><style>p { color: red }</style></head>
<body><!-- not <p>this</p> --><h1>Plates</h1><p class="a>b">A <b>round</b>
one.<br>A caf&eacute; has many.</p><pre>keep   the
   blanks</pre><table><tr><td>1</td><td>2</td></tr></table>
<script>if (a < b) { x = "<p>"; }</script><p>3 < 4</body></html>"""
POD = """package Bowl;
=pod

=head1 NAME

Bowl - holds B<soup> and C<< a < b >>, E<lt>hotE<gt>, see L<the spoon|Spoon>

=over

=item one

First.

=back

  code here

=begin html

<p>not this</p>

=end html

=cut

sub pour { }
"""
CHANGELOG = "spoon (2.0-1) unstable; urgency=low\n\n  * Polished.\n"
STATUS = "Package: spoon\nStatus: install ok installed\nVersion: 2.0-1\n\n" \
         "Package: cups-doc\nVersion: 1:3.1\n\n"


def write(root, path, data):
    path = root / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def make_root(root):
    doc = "usr/share/doc/spoon"
    write(root, f"{doc}/README.md", "# Spoon\r\n\r\nIt stirs.\r\n")
    write(root, f"{doc}/changelog.Debian.gz", gzip.compress(CHANGELOG.encode()))
    write(root, f"{doc}/copyright", "Copyright 2024 A. Cook\n")
    write(root, f"{doc}/NEWS", "Le caf\xe9 est pr\xeat.\n".encode("latin-1"))
    write(root, f"{doc}/plates.html", PAGE)
    write(root, f"{doc}/empty.txt", " \n\n")
    write(root, f"{doc}/picture.png", b"\x89PNG\0\0")
    write(root, f"{doc}/data.txt", b"\0\1\2\3")
    write(root, f"{doc}/broken.txt.gz", b"\x1f\x8b\x08broken")
    write(root, f"{doc}/examples/run", "#!/bin/sh\n")
    write(root, "usr/share/doc/fork/copyright", "Copyright 2024 A. Cook\n")  # a real second copy
    os.symlink("../spoon/README.md", root / "usr/share/doc/fork/README.md")
    os.symlink("/nowhere", root / "usr/share/doc/fork/FAQ")
    os.symlink("../../../../../etc/passwd", root / "usr/share/doc/fork/NEWS")
    write(root, "opt/tray.txt", "A tray.\n")  # reached by a link only
    os.symlink("/opt/tray.txt", root / "usr/share/doc/fork/tray.txt")
    write(root, "usr/share/common-licenses/CookWare", "Eat and let eat.\n")
    write(root, "usr/share/man/man1/spoon.1.gz", gzip.compress(MAN.encode()))
    write(root, "usr/share/man/de/man1/spoon.1", ".TH SPOON 1\n.SH NAME\nspoon \\- rühren\n")
    write(root, "usr/share/man/man1/stirrer.1", ".so man1/spoon.1\n")
    write(root, "usr/share/man/man8/ladle.8", MDOC)
    write(root, "usr/share/info/cups.info.gz", gzip.compress(INFO.encode()))
    write(root, "usr/share/perl5/Bowl.pm", POD)
    write(root, "usr/share/perl5/Plain.pm", "package Plain;\n1;\n")
    write(root, "var/lib/dpkg/status", STATUS)
    write(root, "var/lib/dpkg/info/spoon.list", "/usr/share/man/man1/spoon.1.gz\n")
    write(root, "var/lib/dpkg/info/cups-doc:amd64.list", "/usr/share/info/cups.info.gz\n")


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)
        make_root(cls.folder / "root")
        cls.rows = cls.run_it("docs.jsonl")
        cls.by_id = {row["id"]: row for row in cls.rows}

    @classmethod
    def run_it(cls, name, *more):
        with contextlib.redirect_stderr(io.StringIO()):
            status = make_debian.main(
                [str(cls.folder / name), "--root", str(cls.folder / "root"), *more])
        assert status == 0
        with open(cls.folder / name, encoding="utf-8") as stream:
            return [json.loads(line) for line in stream]

    def test_documents_and_their_order(self):
        self.assertEqual([(row["id"], row["kind"]) for row in self.rows], [
            ("usr/share/common-licenses/CookWare", "licence"),
            ("usr/share/doc/fork/copyright", "copyright"),
            ("usr/share/doc/fork/tray.txt", "text"),
            ("usr/share/doc/spoon/NEWS", "changelog"),
            ("usr/share/doc/spoon/README.md", "readme"),
            ("usr/share/doc/spoon/changelog.Debian.gz", "changelog"),
            ("usr/share/doc/spoon/copyright", "copyright"),
            ("usr/share/doc/spoon/plates.html", "html"),
            ("usr/share/info/cups.info.gz#Top", "info"),
            ("usr/share/info/cups.info.gz#Handles", "info"),
            ("usr/share/man/de/man1/spoon.1", "man"),
            ("usr/share/man/man1/spoon.1.gz", "man"),
            ("usr/share/man/man8/ladle.8", "man"),
            ("usr/share/perl5/Bowl.pm", "pod"),
        ])

    def test_texts(self):
        def text(name):
            return self.by_id["usr/share/" + name]["text"]

        self.assertEqual(text("doc/spoon/README.md"), "# Spoon\n\nIt stirs.")
        self.assertEqual(text("doc/spoon/NEWS"), "Le caf\xe9 est pr\xeat.")
        self.assertEqual(text("doc/spoon/changelog.Debian.gz"), CHANGELOG.strip())
        self.assertEqual(text("doc/fork/copyright"), text("doc/spoon/copyright"))

    def test_fields(self):
        man = self.by_id["usr/share/man/man1/spoon.1.gz"]
        self.assertEqual((man["package"], man["title"]), ("spoon", "SPOON(1)"))
        self.assertEqual(self.by_id["usr/share/man/de/man1/spoon.1"]["language"], "de")
        self.assertNotIn("language", man)
        node = self.by_id["usr/share/info/cups.info.gz#Handles"]
        self.assertEqual((node["package"], node["title"]), ("cups-doc", "Handles"))
        self.assertEqual(self.by_id["usr/share/doc/fork/copyright"]["package"], "fork")

    def test_manifest(self):
        manifest = json.loads((self.folder / "docs.manifest.json").read_text())
        data = (self.folder / "docs.jsonl").read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        self.assertEqual(manifest["sha256"], digest)
        self.assertEqual((self.folder / "docs.sha256").read_text(), f"{digest}  docs.jsonl\n")
        self.assertEqual((manifest["documents"], manifest["bytes"]), (14, len(data)))
        self.assertEqual(manifest["packages"]["cups-doc"]["version"], "1:3.1")
        self.assertEqual(manifest["kinds"]["man"]["documents"], 3)
        for part in ("kinds", "packages"):
            self.assertEqual(sum(e["bytes"] for e in manifest[part].values()), len(data))

    def test_the_same_again(self):
        self.run_it("again.jsonl")
        self.assertEqual((self.folder / "docs.jsonl").read_bytes(),
                         (self.folder / "again.jsonl").read_bytes())

    def test_megabytes(self):
        rows = self.run_it("some.jsonl", "--megabytes", "0.0003")
        self.assertEqual(rows, self.rows[: len(rows)])
        self.assertLess(len(rows), 5)

    def test_two_roots(self):
        other = self.folder / "other"
        write(other, "usr/share/doc/knife/README", "It cuts.\n")
        write(other, "usr/share/doc/spoon/README.md", "Another one.\n")
        rows = {row["id"]: row for row in self.run_it("two.jsonl", "--root", str(other))}
        self.assertEqual(rows["usr/share/doc/knife/README"]["text"], "It cuts.")
        self.assertIn("It stirs", rows["usr/share/doc/spoon/README.md"]["text"])

    def test_a_missing_root(self):
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            status = make_debian.main([str(self.folder / "x.jsonl"), "--root",
                                       str(self.folder / "absent")])
        self.assertEqual((status, said.getvalue().count("\n")), (2, 1))


@unittest.skipUnless(shutil.which("dpkg-deb"), "needs dpkg-deb")
class Packages(unittest.TestCase):
    """A package that has been fetched already, so that no network is needed."""

    def test_unpacked_and_read(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = pathlib.Path(holder.name)
        write(folder, "tree/DEBIAN/control", "Package: tongs-doc\nVersion: 1:2.3-4\n"
              "Architecture: all\nMaintainer: A. Cook <cook@example.org>\nDescription: tongs\n")
        write(folder, "tree/usr/share/doc/tongs/README", "They grip.\n")
        (folder / "fetched/deb").mkdir(parents=True)
        deb = folder / "fetched/deb/tongs-doc_1%3a2.3-4_all.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "-b", folder / "tree", deb],
                       check=True, capture_output=True)
        for _ in range(2):  # the second time nothing is left to unpack
            with contextlib.redirect_stderr(io.StringIO()):
                status = make_debian.main([str(folder / "docs.jsonl"), "--download",
                                           str(folder / "fetched"), "--packages", "tongs-doc"])
            self.assertEqual(status, 0)
            self.assertEqual(json.loads((folder / "docs.jsonl").read_text()), {
                "id": "usr/share/doc/tongs/README", "kind": "readme", "package": "tongs-doc",
                "text": "They grip."})
        manifest = json.loads((folder / "docs.manifest.json").read_text())
        self.assertEqual(manifest["packages"]["tongs-doc"]["version"], "1:2.3-4")
        self.assertEqual(manifest["parameters"]["packages"], ["tongs-doc"])


class Formats(unittest.TestCase):
    maxDiff = None

    def test_man(self):
        title, text = roff.man_text(MAN.replace(".if t .ig\n", ""))
        self.assertEqual(title, "SPOON(1)")
        self.assertEqual(text.split("\n\n"), [
            "NAME", "spoon - stir soup and more", "HOW TO USE IT", "spoon [OPTION]...",
            "It\u2019s said that \u201ca spoon\u201d is better than fork(1), and so it is.",
            "-q, --quiet\nMake no noise.", "-v\nClink. Shown by nroff.", "  one\n    two",
            "size  use\nsmall  tea",
        ])

    def test_man_without_end(self):
        for source in (".TS", ".de X", ".if t \\{", ".ie n", "\\", ".TH", ".UR", ".ig\n", ".ds"):
            roff.man_text(source)
            roff.man_text(".SH NAME\nspoon\n" + source)

    def test_mdoc(self):
        title, text = roff.man_text(MDOC)
        self.assertEqual(title, "LADLE(8)")
        self.assertEqual(text.split("\n\n"), [
            "NAME", "ladle \u2013 pour soup", "SYNOPSIS", "ladle [-qv] [-s size] bowl ...",
            "DESCRIPTION", 'The ladle utility pours "thick soup", see spoon(1).',
            "-q\nBe quiet.",
        ])

    def test_html(self):
        title, text = html_text.html_text(PAGE)
        self.assertEqual(title, "Plates & more")
        self.assertEqual(text, "Plates\n\nA round one.\nA caf\xe9 has many.\n\nkeep   the\n"
                               "   blanks\n\n1 2\n\n3 < 4")

    def test_html_that_is_not_closed(self):
        self.assertEqual(html_text.html_text("<p>one <a href='x"), (None, "one <a href='x"))
        self.assertEqual(html_text.html_text("<p>one<script>two"), (None, "one"))
        self.assertEqual(html_text.html_text("<!-- one"), (None, ""))

    def test_info(self):
        self.assertEqual(list(info.nodes(INFO)), [
            ("Top", "Cups\n****\n\nAll about cups."),
            ("Handles", "1 Handles\n*********\n\nSome cups have them."),
        ])

    def test_pod(self):
        self.assertEqual(pod.pod_text(POD).split("\n\n"), [
            "NAME", "Bowl - holds soup and a < b, <hot>, see the spoon", "one", "First.",
            "  code here",
        ])


if __name__ == "__main__":
    unittest.main()
