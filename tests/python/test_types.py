"""The types that the package tells are those it has."""

import pathlib
import subprocess
import sys

import verbale

FOLDER = pathlib.Path(verbale.__file__).parent
SETTINGS = str(pathlib.Path(__file__).parent.parent.parent / "crates/verbale-py/pyproject.toml")


def checked(tmp_path, *arguments):
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_are_as_the_library_is(tmp_path):
    assert (FOLDER / "py.typed").exists()
    checked(tmp_path, "mypy.stubtest", "verbale._verbale", "--mypy-config-file", SETTINGS)


def test_the_package_passes_strict_types(tmp_path):
    checked(tmp_path, "mypy", "--config-file", SETTINGS, "-p", "verbale")
