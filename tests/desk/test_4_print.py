"""The dossier on paper: a briefing with footnotes, and no row that begins on one page and ends on the next."""

import re
import shutil
import subprocess

import pytest

PAIR = "/pair/AZE-PAK"


def bare(text):
    """Letters and digits only: how a line breaks, hyphens and marks of direction are the printer's matter."""
    return re.sub(r"[^\w]", "", text)


@pytest.fixture(scope="module")
def printed(desk, browser, tmp_path_factory):
    assert shutil.which("pdftotext"), "install poppler-utils"
    page = browser.new_page()
    page.goto(desk.address + PAIR)
    file = tmp_path_factory.mktemp("print") / "dossier.pdf"
    page.pdf(path=file, format="A4")
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    rows = page.locator("main tbody tr").evaluate_all("rows => rows.map(row => [...row.cells].map(cell => cell.textContent).join(' '))")
    notes = page.locator("ol.facts > li").evaluate_all("items => items.map(item => item.textContent)")
    quotes = page.locator("ol.facts > li > q").all_text_contents()
    page.close()
    return {"pages": [bare(leaf) for leaf in text.split("\f") if leaf.strip()], "text": text, "rows": rows, "notes": notes, "quotes": quotes}


def test_no_row_is_split_over_a_page(printed):
    assert len(printed["pages"]) > 3 and len(printed["rows"]) > 40
    split = [row for row in printed["rows"] if not any(bare(row) in leaf for leaf in printed["pages"])]
    assert not split, f"{len(split)} of {len(printed['rows'])}: {split[:3]}"


def test_the_footnotes_have_the_words(printed):
    whole = "".join(printed["pages"])
    missing = [quote for quote in printed["quotes"] if bare(quote) not in whole]
    assert not missing, missing[:3]
    split = [note for note in printed["notes"] if not any(bare(note) in leaf for leaf in printed["pages"])]
    assert not split, f"{len(split)} of {len(printed['notes'])} footnotes are split: {split[:3]}"
    numbers = [int(n) for n in re.findall(r"^(\d+)\. ", printed["text"].replace("\f", "\n"), re.MULTILINE)]
    assert numbers == list(range(1, len(printed["quotes"]) + 1)), "each footnote has its number"


def test_what_is_for_the_screen_is_not_on_paper(printed):
    for word in ("Search", "Apply", "Name \n", "Add texts", "Accept"):
        assert word not in printed["text"], word
