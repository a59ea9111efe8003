"""The compiled half of the package. Everything goes in and out as text, JSON or Arrow streams."""

import os
from typing import Optional, Union, final

__all__ = [
    "Coder",
    "Rows",
    "Store",
    "__version__",
    "coded_schema",
    "data_files",
    "facts_of_jsonl",
    "fused_schema",
]

__version__: str

@final
class Coder:
    def __new__(
        cls,
        published: Optional[str],
        outlet: Optional[str],
        fields: dict[str, str],
        files: dict[str, str],
        threads: Optional[int],
    ) -> Coder: ...
    @property
    def resource(self) -> str: ...
    def code(self, documents: list[Union[str, os.PathLike[str]]]) -> tuple[Rows, list[str]]: ...
    def code_batch(self, stream: bytes) -> bytes: ...
    def fuse_batch(self, stream: bytes, pair: Optional[str]) -> bytes: ...

@final
class Rows:
    def __len__(self) -> int: ...
    def json(self, index: int) -> str: ...
    def jsonl(self) -> str: ...
    def arrow(self) -> bytes: ...
    def table(self, most: int) -> tuple[list[str], list[list[str]]]: ...

@final
class Store:
    def __new__(cls, path: str, files: dict[str, str], threads: Optional[int]) -> Store: ...
    def add(
        self,
        paths: list[str],
        documents: list[str],
        published: Optional[str],
        outlet: Optional[str],
        fields: dict[str, str],
    ) -> str: ...
    def pair(self, a: str, b: str) -> str: ...
    def facts(self, filters: str) -> Rows: ...
    def records(self, filters: str) -> Rows: ...
    def series(
        self,
        pair: Optional[tuple[str, str]],
        panel: str,
        first: Optional[str],
        last: Optional[str],
    ) -> Rows: ...

def coded_schema() -> bytes: ...
def data_files(folder: str) -> dict[str, str]: ...
def facts_of_jsonl(jsonl: str) -> Rows: ...
def fused_schema() -> bytes: ...
