"""A session of work at the desk, from an empty store to a page that is taken away.

The tests follow each other over one store, as a person would.
"""

import base64
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

HERE = Path(__file__).parent
QUESTIONS = json.loads((HERE / "questions.json").read_text())["questions"]
PAIR = "/pair/AZE-PAK"

DROP = """files => {
    const data = new DataTransfer();
    for (const [name, bytes] of files)
        data.items.add(new File([Uint8Array.from(atob(bytes), char => char.charCodeAt(0))], name));
    document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
}"""


def test_an_empty_desk_takes_dropped_files_and_shows_progress(desk, page, seeds):
    page.goto(desk.with_token)
    assert "nothing here yet" in page.inner_text("main")
    assert "token" not in page.url, "the token stays in the address"
    assert page.is_hidden("#ask-token")
    files = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in seeds.values()]
    page.evaluate(
        """() => {
            window.name = "";
            const told = document.querySelector("#progress");
            new MutationObserver(() => { window.name += told.textContent + "\\n"; }).observe(told, { childList: true });
        }"""
    )
    page.evaluate(DROP, files)
    page.wait_for_selector("table.sortable", timeout=120_000)
    # What was told outlives the page in the window's name.
    progress = page.evaluate("window.name")
    assert "0 of 5 inputs read" in progress
    assert "5 of 5 inputs read" in progress
    assert "5 texts" in page.inner_text("main")


def test_the_pair_is_found_and_the_table_sorts(desk, page):
    link = page.locator("table.sortable a", has_text="Azerbaijan – Pakistan")
    head = page.locator("table.sortable th", has_text="records").first
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    counts = [int(cell) for cell in page.locator("table.sortable tbody td:nth-child(3)").all_inner_texts()]
    assert counts == sorted(counts)
    link.click()
    assert page.url.endswith(PAIR)
    assert page.locator("main > section[id]").count() >= 14, "thirteen sections and the words"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"question-{question['number']}")
def test_a_question_is_answered_by_clicking(desk, page, seeds, question):
    text = seeds[question["text"]]
    page.goto(desk.address + PAIR)
    page.locator(f"nav.sections a[href='#{question['section']}']").click()
    # A reader follows the marks of the section until the words answer.
    for mark in page.locator(f"#{question['section']} a.mark").all():
        mark.click()
        words = page.locator(".facts li:target")
        origin = words.locator("a.origin-link")
        label = origin.inner_text()
        start, end = (int(byte) for byte in label.rsplit("bytes ", 1)[1].split("–"))
        if label.startswith(text.name) and start < question["end"] and question["start"] < end:
            break
    else:
        pytest.fail("no mark of the section leads to the answer")
    quote = text.read_bytes()[start:end].decode()
    assert words.locator("q").inner_text().strip("“”\"") == " ".join(quote.split()) or quote in words.inner_text()
    origin.click()
    page.wait_for_selector("pre.source")
    anchor = page.locator("pre.source span:target")
    assert anchor.count() == 1
    shown = page.evaluate(
        """() => {
            const range = document.createRange();
            range.setStartAfter(document.querySelector("pre.source span:target"));
            range.setEndAfter(document.querySelector("pre.source").lastChild);
            return range.toString();
        }"""
    )
    assert shown.startswith(quote), "the reader opens where the words begin"
    assert page.evaluate("document.querySelector('span:target + a').getBoundingClientRect().top < innerHeight")


def test_words_lead_back_to_their_fact(desk, page):
    page.locator("pre.source span:target + a").click()
    item = page.locator(".reader li:target")
    assert item.count() == 1
    item.locator("a[href^='/facts/']").last.click()
    assert page.locator("blockquote mark").inner_text()
    assert "@online{" in page.inner_text("main")


def test_a_filter_holds_for_the_page_and_stands_in_the_address(desk, page):
    page.goto(desk.address + PAIR)
    everything = page.locator("ol.facts > li").count()
    page.select_option("select[name=sector]", "energy")
    page.click("form.filters[action='/pair/AZE-PAK'] button")
    assert "sector=energy" in page.url
    assert 0 < page.locator("ol.facts > li").count() < everything


def test_keys_move_search_and_can_be_turned_off(desk, page):
    page.goto(desk.address + "/facts")
    page.keyboard.press("j")
    page.keyboard.press("j")
    rows = page.locator("tbody tr")
    assert rows.nth(1).evaluate("row => row === document.activeElement")
    page.keyboard.press("k")
    assert rows.nth(0).evaluate("row => row === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/facts/*")
    page.keyboard.press("/")
    page.keyboard.type("Karabakh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Karabakh")
    assert page.locator("tbody tr").count() > 3
    page.goto(desk.address + "/about")
    page.uncheck("#keys-on")
    page.goto(desk.address + "/facts")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    page.goto(desk.address + "/about")
    page.check("#keys-on")


def journal(desk):
    return [json.loads(line) for line in Path(desk.store + ".review.jsonl").read_text().splitlines()]


def test_a_decision_without_a_name_is_not_taken(desk, page):
    page.goto(desk.address + "/review")
    assert page.locator("ol.queue > li").count() > 10
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("#told:has-text('Give your name')")
    assert page.evaluate("document.activeElement.id") == "by"
    assert not Path(desk.store + ".review.jsonl").exists()


def test_the_queue_is_worked_by_keys(desk, page):
    page.goto(desk.address + "/review")
    weights = [float(text.rsplit("weight ", 1)[1]) for text in page.locator("ol.queue > li > p.note").all_inner_texts()]
    assert weights == sorted(weights, reverse=True), "what would change most comes first"
    page.fill("#by", "Ada")
    page.keyboard.press("Enter")
    before = page.locator("ol.queue > li").count()
    page.keyboard.press("j")
    page.keyboard.press("j")
    first = page.locator("ol.queue > li:focus").get_attribute("id")[2:]
    page.keyboard.press("n")
    page.keyboard.type("read twice")
    page.keyboard.press("Enter")
    assert page.locator("ol.queue > li:focus").count() == 1, "the note leads back to its row"
    page.keyboard.press("a")
    page.wait_for_selector(f"#q-{first}", state="detached")
    assert page.locator("ol.queue > li").count() == before - 1
    assert page.locator("ol.queue > li:focus").count() == 1, "the next row is there"
    kept = journal(desk)[-1]
    assert (kept["action"], kept["by"], kept["note"]) == ("accept", "Ada", "read twice")
    assert kept["targets"][0]["id"] == first
    assert page.input_value("#note") == "", "a note is of one decision"
    page.keyboard.press("u")
    page.wait_for_selector(f"#q-{first}")
    assert journal(desk)[-1]["action"] == "undo"


def test_one_fact_is_rejected_and_leaves_the_dossier(desk, page):
    page.goto(desk.address + PAIR)
    items = page.locator("ol.facts > li")
    before = items.count()
    words = items.nth(2).locator("q").inner_text()
    items.nth(2).locator("a[href^='/facts/']").last.click()
    page.wait_for_selector("main > .decision button")
    page.keyboard.press("x")
    page.wait_for_selector("p.said:has-text('Rejected by Ada')")
    assert journal(desk)[-1]["action"] == "reject"
    rejected = page.url.rsplit("/", 1)[1]
    page.goto(desk.address + PAIR)
    assert page.locator("ol.facts > li").count() == before - 1
    assert page.locator(f"#f-{rejected}").count() == 0, words


def test_one_fact_is_edited(desk, page):
    page.goto(desk.address + PAIR)
    page.locator("ol.facts > li").nth(4).locator("a[href^='/facts/']").last.click()
    page.wait_for_selector("main > .decision button")
    page.keyboard.press("e")
    page.wait_for_selector("#edit-dialog[open]")
    assert page.input_value("#edit-actor")
    page.fill("#edit-date", "2024-07")
    page.fill("#edit-further", "location.name=Shusha")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_selector("p.said:has-text('Edited by Ada')")
    kept = journal(desk)[-1]
    assert kept["action"] == "edit"
    assert sorted(kept["set"]) == ["date", "location.name"], "only what differs is sent"
    assert "2024-07-01" in page.inner_text("dl.fields")
    page.click("main a[href$='/history']")
    rows = page.locator("main tbody tr").all_inner_texts()
    assert "coded" in rows[0] and "edit" in rows[-1] and "Ada" in rows[-1]


def test_records_are_merged_and_split_and_taken_back(desk, page):
    agreements = page.request.get(f"{desk.address}{PAIR}/agreements.json").json()
    page.goto(f"{desk.address}/records/{agreements[0]['id']}")
    page.keyboard.press("m")
    page.wait_for_selector("#merge-dialog[open]")
    page.locator("#merge-with").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Merge", exact=True).last.click()
    page.wait_for_selector("p.said:has-text('Merged by Ada')")
    assert journal(desk)[-1]["action"] == "merge"
    page.keyboard.press("s")
    boxes = page.locator("#split input[type=checkbox]")
    assert boxes.count() > 1
    boxes.first.check()
    page.get_by_role("button", name="Split these off").click()
    page.wait_for_selector("#told:has-text('split')")
    assert journal(desk)[-1]["action"] == "split"
    page.goto(desk.address + "/review/decisions")
    undos = page.locator("main table button[data-act=undo]")
    for _ in range(2):
        count = undos.count()
        undos.first.click()
        expect(undos).to_have_count(count - 1)
    again = page.request.get(f"{desk.address}{PAIR}/agreements.json").json()
    assert [record["id"] for record in again] == [record["id"] for record in agreements]


def test_words_that_are_not_coded_are_added(desk, page):
    docs = page.request.get(desk.address + "/docs.json").json()
    text = page.request.get(f"{desk.address}/docs/{docs[0]['id']}.json").json()["text"]
    words = next(line for line in text.splitlines() if len(line) > 80 and text.count(line) == 1)[:60]
    page.goto(f"{desk.address}/docs/{docs[0]['id']}")
    page.locator("#add-fact summary").press("Enter")
    page.fill("#add-words", words)
    page.fill("#add-actor", "AZE,PAK")
    page.locator("#add-fact form button").press("Enter")
    page.wait_for_selector("p.said:has-text('Added by Ada')")
    kept = journal(desk)[-1]
    assert kept["quote"] == words
    assert text.encode()[kept["start"] : kept["end"]].decode() == words


def test_decisions_outlive_the_server(desk, page):
    decisions = journal(desk)
    desk.stop()
    assert journal(desk) == decisions
    desk.start()
    page.goto(desk.with_token)
    page.goto(desk.address + "/review/decisions")
    assert page.locator("main tbody tr").count() == len(decisions)
    edited = next(line for line in decisions if line["action"] == "edit")["targets"][0]["id"]
    fact = page.request.get(f"{desk.address}/facts/{edited}.json").json()
    assert (fact["review"]["status"], fact["review"]["by"], fact["date"]["edtf"]) == ("edited", "Ada", "2024-07")
    rejected = next(line for line in decisions if line["action"] == "reject")["targets"][0]["id"]
    assert rejected not in page.request.get(desk.address + PAIR + ".json").text()


def test_the_page_can_be_taken_away(desk, page, browser, tmp_path):
    page.goto(desk.address + PAIR)
    with page.expect_download() as download:
        page.click("#export-html")
    file = tmp_path / "page.html"
    download.value.save_as(file)
    alone = browser.new_context(offline=True).new_page()
    requests = []
    alone.on("request", lambda request: requests.append(request.url))
    alone.goto(file.as_uri())
    assert alone.locator("h1").inner_text() == "Azerbaijan – Pakistan"
    assert alone.locator("pre.source").count() == 5
    assert requests == [file.as_uri()], "the file asks for nothing"


def test_pages_can_be_read_without_script(desk, browser):
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(desk.address + "/")
    plain.click("table.sortable a >> nth=0")
    plain.click("#glance a.mark >> nth=0")
    plain.click(".facts li:target a.origin-link")
    assert plain.locator("pre.source span:target").count() == 1
