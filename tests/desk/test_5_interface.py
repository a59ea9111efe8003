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


@pytest.mark.parametrize("known", [True, False], ids=["ids-that-are-there", "any-ids"])
def test_the_interface_keeps_what_it_describes(small, page, tmp_path, known):
    def first(listing):
        return page.request.get(f"{small.address}/{listing}.json").json()[0]["id"]

    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.format(fact=first("facts"), record=first("records"), doc=first("docs")) if known else "")
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", config, "run", f"{small.address}/openapi.json"]
    command += ["--checks", CHECKS, "--max-examples", "4", "--phases", "examples,coverage,fuzzing", "--seed", "7", "--workers", "2"]
    command += ["--header", f"Authorization: Bearer {small.token}", "--generation-database", "none", "--no-color"]
    (tmp_path / "no_folders.py").write_text(HOOKS)
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "no_folders", "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
    assert page.request.get(small.address + "/health").json()["status"] == "ok"
