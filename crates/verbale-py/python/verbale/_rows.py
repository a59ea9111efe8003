"""Facts and records as sequences of dictionaries, as tables, and as people read them."""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Union, overload

from . import _verbale

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: A notebook shows so many rows.
SHOWN = 50


class Rows(Sequence["dict[str, Any]"]):
    """Rows of one kind; each is a dictionary with the names of the command line's JSON."""

    def __init__(self, native: _verbale.Rows) -> None:
        self._native = native

    def __len__(self) -> int:
        return len(self._native)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: Union[int, slice]) -> Any:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"row {index} of {len(self)}")
        return json.loads(self._native.json(at))

    def to_jsonl(self) -> str:
        """JSON lines, the same bytes as the command line prints."""
        return self._native.jsonl()

    def to_arrow(self) -> pyarrow.Table:
        """A table, flat, with lists where a fact has several values; codes are texts."""
        import pyarrow

        return pyarrow.ipc.open_stream(self._native.arrow()).read_all()

    def to_pandas(self) -> pandas.DataFrame:
        """The same table for pandas."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The same table for Polars."""
        import polars

        return polars.read_ipc_stream(self._native.arrow())

    def __repr__(self) -> str:
        return f"<{len(self)} {type(self).__name__.lower()}>"

    def _repr_html_(self) -> str:
        titles, rows = self._native.table(SHOWN)
        head = "".join(f"<th>{html.escape(title)}</th>" for title in titles)
        body = "".join(
            "<tr>" + "".join(f'<td style="text-align:left">{html.escape(cell)}</td>' for cell in row) + "</tr>" for row in rows
        )
        more = f"<p>{len(rows)} of {len(self)} rows</p>" if len(rows) < len(self) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


class Facts(Rows):
    """Facts in the order of the texts and of their places in them.

    >>> import verbale
    >>> facts = verbale.code("Chad and Niger signed a memorandum.")
    >>> facts
    <1 facts>
    >>> "signed a memorandum" in facts._repr_html_()
    True
    """

    def __init__(self, native: _verbale.Rows, texts: Sequence[str] = ()) -> None:
        super().__init__(native)
        self._texts = list(texts)

    @property
    def texts(self) -> list[dict[str, Any]]:
        """What became of each text: ``name``, ``id``, ``status`` (ok, empty, not_english, one_sided, failed), ``why``, ``facts``."""
        return [json.loads(text) for text in self._texts]

    def __reduce__(self) -> tuple[Any, ...]:
        return _facts, (self.to_jsonl(), self._texts)


class Records(Rows):
    """Records: one thing in the world each, with all its witnesses."""


def _facts(jsonl: str, texts: Sequence[str]) -> Facts:
    return Facts(_verbale.facts_of_jsonl(jsonl), texts)
