"""Spark as a cluster of two workers: the command line's facts byte for byte, also when one of them dies."""

import json
import os
import pathlib
import signal
import sys
import threading
import time

import pyarrow
import pyspark
import pytest
import verbale
import verbale.spark
from conftest import jsonl
from conftest import verbale as program
from pyspark.sql import SparkSession

#: So many copies of the examples that a job takes long enough to be disturbed.
COPIES = 12


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    # The cluster's parts are started from the folder of Spark, and run the Python that runs this.
    os.environ["SPARK_HOME"] = str(pathlib.Path(pyspark.__file__).parent)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    folder = tmp_path_factory.mktemp("spark")
    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.local.dir", str(folder))
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def texts(documents, unread):
    """Many texts, and among them those that cannot be read."""
    copies = [{**text, "id": f"{text['id']}#{copy}"} for copy in range(COPIES) for text in documents]
    return copies + [{"id": name, "text": text} for name, (text, _) in unread.items()]


@pytest.fixture(scope="module")
def expected(texts):
    """The command line's facts of them, sorted."""
    return sorted(program("code", "--in", "jsonl", stdin=jsonl(texts), code=2).decode().splitlines())


@pytest.fixture(scope="module")
def coded(spark, texts, tmp_path_factory):
    """The coded rows, saved between the stages as a cluster would."""
    path = str(tmp_path_factory.mktemp("coded") / "coded")
    verbale.spark.code(frame(spark, texts)).write.parquet(path)
    return spark.read.parquet(path)


def frame(spark, texts):
    return spark.createDataFrame(texts, "id string, text string").repartition(2 * COPIES)


def facts(rows):
    return sorted(row["json"] for row in rows if row["row"] == "fact")


def test_facts_are_the_command_lines(coded, texts, expected):
    rows = coded.collect()
    assert facts(rows) == expected
    assert sorted(row["input_id"] for row in rows if row["row"] == "document") == sorted(text["id"] for text in texts)
    assert {row["resource"] for row in rows} == {verbale.Coder().resource}


def test_rows_are_those_of_a_batch(coded, texts):
    batch = verbale.code_batch(pyarrow.Table.from_pylist(texts)).to_pylist()
    key = lambda row: json.dumps(row, default=str, sort_keys=True)
    assert sorted(map(key, (row.asDict() for row in coded.collect()))) == sorted(map(key, batch))


def test_failed_documents_are_rows(coded, unread):
    told = {row["input_id"]: row for row in coded.where("row = 'document'").collect()}
    assert {name: told[name]["status"] for name in unread} == {name: status for name, (_, status) in unread.items()}
    assert all(told[name]["error"] for name, (_, status) in unread.items() if status == "failed")


@pytest.mark.parametrize("victim", ["CoarseGrainedExecutorBackend", "pyspark.daemon"])
def test_a_killed_worker_costs_time_only(spark, texts, expected, victim):
    rows = []
    job = threading.Thread(target=lambda: rows.extend(verbale.spark.code(frame(spark, texts)).collect()))
    job.start()
    while tasks_done(spark) < 2:
        time.sleep(0.01)
        assert job.is_alive(), "the job was over before it could be disturbed"
    # The last of Python's processes is one that works; the first one only starts others.
    os.kill(own_processes(victim)[-1], signal.SIGKILL)
    assert job.is_alive(), "the job was over before it was disturbed"
    job.join(300)
    assert facts(rows) == expected
    assert len([row for row in rows if row["row"] == "document"]) == len(texts)


def tasks_done(spark):
    """Tasks that are done of the running stage that codes: it has as many as the frame has parts."""
    tracker = spark.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return sum(stage.numCompletedTasks for stage in stages if stage and stage.numTasks == 2 * COPIES)


def own_processes(name):
    """Processes below this one whose command line has a word."""
    parents, named = {}, []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="replace")
            # The name of a process may hold blanks and brackets; its parent stands second after the last bracket.
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if name in command:
            named.append(int(folder.name))

    def ours(process):
        while process in parents:
            process = parents[process]
            if process == os.getpid():
                return True
        return False

    return sorted(filter(ours, named))


def test_records_are_those_of_a_store_of_the_pairs_texts(spark, coded, documents, tmp_path):
    fused = verbale.spark.fuse(coded).collect()
    about = {}
    for row in coded.where("row = 'fact'").select("doc", "pairs").collect():
        for pair in row["pairs"]:
            about.setdefault(pair, set()).add(row["doc"])
    assert {"AZE-PAK", "EGY-ETH", "KAZ-UZB"} <= set(about)
    # Fusion knows a text by its words, and calls it by the first of its names.
    named = [{**document, "id": f"{document['id']}#0"} for document in documents]
    ids = [text["id"] for text in verbale.code(named).texts]
    for pair in ["AZE-PAK", "EGY-ETH", "KAZ-UZB"]:
        first, second = pair.split("-")
        store = verbale.Store(tmp_path / f"{pair}.db")
        store.add([document for doc, document in zip(ids, named) if doc in about[pair]])
        page = store.pair(first, second)
        kinds = "visits meetings agreements commitments positions relations cooperation transfers claims figures events".split()
        ours = {record["id"]: record for kind in kinds for record in page[kind]}
        theirs = {row["id"]: json.loads(row["json"]) for row in fused if row["pair"] == pair}
        assert theirs == ours and theirs
        assert {row["resource"] for row in fused} == {verbale.Coder().resource}


def test_mixed_resources_are_refused(spark, coded, documents):
    other = verbale.spark.code(frame(spark, documents[:1]), data={"lang/en/lists/own.tsv": "# own\n"})
    with pytest.raises(ValueError, match="code all texts anew"):
        verbale.spark.fuse(coded.unionByName(other))
