"""A desk over a store of its own, and Debian's Chromium in front of it."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("VERBALE_SHARED", HERE.parent.parent.parent / "shared"))


class Desk:
    """A running `verbale serve`, which can be stopped and started again over the same store."""

    def __init__(self, store, add=()):
        self.store = store
        self.process = None
        if add:
            subprocess.run([os.environ["VERBALE"], "--store", store, "add", *add], check=True, capture_output=True)
        self.start()

    def start(self):
        command = [os.environ["VERBALE"], "--store", self.store, "serve", "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        told = {}
        while "stop" not in told:
            line = self.process.stdout.readline()
            assert line, "the desk ended before it answered"
            word, _, rest = line.strip().partition(" ")
            told[word] = rest.strip()
        self.address = told["read"].rstrip("/")
        self.with_token = told["write"]
        self.token = told["token"]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


def launch(playwright):
    return playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"])


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    desk = Desk(str(tmp_path_factory.mktemp("desk") / "desk.db"))
    yield desk
    desk.stop()


@pytest.fixture(scope="session")
def page(browser):
    """One page for the whole session of work; a message of the browser about an error fails it."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True).new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    assert not complaints, complaints


@pytest.fixture(scope="session")
def seeds():
    """The five articles, by the first digits of their names."""
    files = sorted((SHARED / "seeds").glob("*.txt"))
    assert len(files) == 5, f"{SHARED}/seeds: five articles are expected; set VERBALE_SHARED"
    return {re.match(r"\d+", file.name)[0]: file for file in files}
