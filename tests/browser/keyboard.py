"""Who has a keyboard and no pointer."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, expect
from the_page import ThePage

MOST_PRESSES = 300  # of a key: more than there are controls on the page
STOPS = Path(__file__).with_name("stops.js").read_text(encoding="utf-8")
NAMED = re.compile(r'^- \'?[a-z]+ "|^- (paragraph|code): \S|^- main:$')  # a summary and a link to copy go by text


class Typist:
    """Who presses keys, and looks at every control that these lead to."""

    def __init__(self, the_page: ThePage) -> None:
        self.the_page = the_page
        self.page = the_page.page
        self.page.evaluate(STOPS)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def go_to(self, control: Locator, key: str = "Tab") -> None:
        """Press a key until a control has the focus; fail if it comes to one unseen or unnamed instead."""
        self.the_page.wait_until_idle()
        for _ in range(MOST_PRESSES):
            if control.evaluate("control => control.contains(control.getRootNode().activeElement)"):
                return
            self.page.evaluate("leave()")
            self.page.keyboard.press(key)
            self._look()
        now = self.page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
        pytest.fail(f"{key}, pressed {MOST_PRESSES} times, never comes to {control}. The focus is on {now}")

    def _look(self) -> None:
        """Fail unless what has the focus is in sight and has a name, and what had it before looked otherwise then."""
        try:
            self.page.wait_for_function("arrive()")  # what a control looks like may change a moment later
        except Error:
            pytest.fail("A control that the focus comes to " + "\n".join(self.page.evaluate("faults")))
        focused = self.page.locator(":focus")
        if focused.count():
            said = focused.last.aria_snapshot().partition("\n")[0]
            is_in_named_region = "element => element.closest('[role=region][aria-label]') !== null"
            if not (NAMED.match(said) or focused.last.evaluate(is_in_named_region)):
                pytest.fail(f"A control that the focus comes to has no name: {said}")

    def press(self, key: str) -> None:
        """Press a key and wait for what it does, after which something has the focus."""
        self.page.keyboard.press(key)
        self.the_page.wait_until_idle()
        self.page.wait_for_function("document.activeElement !== document.body")

    def use(self, control: Locator, key: str = "Enter", *, by: str = "Tab") -> None:
        """Go to a control and press a key."""
        self.go_to(control, by)
        self.press(key)

    def choose(self, group: Locator, option: str, *, by: str = "Tab", along: str = "ArrowRight") -> None:
        """Go to a few choices that stand beside each other, and along them to one, and choose it."""
        self.go_to(group, by)
        self.use(group.get_by_role("radio", name=option, exact=True), "Space", by=along)

    def type_into(self, field: Locator, text: str, *, by: str = "Tab") -> None:
        """Go to a field and type a text in place of what is there."""
        self.go_to(field, by)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.press("Enter")
        expect(field).to_be_focused()
