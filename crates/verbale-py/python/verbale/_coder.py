"""The pure function: texts to facts, alone or over batches."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Callable, Optional, TypeVar, Union

from . import _verbale
from ._rows import Facts

if TYPE_CHECKING:
    import pyarrow

#: A text, a document as a dictionary (``{"text": …, "id"?, "title"?, "published"?, "url"?, "source"?, "author"?, "lang"?}``),
#: or the path of a file or folder of any format that the command line reads.
Document = Union[str, Mapping[str, Any], "os.PathLike[str]"]

#: A ``pyarrow.RecordBatch`` or ``pyarrow.Table``; the answer is of the same form.
Batch = TypeVar("Batch")


class Coder:
    """A coder with its options. It can be pickled, and coding lets other threads run.

    ``published`` and ``outlet`` supply what texts lack; ``map`` names fields (``{"text": "body"}``); ``data`` is a folder of lists
    and rules laid over the built-in ones, or such files by path below it; ``threads`` are all cores by default.

    >>> import pickle
    >>> coder = pickle.loads(pickle.dumps(Coder(published="2024-07-13")))
    >>> coder.code("Benin's president visited Togo on Friday.")[0]["date"]["start"]
    '2024-07-12'
    """

    def __init__(
        self,
        *,
        published: Optional[str] = None,
        outlet: Optional[str] = None,
        map: Optional[Mapping[str, str]] = None,
        data: Union[None, str, "os.PathLike[str]", Mapping[str, str]] = None,
        threads: Optional[int] = None,
    ) -> None:
        # The files travel with the coder: a machine that unpickles it need not have the folder.
        files = data if data is None or isinstance(data, Mapping) else _verbale.data_files(os.fspath(data))
        self._options = (published, outlet, dict(map or {}), dict(files or {}), threads)
        self._native = _verbale.Coder(*self._options)

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, self._options

    @property
    def resource(self) -> str:
        """Names program, data and model: the same resource gives the same facts for the same text."""
        return self._native.resource

    def code(self, texts: Union[Document, Iterable[Document]]) -> Facts:
        """Codes a text, a document, a path, or many of them. What cannot be read is told in ``Facts.texts``."""
        return Facts(*self._native.code([_native_document(text) for text in _each(texts)]))

    def code_batch(self, batch: Batch) -> Batch:
        """See :func:`code_batch`."""
        coded: Batch = _through_arrow(self._native.code_batch, batch)
        return coded

    def fuse_batch(self, batch: Batch, pair: Optional[str] = None) -> Batch:
        """See :func:`fuse_batch`."""
        fused: Batch = _through_arrow(lambda stream: self._native.fuse_batch(stream, pair), batch)
        return fused


def _remade(
    published: Optional[str],
    outlet: Optional[str],
    map: Mapping[str, str],
    data: Mapping[str, str],
    threads: Optional[int],
) -> Coder:
    return Coder(published=published, outlet=outlet, map=map, data=data, threads=threads)


def code(text_or_documents: Union[Document, Iterable[Document]], **options: Any) -> Facts:
    """Codes a text, a document, a path, or many of them; options are those of :class:`Coder`.

    >>> facts = code([{"id": "a", "text": "Chad recognised Kosovo."}, {"id": "b", "text": ""}])
    >>> [(text["name"], text["status"], text["facts"]) for text in facts.texts]
    [('a', 'ok', 1), ('b', 'empty', 0)]
    """
    return Coder(**options).code(text_or_documents)


def code_batch(batch: Batch, **options: Any) -> Batch:
    """Codes a batch with a column ``text`` and, if there, ``id title published url source author lang``.

    The answer has for each row of the batch one row ``document`` that says what became of it, and after it one row ``fact`` for
    each of its facts. A text that cannot be read is such a row, never an exception.

    >>> import pyarrow
    >>> texts = pyarrow.record_batch({"id": ["a", "b"], "text": ["Chad recognised Kosovo.", None]})
    >>> code_batch(texts).select(["row", "input_id", "status", "n_facts", "cameo"]).to_pylist()[0]
    {'row': 'document', 'input_id': 'a', 'status': 'ok', 'n_facts': 1, 'cameo': None}
    """
    return Coder(**options).code_batch(batch)


def coded_schema() -> pyarrow.Schema:
    """The schema of what :func:`code_batch` gives."""
    return _schema(_verbale.coded_schema())


def fuse_batch(batch: Batch, pair: Optional[str] = None, **options: Any) -> Batch:
    """Joins coded rows into records, of one pair of states (``"TCD-TGO"``) if it is given.

    Needs the columns ``row``, ``resource`` and ``json`` of :func:`code_batch`, and refuses rows that were coded by different
    programs, data or models: what they find is not comparable.
    """
    return Coder(**options).fuse_batch(batch, pair)


def fused_schema() -> pyarrow.Schema:
    """The schema of what :func:`fuse_batch` gives."""
    return _schema(_verbale.fused_schema())


def _through_arrow(work: Callable[[bytes], bytes], batch: Any) -> Any:
    """Hands a batch over as an Arrow stream, and the answer back in the form of the question."""
    import pyarrow

    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, batch.schema) as writer:
        writer.write(batch)
    stream = pyarrow.ipc.open_stream(work(sink.getvalue().to_pybytes()))
    # It has one batch, also where that has no rows.
    return stream.read_next_batch() if isinstance(batch, pyarrow.RecordBatch) else stream.read_all()


def _schema(stream: bytes) -> Any:
    import pyarrow

    return pyarrow.ipc.open_stream(stream).schema


def _each(texts: Any) -> Iterator[Document]:
    """One text as one, many as many; tables by their rows."""
    if isinstance(texts, (str, Mapping, os.PathLike)):
        yield texts
        return
    for rows in ("to_pylist", "to_dicts"):  # pyarrow, polars
        if hasattr(texts, rows):
            yield from getattr(texts, rows)()
            return
    if hasattr(texts, "columns") and hasattr(texts, "to_dict"):  # pandas
        yield from texts.to_dict("records")
        return
    yield from texts


def _native_document(document: Document) -> Union[str, "os.PathLike[str]"]:
    """A document as the compiled half takes it: JSON, or a path."""
    if isinstance(document, str):
        return json.dumps({"text": document})
    if isinstance(document, Mapping):
        # A table's gaps are no values: None, NaN, NaT.
        known = {name: value for name, value in document.items() if value is not None and value == value}
        return json.dumps(known, default=str)
    if isinstance(document, os.PathLike):
        return document
    raise TypeError(f"a document is a text, a dictionary or a path, not {type(document).__name__}")
