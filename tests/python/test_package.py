"""The package beside the command line: the same facts, records and panel, byte for byte."""

import concurrent.futures
import doctest
import json
import multiprocessing
import pathlib
import pickle
import threading
import time

import pandas
import polars
import pyarrow
import pytest
import verbale
import verbale._coder
import verbale._rows
import verbale._store
from conftest import EXAMPLES, jsonl
from conftest import verbale as program

ROOT = pathlib.Path(__file__).parent.parent.parent
BOTH = "Chad and Niger signed a memorandum."


@pytest.mark.parametrize("module", [verbale, verbale._coder, verbale._rows, verbale._store], ids=lambda module: module.__name__)
def test_doctests(module):
    done = doctest.testmod(module)
    assert done.attempted and not done.failed


def test_the_page_says_what_happens(monkeypatch, tmp_path):
    (tmp_path / "examples").symlink_to(EXAMPLES)
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(str(ROOT / "docs/PYTHON.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert done.attempted and not done.failed


def test_code_is_the_command_lines(documents):
    facts = verbale.code(documents)
    assert facts.to_jsonl().encode() == program("code", "--in", "jsonl", stdin=jsonl(documents))
    assert facts[0] == json.loads(facts.to_jsonl().splitlines()[0]) and facts[-1] == facts[len(facts) - 1]
    assert [text["status"] for text in facts.texts] == ["ok"] * len(documents)
    assert sum(text["facts"] for text in facts.texts) == len(facts)


def test_paths_are_read_as_the_command_line_reads_them(tmp_path):
    folder = EXAMPLES / "aze-pak"
    assert verbale.code(folder).to_jsonl().encode() == program("code", folder)
    missing = verbale.code([tmp_path / "none.txt", BOTH])
    assert [text["status"] for text in missing.texts] == ["failed", "ok"] and "none.txt" in missing.texts[0]["why"]


def test_a_batch_is_the_command_lines(documents):
    texts = pyarrow.RecordBatch.from_pylist(documents)
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, texts.schema) as writer:
        writer.write(texts)
    stream = program("code", "--in", "arrow-stream", "--out", "arrow-stream", stdin=sink.getvalue().to_pybytes())
    coded = verbale.code_batch(texts)
    assert isinstance(coded, pyarrow.RecordBatch) and coded.schema == verbale.coded_schema()
    assert pyarrow.Table.from_batches([coded]) == pyarrow.ipc.open_stream(stream).read_all()


def test_a_failed_document_is_a_row(documents, unread):
    mixed = [{"id": name, "text": text} for name, (text, _) in unread.items()] + documents[:1]
    coded = verbale.code_batch(pyarrow.RecordBatch.from_pylist(mixed)).to_pylist()
    told = {row["input_id"]: row for row in coded if row["row"] == "document"}
    assert len(told) == len(mixed)
    assert {name: told[name]["status"] for name in unread} == {name: status for name, (_, status) in unread.items()}
    assert all(bool(row["error"]) == (row["status"] == "failed") for row in told.values())
    assert told[documents[0]["id"]]["n_facts"] == len(verbale.code(documents[0])) > 0
    assert [text["status"] for text in verbale.code(mixed).texts[:-1]] == [status for _, status in unread.values()]


def test_a_batch_without_texts_is_refused():
    with pytest.raises(ValueError, match="no column `text`; its columns are body"):
        verbale.code_batch(pyarrow.record_batch({"body": ["x"]}))
    renamed = verbale.code_batch(pyarrow.record_batch({"body": [BOTH]}), map={"text": "body"})
    assert renamed.num_rows == 2
    assert verbale.code_batch(pyarrow.record_batch({"text": pyarrow.array([], "string")})).num_rows == 0


def test_tables_keep_codes_as_texts():
    facts = verbale.code(BOTH)
    assert facts.to_arrow()["cameo"].to_pylist() == ["057"]
    assert facts.to_pandas()["cameo"].tolist() == ["057"]
    assert facts.to_polars()["cameo"].to_list() == ["057"]


@pytest.mark.parametrize("form", [pandas.DataFrame, polars.DataFrame, pyarrow.Table.from_pylist])
def test_tables_are_read_by_row(form):
    rows = form([{"id": "a", "text": BOTH, "title": None}, {"id": "b", "text": BOTH, "title": "Routes"}])
    assert [fact["doc_name"] for fact in verbale.code(rows)] == ["a", "b"]


def test_the_notebook_shows_quotes_and_runs_nothing():
    page = verbale.code(BOTH + " <script>alert(1)</script>")._repr_html_()
    assert BOTH.removesuffix(".") in page and "TCD NER" in page and "<script" not in page
    assert "50 of 60 rows" in verbale.code([BOTH] * 60)._repr_html_()


def test_coding_lets_other_threads_run(documents):
    coder = verbale.Coder(threads=1)
    coding = threading.Thread(target=coder.code, args=(documents,))
    coding.start()
    ticks = 0
    while coding.is_alive():
        time.sleep(0.001)
        ticks += 1
    assert ticks > 20


def test_a_coder_goes_to_other_processes_with_its_data(documents, tmp_path):
    own = tmp_path / "lang/en/lists/own.tsv"
    own.parent.mkdir(parents=True)
    own.write_text("# laid over the built-in lists\n")
    coder = verbale.Coder(data=tmp_path, published="2024-07-13", threads=1)
    own.unlink()
    assert coder.resource != verbale.Coder().resource
    assert pickle.loads(pickle.dumps(coder)).resource == coder.resource
    with concurrent.futures.ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        facts = [facts.to_jsonl() for facts in pool.map(coder.code, documents[:4])]
    assert facts == [coder.code(document).to_jsonl() for document in documents[:4]]


def test_what_is_asked_wrongly_is_told():
    with pytest.raises(ValueError, match="last week"):
        verbale.code(BOTH, published="last week")
    with pytest.raises(ValueError, match="nowhere"):
        verbale.Coder(data="nowhere")
    with pytest.raises(TypeError, match="not int"):
        verbale.code([1])
    with pytest.raises(IndexError):
        verbale.code(BOTH)[1]


def test_the_store_is_the_command_lines(tmp_path):
    theirs, ours = tmp_path / "theirs.db", tmp_path / "ours.db"
    folder = EXAMPLES / "aze-pak"
    program("--store", theirs, "add", folder)
    store = verbale.Store(ours)
    added = store.add([folder, tmp_path / "none.txt"])
    assert (added["added"], added["failed"], len(added["texts"]), len(added["errors"])) == (9, 1, 10, 1)

    def asked(*arguments):
        return program("--store", theirs, *arguments)

    assert store.facts().to_jsonl().encode() == asked("facts", "--format", "jsonl")
    assert store.facts(kind=["agreement", "event"], pair=("AZE", "PAK")).to_jsonl().encode() == asked(
        "facts", "--kind", "agreement,event", "--pair", "AZE,PAK", "--format", "jsonl"
    )
    assert store.records(min_independent=2).to_jsonl().encode() == asked("records", "--min-independent", "2", "--format", "jsonl")
    assert store.pair("Azerbaijan", "Pakistan") == json.loads(asked("pair", "AZE", "PAK", "--format", "json"))
    assert store.series("AZE", "PAK", by="month").to_jsonl().encode() == asked("series", "AZE", "PAK", "--by", "month", "--format", "jsonl")
    assert store.records().to_pandas().shape[0] == len(store.records())
    assert len(pickle.loads(pickle.dumps(store)).facts()) == len(store.facts())


def test_the_store_says_what_it_does_not_know(tmp_path):
    store = verbale.Store(tmp_path / "news.db")
    for wrong in [{"colour": "red"}, {"kind": "treaty"}, {"pair": "AZE"}]:
        with pytest.raises(ValueError):
            store.facts(**wrong)
    with pytest.raises(ValueError, match="Atlantis"):
        store.pair("Atlantis", "Chad")
    (tmp_path / "notes.txt").write_text("no store")
    with pytest.raises(OSError):
        verbale.Store(tmp_path / "notes.txt")


def test_fusing_a_batch_is_fusing_a_store(documents, tmp_path):
    store = verbale.Store(tmp_path / "news.db")
    store.add(documents)
    coded = verbale.code_batch(pyarrow.Table.from_pylist(documents))
    fused = verbale.fuse_batch(coded)
    assert sorted(fused["json"].to_pylist()) == sorted(store.records().to_jsonl().splitlines())
    assert fused.schema == verbale.fused_schema()


def test_mixed_resources_are_refused(tmp_path):
    texts = pyarrow.table({"text": [BOTH]})
    mixed = pyarrow.concat_tables([verbale.code_batch(texts), verbale.code_batch(texts, data={"lang/en/lists/own.tsv": "# own\n"})])
    with pytest.raises(ValueError, match="different"):
        verbale.fuse_batch(mixed)
