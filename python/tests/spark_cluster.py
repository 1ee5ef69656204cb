"""A Spark cluster on this machine: a master and workers, each a process."""

import contextlib
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyspark
from pyspark.sql import SparkSession

HOST = "127.0.0.1"


def free_port():
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


class Cluster:
    """Ends its processes when a `with` ends."""

    def __init__(self, folder, workers=2, cores=1, memory="1g"):
        self.folder = pathlib.Path(folder)
        self.url = f"spark://{HOST}:{free_port()}"
        self.processes = []
        self.start("master", "master.Master", "--host", HOST, "--port",
                   self.url.rpartition(":")[2], "--webui-port", "0")
        self.workers = [
            self.start(f"worker-{i}", "worker.Worker", "--host", HOST,
                       "--cores", str(cores), "--memory", memory,
                       "--webui-port", "0", "--work-dir",
                       str(self.folder / f"work-{i}"), self.url)
            for i in range(workers)]

    def start(self, name, kind, *words):
        command = pathlib.Path(pyspark.__file__).parent / "bin" / "spark-class"
        with open(self.folder / f"{name}.log", "wb") as log:
            self.processes.append(subprocess.Popen(
                [command, f"org.apache.spark.deploy.{kind}", *words],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True, env=environment()))
        return self.processes[-1]

    def kill(self, worker):
        """Ends a worker at once; its executors end when they miss it."""
        os.killpg(self.workers[worker].pid, signal.SIGKILL)
        self.workers[worker].wait()

    def kill_when(self, there, worker=1):
        """Ends a worker when a file is there: a thread, to be joined."""
        def wait():
            deadline = time.monotonic() + 900
            while time.monotonic() < deadline:
                if there.exists():
                    self.kill(worker)
                    return
                time.sleep(0.05)
        killer = threading.Thread(target=wait)
        killer.start()
        return killer

    def session(self, **settings):
        os.environ.update(environment())
        builder = SparkSession.builder.master(self.url).config(
            "spark.driver.host", HOST).config(
                "spark.ui.enabled", "false").config(
                    "spark.ui.showConsoleProgress", "false")
        for name, value in settings.items():
            builder = builder.config(name.replace("_", "."), value)
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        return spark

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        end = time.monotonic() + 10
        for process in self.processes:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def environment():
    return {**os.environ, "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable, "SPARK_LOCAL_IP": HOST}


def frame(spark, table):
    """A table's rows, in an order of no meaning."""
    rows = table.to_pylist()
    random.Random(3).shuffle(rows)
    kinds = {pa.int64(): "long", pa.timestamp("us", "UTC"): "timestamp"}
    schema = ", ".join(f"{field.name} {kinds.get(field.type, 'string')}"
                       for field in table.schema)
    return spark.createDataFrame(rows, schema).repartition(5)
