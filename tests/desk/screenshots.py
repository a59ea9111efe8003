"""Pictures of the desk for the README: the example articles that `verbale demo` has, in Debian's Chromium.

    python screenshots.py FOLDER
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from conftest import Desk, launch
from playwright.sync_api import sync_playwright

ARTICLES = Path(__file__).parent.parent.parent / "examples/aze-pak"
LARGEST = 200_000


def take(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = launch(playwright)
        desk = Desk(str(Path(work) / "demo.db"), add=[ARTICLES])
        alone = Path(work) / "demo.html"
        alone.write_text(subprocess.run([os.environ["VERBALE"], "demo", "--format", "html"], check=True, capture_output=True, text=True).stdout)
        try:
            page = browser.new_context(viewport={"width": 1000, "height": 560}).new_page()
            page.goto(desk.with_token)

            def shot(name, address, look=lambda: None):
                page.goto(address)
                look()
                page.wait_for_timeout(200)
                file = folder / f"{name}.png"
                page.screenshot(path=file)
                size = file.stat().st_size
                assert size < LARGEST, f"{file}: {size} bytes; a README is loaded on slow lines too"
                print(f"{file}: {size} bytes")

            def to(selector):
                return lambda: page.locator(selector).first.evaluate("part => part.scrollIntoView()")

            document = page.request.get(desk.address + "/docs.json").json()[0]["id"]
            shot("desk-pair", desk.address + "/pair/AZE-PAK", to("#timeline"))
            shot("desk-reader", f"{desk.address}/docs/{document}", to(".reader"))
            shot("desk-review", desk.address + "/review", lambda: (page.fill("#by", "Ada"), page.locator("#by").blur(), page.keyboard.press("j")))
            shot("desk-series", desk.address + "/series/AZE-PAK?by=quarter")
            shot("page-file", alone.as_uri(), to("#glance"))
        finally:
            desk.stop()
            browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]))
