"""The README's pictures and its film: `make picture` takes them anew."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect
from the_page import ThePage

DOCS = Path(__file__).parents[2] / "docs"
SHOWN = 1_400  # milliseconds, of each picture of the film
MAIN_PANE = {"x": 342, "y": 0, "width": 938, "height": 800}
FILM_SIZE = (821, 700)


def test_pictures(the_page: ThePage) -> None:
    """Take the first screen as a newcomer sees it, in both themes."""
    page = the_page.page
    for theme, name in (("light", "page.png"), ("dark", "page-dark.png")):
        page.emulate_media(color_scheme=theme)
        the_page.everything()
        page.screenshot(path=DOCS / name, animations="disabled")
    page.emulate_media(color_scheme="null")


def test_film(the_page: ThePage) -> None:
    """Take a film of a few steps and of an exercise."""
    first, *others = scenes(the_page)
    first.save(DOCS / "film.gif", save_all=True, append_images=others, duration=SHOWN, loop=0, optimize=True)
    assert (DOCS / "film.gif").stat().st_size < 2_000_000


def scenes(the_page: ThePage) -> Iterator[Image.Image]:
    """Yield what a reader sees who goes on a few updates, and then works out a weight."""
    page = the_page.page
    page.get_by_test_id("stMain").evaluate(
        "(main, down) => main.scrollBy(0, down)", page.get_by_role("tablist").bounding_box()["y"] - 70
    )
    yield taken(the_page)
    for button in ("+1", "+1", "+10", "+10"):
        the_page.click(button)
        yield taken(the_page)
    the_page.click("First")
    the_page.open_tab("Your turn")
    answer = page.get_by_role("textbox", name="New weight")
    answer.scroll_into_view_if_needed()
    yield taken(the_page)
    for text, said in {"-1.1489": "The sign is flipped.", "-0,8506": "Right: -0.85063774"}.items():
        answer.fill(text)
        answer.press("Enter")
        expect(page.get_by_text(said)).to_be_visible()
        yield taken(the_page)


def taken(the_page: ThePage) -> Image.Image:
    """Return what is shown in the main pane, smaller."""
    the_page.everything()
    picture = Image.open(BytesIO(the_page.page.screenshot(animations="disabled", clip=MAIN_PANE)))
    return picture.convert("RGB").resize(FILM_SIZE, Image.Resampling.LANCZOS).quantize()
