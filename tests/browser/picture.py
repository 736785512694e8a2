"""The README's picture: `make picture` takes it anew."""

from pathlib import Path

from the_page import ThePage

PICTURE = Path(__file__).parents[2] / "docs" / "page.png"


def test_picture(the_page: ThePage) -> None:
    """Take the first screen as a newcomer sees it."""
    the_page.page.screenshot(path=PICTURE, animations="disabled")
