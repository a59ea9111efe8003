"""Texts that try to be pages stay texts: nothing of theirs runs, loads, or reaches out of its place."""

import json

import pytest

from conftest import Desk

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload=\"document.title='owned'\"><script>document.title='owned'</script></svg>"
BIDI = "\u202egnorw\u202c \u2067reversed"
BOMB = "</pre></main></body><style>*{display:none}</style><base href='http://other.example/'>"
SAYS = '"Niger supports Chad on the matter of Lake Chad {}," Foreign Minister Amina Sidi of Niger told reporters. '

DOCUMENTS = [
    {"title": SCRIPT, "text": f"Chad and Niger signed a \"memorandum {SCRIPT}\" on grazing routes on 3 March 2024. " + SAYS.format(SCRIPT), "source": SCRIPT, "author": SCRIPT},
    {"title": f"{SVG}.svg", "text": f"Chad and Niger signed a treaty on rail {SVG} on 4 March 2024. " + SAYS.format(SVG)},
    {"title": f"bidi {BIDI}", "text": f"Chad and Niger signed a pact on {BIDI} water on 5 March 2024. " + SAYS.format(BIDI), "source": f"Wire {BIDI}"},
    {"title": BOMB, "text": f"Chad and Niger signed an accord {BOMB} on 6 March 2024. " + SAYS.format(BOMB)},
    {"title": "javascript:document.title='owned'", "text": "Chad and Niger held talks on javascript:document.title='owned' in May 2024.", "url": "javascript:document.title='owned'"},
    {"title": "wide " + "x" * 4000, "text": "Chad and Niger signed a protocol on " + "y" * 4000 + " on 7 March 2024.\n" + "a\tb\t" * 4000},
    {"title": "long table", "text": "\n".join(f"Chad and Niger signed a contract on well number {n} on 8 March 2024." for n in range(400))},
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    texts = folder / "texts.jsonl"
    texts.write_text("\n".join(json.dumps(document) for document in DOCUMENTS))
    desk = Desk(str(folder / "hostile.db"), add=[texts])
    yield desk
    desk.stop()


def addresses(desk, page):
    def rows(listing):
        return page.request.get(f"{desk.address}/{listing}.json?limit=2000").json()

    plain = ["/", "/docs", "/people", "/about", "/review", "/pair/TCD-NER", "/series/TCD-NER", "/changes?since=2020-01-01&limit=200"]
    plain += [f"/docs/{doc['id']}" for doc in rows("docs")]
    seen = {}
    for fact in rows("facts"):
        seen.setdefault((fact["doc"], fact["kind"]), fact["id"])
    plain += [f"/facts/{id}{below}" for id in seen.values() for below in ("", "/why", "/history")]
    plain += [f"/records/{record['id']}" for record in rows("records")[:12]]
    return plain + ["/search?q=" + SCRIPT, "/facts?q=%22%3E" + SVG, "/review?speaker=" + SCRIPT]


def test_nothing_of_a_hostile_text_runs(hostile, browser):
    context = browser.new_context(viewport={"width": 320, "height": 700})
    page = context.new_page()
    complaints, asked = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    pages = addresses(hostile, page)
    assert len(pages) > 30
    for address in pages:
        page.goto(hostile.address + address)
        assert page.title() != "owned", f"{address}: script of a text ran"
        foreign = page.evaluate("document.querySelectorAll('main script, main img, main base, main style, main iframe, svg script').length")
        assert foreign == 0, f"{address}: markup of a text became markup"
        assert page.evaluate("getComputedStyle(document.querySelector('main')).display") != "none", address
        links = page.evaluate("[...document.links].map(link => link.protocol)")
        assert set(links) <= {"http:"}, f"{address}: {set(links)}"
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), f"{address} is wider than the screen"
    outside = [url for url in asked if not url.startswith(hostile.address)]
    assert not outside, outside
    assert not complaints, complaints
    context.close()


def test_marks_of_direction_stay_in_their_place(hostile, browser):
    page = browser.new_page()
    page.goto(hostile.address + "/docs")
    row = page.locator("tbody tr", has_text="bidi")
    isolated = row.locator("bdi").evaluate_all("parts => parts.every(part => getComputedStyle(part).unicodeBidi.includes('isolate'))")
    assert isolated and row.locator("bdi").count() > 3
    page.close()


def test_a_page_of_many_records_is_paged(hostile, page):
    answer = page.request.get(hostile.address + "/pair/TCD-NER/agreements?limit=100")
    assert len(answer.body()) < 300_000
    assert 'rel="next"' in answer.text() or len(page.request.get(hostile.address + "/pair/TCD-NER/agreements.json").json()) <= 100


def test_the_file_that_is_taken_away_is_inert_too(hostile, browser, tmp_path):
    file = tmp_path / "page.html"
    page = browser.new_page()
    file.write_bytes(page.request.get(hostile.address + "/pair/TCD-NER?file=1").body())
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.title() == "Chad – Niger · verbale"
    assert asked == [file.as_uri()]
    page.close()
