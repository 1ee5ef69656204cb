"""A run's folder: one stage after another, each written once."""

import json


class Stages:
    """Stages that are whole are read, not made again.

    Args:
        spark: the session.
        folder: the run's, on any file system that Spark knows.
        asked: a dict of what the run is: another in the same folder is refused.

    Raises:
        ValueError: the folder is another run's, or no run's and not empty.
    """

    def __init__(self, spark, folder, asked):
        if not isinstance(folder, str) or not folder:
            raise TypeError("folder must be a path, a str, not "
                            f"{type(folder).__name__}")
        self.spark, self.folder = spark, folder.rstrip("/")
        self._check(json.dumps(asked, sort_keys=True))

    def _exists(self, name):
        jvm = self.spark._jvm
        path = jvm.org.apache.hadoop.fs.Path(f"{self.folder}/{name}")
        conf = self.spark._jsc.hadoopConfiguration()
        return path.getFileSystem(conf).exists(path)

    def _names(self):
        """What is in the folder."""
        jvm = self.spark._jvm
        path = jvm.org.apache.hadoop.fs.Path(self.folder)
        files = path.getFileSystem(self.spark._jsc.hadoopConfiguration())
        if not files.exists(path):
            return set()
        return {status.getPath().getName()
                for status in files.listStatus(path)}

    def _check(self, asked):
        path = f"{self.folder}/run"
        if not self._exists("run/_SUCCESS"):
            held = self._names()
            if held - {"run"}:
                raise ValueError(
                    f"{self.folder}: holds other things ({min(held)}), and "
                    "does not say what run it is")
            self.spark.createDataFrame([(asked,)], "run string").coalesce(
                1).write.mode("overwrite").text(path)
            return
        held = json.loads(self.spark.read.text(path).first()[0])
        for name, value in json.loads(asked).items():
            if held.get(name) != value:
                raise ValueError(
                    f"{self.folder}: was begun with {name} "
                    f"{held.get(name)!r}, not {value!r}")

    def table(self, name, make):
        """The stage of that name: read where it is whole, else made.

        make: gives the DataFrame, and is called only where there is none.
        """
        path = f"{self.folder}/{name}"
        if not self._exists(f"{name}/_SUCCESS"):
            context = self.spark.sparkContext
            # The user's, or that of the stage whose make() this is part of.
            outer = context.getLocalProperty("spark.job.description")
            context.setJobDescription(f"wirecopy: {name}")
            try:
                make().write.mode("overwrite").parquet(path)
            finally:
                context.setJobDescription(outer)
        return self.spark.read.parquet(path)
