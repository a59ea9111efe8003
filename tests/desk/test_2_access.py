"""No page type breaks a rule of WCAG 2.2 A or AA that a machine can see; in light, in dark, and on a narrow screen."""

import base64
from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (runOnly) => {
    const found = await axe.run(document, { runOnly });
    return found.violations.map(rule => rule.id + ": " + rule.nodes.slice(0, 3).map(node => node.html).join(" | "));
}"""

# WCAG 2.2, 2.5.8: what is pressed is 24 pixels high, or stands alone in its line or text.
SMALL = """() => [...document.querySelectorAll("button, summary, select, input:not([type=checkbox])")]
    .filter(part => part.checkVisibility() && !part.closest("th") && part.getBoundingClientRect().height < 24)
    .map(part => "too small to press: " + part.outerHTML.slice(0, 90))"""

LOOKS = {
    "light": dict(viewport={"width": 1280, "height": 900}, color_scheme="light"),
    "dark": dict(viewport={"width": 768, "height": 900}, color_scheme="dark"),
    "narrow": dict(viewport={"width": 320, "height": 700}, color_scheme="light"),
}


@pytest.fixture(scope="module")
def addresses(desk, page, seeds):
    """One address of every type of page; the store is filled by the session of work before."""
    # A text that is known already makes a job and changes nothing.
    known = {"files": [{"name": "again.txt", "base64": base64.b64encode(seeds["000"].read_bytes()).decode()}]}
    job = page.request.post(desk.address + "/docs", data=known, headers={"Authorization": f"Bearer {desk.token}"})
    assert job.status == 202, job.text()

    def first(listing):
        return page.request.get(f"{desk.address}/{listing}.json?limit=1").json()[0]["id"]

    pair = "/pair/AZE-PAK"
    plain = ["/", "/facts", "/records", "/docs", "/people", "/search?q=energy", "/about", "/nothing", pair, pair + "/agreements"]
    plain += ["/issues", "/issues/karabakh", "/runs", "/diff", "/codebook", "/changes", "/search?q=energy&what=fact"]
    plain += ["/review", "/review/decisions", "/changes?since=2020-01-01&limit=20", "/series?limit=20", "/series/AZE-PAK?by=month"]
    plain += [f"/facts/{first('facts')}/{below}" for below in ("why", "history")]
    return plain + [f"/{listing}/{first(listing)}" for listing in ("facts", "records", "docs")] + ["/jobs/1"]


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_breaks_a_rule(desk, browser, addresses, look):
    # In the dark only colours are others.
    rules = ["color-contrast", "link-in-text-block"] if look == "dark" else RULES
    # The pages' own policy forbids foreign script, that of the test too.
    context = browser.new_context(bypass_csp=True, **LOOKS[look])
    page = context.new_page()
    broken = {}
    for address in addresses:
        page.goto(desk.address + address)
        page.evaluate(AXE)
        found = page.evaluate(RUN, rules)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("the page is wider than the screen")
        found.extend(page.evaluate(SMALL))
        if found:
            broken[address] = found
    context.close()
    assert not broken, broken


@pytest.mark.parametrize("which", ["edit", "merge"])
def test_a_dialog_breaks_no_rule(desk, browser, which):
    context = browser.new_context(bypass_csp=True, **LOOKS["narrow"])
    page = context.new_page()
    page.goto(desk.address + "/review?kind=agreement")
    page.keyboard.press("j")
    page.keyboard.press(which[0])
    page.wait_for_selector(f"#{which}-dialog[open]")
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    context.close()


def test_whatever_can_be_clicked_can_be_reached_by_tab(desk, page):
    fact = page.request.get(f"{desk.address}/facts.json?limit=1").json()[0]["id"]
    for address in ("/", "/pair/AZE-PAK/agreements", f"/facts/{fact}", "/review/decisions", "/series/AZE-PAK"):
        page.goto(desk.address + address)
        wanted = page.evaluate(
            """() => {
                const parts = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
                    .filter(part => part.checkVisibility({ checkVisibilityCSS: true }));
                parts.forEach((part, n) => part.dataset.part = n);
                return parts.length;
            }"""
        )
        reached = set()
        # Fields of days have several places each.
        for _ in range(3 * wanted + 20):
            page.keyboard.press("Tab")
            at = page.evaluate("document.activeElement.dataset.part ?? null")
            if at is not None:
                reached.add(at)
            if len(reached) == wanted:
                break
        assert len(reached) == wanted, f"{address}: {len(reached)} of {wanted}"


def test_every_page_reads_without_script(desk, browser, addresses):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 768, "height": 900})
    plain = context.new_page()
    for address in addresses:
        plain.goto(desk.address + address)
        text = plain.inner_text("main")
        assert len(text) > 30, address
        shown = plain.locator("main button:visible, dialog:visible").all_inner_texts()
        assert set(shown) <= {"Apply", "Search", "Show"}, f"{address}: {shown} does nothing without script"
    context.close()
