"""The folder of a run's results, on whichever file system it lies; through Hadoop's own client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.spark.session import SparkError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

REPORT = "report.json"


class Folder:
    """A folder by path or URI (``out``, ``hdfs:///out``, ``s3a://bucket/out``)."""

    def __init__(self, spark: SparkSession, name: str) -> None:
        jvm: Any = spark._jvm
        self._path = jvm.org.apache.hadoop.fs.Path
        configuration = spark._jsparkSession.sessionState().newHadoopConf()
        path = self._path(name)
        self._system = path.getFileSystem(configuration)
        self.name = str(self._system.makeQualified(path))

    @property
    def local(self) -> str | None:
        """The path on this machine, if it is one."""
        return self.name.removeprefix("file:") if self.name.startswith("file:/") else None

    def path(self, name: str) -> str:
        """Of something in the folder."""
        return f"{self.name}/{name}"

    def claim(self) -> None:
        """Make the folder; SparkError where it is there already and holds anything."""
        path = self._path(self.name)
        if self._system.exists(path) and len(self._system.listStatus(path)):
            done = self._system.exists(self._path(self.path(REPORT)))
            what = "holds something already" if done else "is what a broken-off run has left"
            raise SparkError(f"{self.name}: {what}; name another folder, or remove it")
        self._system.mkdirs(path)

    def remove(self, name: str = "") -> None:
        """Remove something in the folder, or the folder."""
        self._system.delete(self._path(self.path(name) if name else self.name), True)

    def rename_parts(self, name: str, ending: str) -> None:
        """Give the parts that Spark wrote as ``.txt`` the ending that other programs go by."""
        for status in self._system.listStatus(self._path(self.path(name))):
            path = status.getPath()
            old = str(path.getName())
            if old.startswith("part-"):
                new = self._path(path.getParent(), old.removesuffix(".txt") + ending)
                if not self._system.rename(path, new):
                    raise SparkError(f"{path}: cannot be renamed; check the folder's permissions")

    def write(self, name: str, text: str) -> None:
        """Write a small file at once."""
        stream = self._system.create(self._path(self.path(name)), True)
        try:
            stream.write(bytearray(text.encode()))
        finally:
            stream.close()
