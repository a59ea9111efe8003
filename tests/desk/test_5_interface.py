"""The interface against its own description: Schemathesis asks whatever the description allows."""

import os
import subprocess
import sys

import pytest

from conftest import Desk

TEXTS = [
    "ZINDER, Niger, March 4. Chad and Niger signed a memorandum on grazing routes on 3 March 2024. Mali and Niger held talks on trade in Gao.\n",
    '"Niger supports Chad on the matter of Lake Chad," Foreign Minister Amina Sidi of Niger told reporters. Chad will open an embassy in Niamey.\n',
]

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,ignored_auth"

# Any path of this machine may be named as a folder: that is the one thing not to be tried at random.
HOOKS = """\
import schemathesis

@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict):
        body.pop("folder", None)
    return body
"""

CONFIG = """\
[phases.coverage]
unexpected-methods = []
[parameters]
"path.pair" = "TCD-NER"
[[operations]]
include-path-regex = "^/facts/"
parameters = {{ "path.id" = "{fact}" }}
[[operations]]
include-path-regex = "^/records/"
parameters = {{ "path.id" = "{record}" }}
[[operations]]
include-path-regex = "^/docs/"
parameters = {{ "path.id" = "{doc}" }}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    for n, text in enumerate(TEXTS):
        (folder / f"{n}.txt").write_text(text)
    desk = Desk(str(folder / "small.db"), add=[folder / f"{n}.txt" for n in range(len(TEXTS))])
    yield desk
    desk.stop()


# Everything with ids at random; and whatever machines read, tried at the borders of every field, with ids that are there.
RUNS = {
    "any-ids": ["--max-examples", "3", "--phases", "examples,fuzzing"],
    "ids-that-are-there": ["--phases", "coverage", "--include-path-regex", r"(\.json|^/review|^/docs|/export/.*)$"],
}


@pytest.mark.parametrize("run", RUNS)
def test_the_interface_keeps_what_it_describes(small, page, tmp_path, run):
    def first(listing):
        return page.request.get(f"{small.address}/{listing}.json").json()[0]["id"]

    config = tmp_path / "schemathesis.toml"
    ids = {"fact": first("facts"), "record": first("records"), "doc": first("docs")}
    config.write_text("" if run == "any-ids" else CONFIG.format(**ids))
    (tmp_path / "no_folders.py").write_text(HOOKS)
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", config, "run", f"{small.address}/openapi.json"]
    command += ["--checks", CHECKS, *RUNS[run], "--seed", "7", "--workers", "2", "--generation-database", "none", "--no-color"]
    command += ["--header", f"Authorization: Bearer {small.token}"]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "no_folders", "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
    assert "passed" in told.stdout
    assert page.request.get(small.address + "/health").json()["status"] == "ok"
