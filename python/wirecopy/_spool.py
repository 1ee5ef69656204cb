"""De-duplication of a stream that is larger than memory."""

import tempfile

from wirecopy import _core, _documents, jobs


def dedup(reader, match, columns, nulls, cluster, keep, folder):
    """A DedupResult without rows. The texts go to a temporary file in `folder`,
    from where those are read again that are alike.

    reader: has __arrow_c_stream__; match: from match_options().
    """
    columns = dict(columns)
    if keep not in ("earliest", "latest"):
        columns["published"] = None  # whatever it holds
    fields = _documents.fields(columns, nulls)
    with tempfile.TemporaryFile(dir=folder) as spool:
        corpus = _core.spool_arrow(reader.__arrow_c_stream__(), fields,
                                   spool.fileno())
        return jobs.DedupResult(*_core.dedup(corpus, match, cluster, keep),
                                None)
