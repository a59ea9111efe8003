"""The same function over Spark: coding as one stage, fusing by pair as a second one.

    coded = verbale.spark.code(spark.read.parquet("news"))
    coded.write.parquet("coded")
    records = verbale.spark.fuse(spark.read.parquet("coded"))

The package has to be installed where the executors run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ._coder import Coder, coded_schema, fused_schema

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

#: So many texts are coded at a time: bounds the memory of a worker, whatever the size of Spark's batches.
TEXTS = 256


def code(df: DataFrame, **options: Any) -> DataFrame:
    """Codes a frame with a column ``text`` and, if there, ``id title published url source author lang``.

    The rows are those of :func:`verbale.code_batch`: one ``document`` for every text, failed ones too, and its ``fact`` rows; each
    has the ``resource`` that coded it. Options are those of :class:`verbale.Coder`.
    """
    # Spark runs as many tasks as there are cores.
    coder = Coder(**{"threads": 1, **options})

    def coded(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            for start in range(0, batch.num_rows, TEXTS):
                yield coder.code_batch(batch.slice(start, TEXTS))

    return df.mapInArrow(coded, _columns(coded_schema()))


def fuse(coded: DataFrame, **options: Any) -> DataFrame:
    """Joins the rows of :func:`code` into records, pair by pair (column ``pair``: ``"TCD-TGO"``).

    The records of a pair are fused from all texts with a fact of that pair, as the command line fuses a store that holds just
    these. A record that is of several pairs is in each of them. Rows of different resources are refused: facts of two programs,
    lists or models are not to be counted together. The rows are read three times; save what was coded before. Of the options of
    :class:`verbale.Coder` only ``data`` matters here.
    """
    from pyspark.sql.functions import col, explode

    resources = sorted(row["resource"] for row in coded.select("resource").distinct().limit(2).collect())
    if len(resources) > 1:
        raise ValueError(f"coded by different programs, data or models ({', '.join(resources)} …); code all texts anew with one")
    coder = Coder(**{"threads": 1, **options})
    about = coded.where(col("row") == "fact").select("doc", explode("pairs").alias("pair")).distinct()
    rows = coded.where(col("json").isNotNull()).select("row", "resource", "doc", "json").join(about, "doc")

    def fused(key: tuple[Any, ...], table: pyarrow.Table) -> pyarrow.Table:
        return coder.fuse_batch(table, key[0].as_py())

    return rows.groupBy("pair").applyInArrow(fused, _columns(fused_schema()))


def _columns(schema: pyarrow.Schema) -> str:
    """An Arrow schema in Spark's words."""
    import pyarrow

    def word(kind: Any) -> str:
        if pyarrow.types.is_list(kind):
            return f"array<{word(kind.value_type)}>"
        return {"int64": "bigint", "double": "double", "bool": "boolean", "date32[day]": "date"}.get(str(kind), "string")

    return ", ".join(f"`{field.name}` {word(field.type)}" for field in schema)
