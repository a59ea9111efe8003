"""No page type breaks a rule of WCAG 2.2 A or AA that a machine can see; in light, in dark, and on a narrow screen."""

from pathlib import Path

import pytest

AXE = (Path(__file__).parent / "node_modules/axe-core/axe.min.js").read_text()
RUN = """async () => {
    const found = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return found.violations.map(rule => rule.id + ": " + rule.nodes.slice(0, 3).map(node => node.html).join(" | "));
}"""

LOOKS = {
    "light": dict(viewport={"width": 1280, "height": 900}, color_scheme="light"),
    "dark": dict(viewport={"width": 800, "height": 900}, color_scheme="dark"),
    "narrow": dict(viewport={"width": 320, "height": 700}, color_scheme="light"),
}


@pytest.fixture(scope="module")
def addresses(desk, page):
    """One address of every type of page; the store is filled by the session of work before."""

    def first(listing):
        return page.request.get(f"{desk.address}/{listing}.json?limit=1").json()[0]["id"]

    pair = "/pair/AZE-PAK"
    plain = ["/", "/facts", "/records", "/docs", "/people", "/search?q=energy", "/about", "/nothing", pair, pair + "/agreements"]
    return plain + [f"/{listing}/{first(listing)}" for listing in ("facts", "records", "docs")] + ["/jobs/1"]


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_breaks_a_rule(desk, browser, addresses, look):
    # The pages' own policy forbids foreign script, that of the test too.
    context = browser.new_context(bypass_csp=True, **LOOKS[look])
    page = context.new_page()
    broken = {}
    for address in addresses:
        page.goto(desk.address + address)
        page.evaluate(AXE)
        found = page.evaluate(RUN)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("the page is wider than the screen")
        if found:
            broken[address] = found
    context.close()
    assert not broken, broken
