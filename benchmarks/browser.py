"""From the key press to the new chart, as a reader in Chromium sees it."""

import sys
from statistics import median
from typing import Final

from playwright.sync_api import Page, sync_playwright

from benchmarks.page import serving
from benchmarks.table import Table
from deploy.serve import ROOT

sys.path.append(str(ROOT / "tests" / "browser"))

from chromium import ARGUMENTS, find

CHANGES: Final = 15
FIRST_SEED: Final = 500
# From the press of Enter until the curve is another, in milliseconds.
WATCH: Final = """() => {
    const curve = () => document.querySelector(".st-key-page_loss_chart .js-line")?.getAttribute("d");
    const before = curve();
    window.waited = new Promise(done => {
        document.addEventListener("keydown", () => {
            const start = performance.now();
            const look = () => curve() && curve() !== before
                ? done(performance.now() - start)
                : requestAnimationFrame(look);
            look();
        }, { once: true, capture: true });
    });
}"""


def tables() -> list[Table]:
    """Measure, and return the table."""
    with serving("streamlit_app.py") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(server.url)
        page.locator(".st-key-page_loss_chart .js-line").wait_for(state="attached")
        waits = [_wait(page, FIRST_SEED + number) for number in range(1 + CHANGES)][1:]
        browser.close()
    row = ("a new seed, typed", f"{median(waits):.0f}", f"{min(waits):.0f}", f"{max(waits):.0f}")
    note = f"From Enter to the new loss chart, {CHANGES} times, with server and Chromium on the same cores."
    return [Table("What a reader waits for", ("", "median, ms", "least", "most"), [row], note)]


def _wait(page: Page, seed: int) -> float:
    field = page.get_by_role("spinbutton", name="Seed")
    field.fill(str(seed))
    page.evaluate(WATCH)
    field.press("Enter")
    return float(page.evaluate("window.waited"))
