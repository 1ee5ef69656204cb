"""What the columns of a DataFrame must be."""

from pyspark.sql import functions as F
from pyspark.sql import types as T

from wirecopy._options import checked

STRINGS = (T.StringType,)
INTEGERS = (T.LongType, T.IntegerType, T.ShortType, T.ByteType)
IDS = (T.StringType, *INTEGERS)
DATES = (T.StringType, T.TimestampType, T.TimestampNTZType, T.DateType)


def column(df, name, what, kinds, kind):
    """Its type; TypeError or ValueError where it will not do."""
    if not hasattr(df, "mapInArrow"):  # of Spark Connect there are others
        raise TypeError(f"df must be a DataFrame, not {type(df).__name__}")
    checked(str, **{what: name})
    found = [field for field in df.schema.fields if field.name == name]
    if found and df.sparkSession.conf.get("spark.sql.caseSensitive") != "true":
        found = [field for field in df.schema.fields
                 if field.name.lower() == name.lower()]
    if len(found) != 1:
        raise ValueError(f"{what} {name!r}: there "
                         + ("is no such column" if not found else
                            "are several columns of that name"))
    if not isinstance(found[0].dataType, kinds):
        raise TypeError(f"{what} {name!r}: a column of {kind}, not of "
                        f"{found[0].dataType.simpleString()}")
    return found[0].dataType


def id_type(df, name):
    """What ids are kept as: "string" or "long"."""
    kind = column(df, name, "id", IDS, "strings or integers")
    return "string" if isinstance(kind, T.StringType) else "long"


def named(name):
    """The column of that name, whatever is in it."""
    return F.col("`" + name.replace("`", "``") + "`")


def check_nulls(nulls):
    if nulls not in ("error", "empty"):
        raise ValueError(f"nulls {nulls!r}: must be 'error' or 'empty'")


def check_rows(documents, nulls):
    """ValueError where ids are not distinct, or a text is missing that must
    not be."""
    twice = documents.groupBy("id").count().where(
        "count > 1 or id is null").first()
    if twice is not None:
        raise ValueError(f"id {twice['id']!r}: stands there "
                         f"{twice['count']} times" if twice["id"] is not
                         None else "id: a null")
    if nulls == "error":
        null = documents.where("text is null").select("id").first()
        if null is not None:
            raise ValueError(f"text: null, of the document with id "
                             f"{null['id']!r}")
