"""Texts for the tests of the Python package, and the program that it is held against."""

import json
import os
import pathlib
import subprocess

import pytest

EXAMPLES = pathlib.Path(__file__).parent.parent.parent / "examples"


def verbale(*arguments, stdin=None, code=0):
    """Runs the program and gives its standard output."""
    done = subprocess.run([os.environ["VERBALE"], *map(str, arguments)], input=stdin, capture_output=True)
    assert done.returncode == code, (arguments, done.returncode, done.stderr.decode())
    return done.stdout


def jsonl(documents):
    """Documents as the command line reads them."""
    return "".join(json.dumps(document) + "\n" for document in documents).encode()


@pytest.fixture(scope="session")
def documents():
    """The example articles as documents."""
    paths = sorted(EXAMPLES.glob("*/*.txt"))
    return [{"id": f"{path.parent.name}/{path.name}", "text": path.read_text()} for path in paths]


@pytest.fixture(scope="session")
def unread():
    """Documents that give no facts, each for another reason, and what has to be said of them."""
    return {
        "none": ("", "empty"),
        "binary": ("Chad and\0 Niger signed a memorandum.", "failed"),
        "one line": ("Chad and Niger signed a memorandum. " * 40_000, "failed"),
        "french": ("Le Tchad et le Niger ont signé mardi un accord sur les routes de transhumance entre les deux pays.", "not_english"),
    }
