"""The persistent index: documents that stay on disk, each answered against all
that were added before it (docs/index.md)."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable

from wirecopy import _core, _documents
from wirecopy._options import checked, match_options, passage_options


class Index:
    """An open index. Threads may use one at will; Python's lock is not held
    while it works. Of processes one may write, while others read the state
    that there was when they opened it. A forked process opens it anew, and
    only to read (docs/index.md).

        with wirecopy.Index.create("held") as index:
            for answer in index.add(table):
                print(answer["id"], answer["status"], answer["of"])

    Args:
        folder: of the index.
        write: whether documents are added and removed.
        threads: how many; None: as many as there are processors.
        cache_bytes: for parts of the index that are kept at hand.
        passages: whether answers have passages.

    Raises:
        FileNotFoundError: there is no index. PermissionError. OSError: the
        index is damaged, the disk full. ValueError: it is open for writing
        already; and, of all methods, the index is closed, or was opened by the
        process that this one was forked from.
    """

    def __init__(self, folder: str | os.PathLike, *, write: bool = True,
                 threads: int | None = None, cache_bytes: int = 256 << 20,
                 passages: bool = True):
        size = checked(int, cache_bytes=cache_bytes)["cache_bytes"]
        if size < 0:
            raise ValueError(f"cache_bytes {size}: must be 0 or more")
        self._held = _core.Index(
            os.fsdecode(folder), checked(bool, write=write)["write"],
            _documents.threads_of(threads), size,
            checked(bool, passages=passages)["passages"])

    @classmethod
    def create(cls, folder: str | os.PathLike, *, threshold: float = 0.8,
               measure: str = "jaccard", recall: float = 0.999,
               shingle: str = "word", k: int = 5, seed: int = 0,
               has_passages: bool = True, threads: int | None = None,
               **options: int | bool) -> Index:
        """Makes an empty index in a folder that is not there or empty, and
        opens it.

        Args:
            threshold, measure, recall, shingle, k, seed: as of wirecopy.dedup:
                what is a duplicate.
            has_passages: whether passages are found; containment needs them.
            options: as of wirecopy.passages, but for the seed.

        Raises:
            FileExistsError: the folder is not empty.
        """
        if "seed" in options or "every_run" in options:
            raise TypeError("every_run goes with wirecopy.passages alone")
        match = match_options(threshold, measure, False, recall, shingle, k,
                              seed, threads)
        found = passage_options({**options, "seed": seed}, False, False,
                                threads)
        _core.create_index(os.fsdecode(folder), match, found,
                           **checked(bool, has_passages=has_passages))
        return cls(folder, threads=threads)

    def _corpus(self, data, columns):
        for name in columns:
            if name not in ("text", "id", "published", "publisher", "title",
                            "url"):
                raise TypeError(f"there is no option {name!r}")
        names = {**_documents.DEFAULTS, **columns}
        return _documents.corpus(_documents.settled(data), names)

    def add(self, data, **columns: str | None) -> list[dict]:
        """Answers for each document and adds it, in order. All are on disk
        when this returns, or none is.

        Args:
            data: documents, as of wirecopy.dedup; without a column of ids the
                rows' numbers are the ids. A number that is held with another
                text is no revision of that: `held_as` says what it is held as.
            columns: text, id, published, publisher, title, url.

        Returns:
            A dict a document: id; status ("new", "passages", "duplicate",
            "revision", "present"); held_as, its id in the index; was_orphan,
            whether it is present, and nobody had kept it until now; of, the
            document that it is a duplicate of,
            and similarity, exact, to that, or None; former_similarity of a
            revision; passages, a list of dicts of other, begin, end,
            other_begin, other_end, words, edits and kind; places in
            code points.

        Warns:
            UserWarning: there are published dates that cannot be read: those
            documents are held without one.
        """
        corpus = self._corpus(data, columns)
        answers = self._held.add(corpus)
        if count := corpus.unreadable_dates:
            dates = "date" if count == 1 else "dates"
            warnings.warn(f"{count:,} published {dates} could not be read",
                          stacklevel=2)
        return answers

    def query(self, data, **columns: str | None) -> list[dict]:
        """What add() would answer for each of them alone, were there no orphans
        (docs/index.md), adding nothing."""
        return self._held.query(self._corpus(data, columns))

    def get(self, id: str | int) -> dict | None:
        """A document that is held: id, text, published, publisher, url, title,
        of, similarity, orphan (whether nobody has kept it, for what it was a
        duplicate of is gone); None where it is not."""
        return self._held.get(id)

    def remove(self, ids: Iterable[str | int]) -> list[bool]:
        """Removes documents; says of each whether it was there."""
        if isinstance(ids, (str, bytes)) or not isinstance(ids, Iterable):
            raise TypeError("ids must be a list of ids, not "
                            f"{type(ids).__name__}")
        for plain in ("to_pylist", "tolist"):  # of pyarrow; of numpy, pandas
            if hasattr(ids, plain):
                ids = getattr(ids, plain)()
        return self._held.remove(list(ids))

    def info(self) -> dict[str, int]:
        """documents, duplicates, orphans, text_bytes, disk_bytes, unfiled_bands."""
        return self._held.info()

    def verify(self) -> None:
        """Reads everything; OSError that says what is damaged."""
        self._held.verify()

    def compact(self) -> None:
        """Gives back what removed documents and revisions have left on disk."""
        self._held.compact()

    def close(self) -> None:
        """Closes the files. More than once is well."""
        self._held.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *error) -> None:
        self.close()
