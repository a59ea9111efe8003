"""Reads what is written about how states deal with each other and keeps the sourced record.

>>> import verbale
>>> facts = verbale.code("Envoys of Chad and Niger signed a memorandum on grazing routes.")
>>> [party["id"] for party in facts[0]["actor"]], facts[0]["cameo"]
(['TCD', 'NER'], '057')
>>> facts[0]["quote"]
'Envoys of Chad and Niger signed a memorandum on grazing routes'

The same function over batches is :func:`code_batch`, over Spark :func:`verbale.spark.code`; :class:`Store` keeps and fuses.
Names of fields are those of the command line's JSON (``verbale schema``).
"""

from __future__ import annotations

from ._coder import Coder, code, code_batch, coded_schema, fuse_batch, fused_schema
from ._rows import Facts, Records, Rows
from ._store import Store
from ._verbale import __version__

__all__ = [
    "Coder",
    "Facts",
    "Records",
    "Rows",
    "Store",
    "__version__",
    "code",
    "code_batch",
    "coded_schema",
    "fuse_batch",
    "fused_schema",
]
