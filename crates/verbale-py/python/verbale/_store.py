"""The store: texts, facts and records in one file, the same as the command line's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any, Optional, Union

from . import _verbale
from ._coder import Document, _each, _native_document
from ._rows import Facts, Records, Rows


class Store:
    """A store in a file, made if there is none. It can be pickled: what is pickled is where it is.

    >>> import pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> store = Store(pathlib.Path(folder.name, "news.db"))
    >>> store.add([{"id": "a", "published": "2024-07-13", "text": "Chad and Niger signed a memorandum in Zinder on Friday."}])["added"]
    1
    >>> store.pair("Chad", "Niger")["agreements"][0]["date"]["start"]
    '2024-07-12'
    >>> len(store.facts(kind="agreement", pair=("TCD", "NER")))
    1
    """

    def __init__(
        self,
        path: Union[str, "os.PathLike[str]"],
        *,
        data: Union[None, str, "os.PathLike[str]", Mapping[str, str]] = None,
        threads: Optional[int] = None,
    ) -> None:
        files = data if data is None or isinstance(data, Mapping) else _verbale.data_files(os.fspath(data))
        self._made_of = (os.fspath(path), dict(files or {}), threads)
        self._native = _verbale.Store(*self._made_of)

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopened, self._made_of

    def add(
        self,
        texts: Union[Document, Iterable[Document]],
        *,
        published: Optional[str] = None,
        outlet: Optional[str] = None,
        map: Optional[Mapping[str, str]] = None,
    ) -> dict[str, Any]:
        """Reads files, folders (``pathlib.Path`` or a text that names one) or documents as dictionaries; codes and fuses them.

        The answer counts what became of them; ``texts`` has one status for each, ``errors`` what could not be read.
        """
        given = list(_each(texts))
        paths = [os.fspath(text) for text in given if not isinstance(text, Mapping)]
        documents = [str(_native_document(text)) for text in given if isinstance(text, Mapping)]
        added: dict[str, Any] = json.loads(self._native.add(paths, documents, published, outlet, dict(map or {})))
        return added

    def pair(self, a: str, b: str) -> dict[str, Any]:
        """The dossier of two states, given as ISO codes, names, demonyms or aliases."""
        dossier: dict[str, Any] = json.loads(self._native.pair(a, b))
        return dossier

    def facts(self, **filters: Any) -> Facts:
        """The facts, with the filters of the command line: ``pair kind type mode modality speaker sector issue from_ to doc
        min_independent q include``; several values as a list."""
        return Facts(self._native.facts(_words(filters)))

    def records(self, **filters: Any) -> Records:
        """The records, with the same filters."""
        return Records(self._native.records(_words(filters)))

    def series(
        self,
        a: Optional[str] = None,
        b: Optional[str] = None,
        *,
        by: str = "year",
        directed: bool = False,
        date: str = "event",
        from_: Any = None,
        to: Any = None,
    ) -> Rows:
        """The panel of two states or of all dyads, by ``day month quarter year``."""
        if (a is None) != (b is None):
            raise ValueError("give both states of the pair, or none for all dyads")
        panel = _words({"by": by, "directed": directed, "date": date})
        days = [None if day is None else str(day) for day in (from_, to)]
        pair = None if a is None or b is None else (a, b)
        return Rows(self._native.series(pair, panel, days[0], days[1]))


def _reopened(path: str, data: Mapping[str, str], threads: Optional[int]) -> Store:
    return Store(path, data=data, threads=threads)


def _words(filters: Mapping[str, Any]) -> str:
    """Filters as the compiled half takes them: JSON of words, lists with commas, ``from_`` for a name that Python keeps to itself."""

    def word(value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, (list, tuple, set, frozenset)):
            return ",".join(str(each) for each in value)
        return str(value)

    return json.dumps({name.rstrip("_"): word(value) for name, value in filters.items() if value is not None})
