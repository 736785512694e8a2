"""The page as a reader uses it: what journeys do and read, in the page's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Error, Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import WebSocket

# Streamlit's grid takes over what was typed a moment after the key press.
AFTER_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PATIENCE = 60_000  # milliseconds: a cold server on a busy machine takes its time
MOST_LOOKS = 2_000  # at a page that is busy, each two frames long
MARKER_WIDTH, ROW_HEIGHT = 33, 33
EVERYTHING = """() => {
    const all = (selector, read) => Array.from(document.querySelectorAll(selector), read).join("\\n");
    return [
        document.querySelector("[data-testid=stMain]").innerText,
        all(".main-svg text", text => text.textContent),
        all("[data-testid=stSidebar] [id^=glide-cell]", cell => cell.textContent),
        all("[data-testid=stSidebar] input", field => `${field.value} ${field.checked}`),
    ].join("\\n");
}"""


def as_bytes(frame: bytes | str) -> bytes:
    """Return a message as it was sent: Playwright has text where a browser was sent text."""
    return frame if isinstance(frame, bytes) else frame.encode()


class ThePage:
    """One visit."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        self.url = url
        self.requested: list[str] = []
        self.console: list[str] = []
        page.on("request", lambda request: self.requested.append(request.url))
        self.sent = 0  # messages to the server
        self.is_awaited = False  # a run that was asked for and has not begun
        self.is_running = False
        self.is_cut_off = False
        page.on("websocket", self._listen)
        page.on("console", lambda message: self.console.append(message.text) if message.type == "error" else None)

    def _listen(self, socket: WebSocket) -> None:
        self.is_awaited = self.is_running = self.is_cut_off = False
        socket.on("framesent", self._note_sent)
        socket.on("framereceived", self._note_received)
        socket.on("close", self._note_close)

    def _note_close(self, _socket: WebSocket) -> None:
        self.is_cut_off = True

    def _note_sent(self, frame: bytes | str) -> None:
        self.sent += 1
        self.is_awaited |= BackMsg.FromString(as_bytes(frame)).HasField("rerun_script")

    def _note_received(self, frame: bytes | str) -> None:
        message = ForwardMsg.FromString(as_bytes(frame))
        if message.HasField("new_session"):
            self.is_awaited, self.is_running = False, True
        elif message.HasField("script_finished"):  # another run follows one that has asked for it
            self.is_running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def open(self, query: str = "") -> ThePage:
        """Load the page and wait until its run is shown."""
        self.page.goto(f"{self.url}/{query}")
        expect(self.loss_chart).to_be_visible()
        return self.wait_until_idle()

    def wait_until_idle(self) -> ThePage:
        """Wait until every run that was asked for has ended and is shown."""
        for _ in range(MOST_LOOKS):
            self.page.evaluate(AFTER_TWO_FRAMES)  # meanwhile messages are noted
            assert not self.is_cut_off, "The server has ended."
            if not (self.is_awaited or self.is_running):
                break
        else:
            raise AssertionError(f"The server has not answered: {self.page.url}")
        expect(self.page.locator("[data-test-script-state=notRunning]")).to_be_attached()
        return self

    @property
    def summary(self) -> Locator:
        return self.page.get_by_text("a forward pass predicts the targets of all rows")

    @property
    def warning(self) -> Locator:
        return self.page.get_by_test_id("stMain").get_by_role("alert")

    @property
    def table_message(self) -> Locator:
        return self.page.get_by_test_id("stSidebar").get_by_role("alert")

    @property
    def progress(self) -> Locator:
        return self.page.get_by_role("progressbar")

    @property
    def loss_chart(self) -> Locator:
        return self.page.locator(".st-key-page_loss_chart .main-svg").first

    @property
    def grid(self) -> Locator:
        return self.page.locator("[class*=st-key-page_table_] .dvn-scroller")

    @property
    def state(self) -> Locator:
        """The caption that tells which row and state are shown."""
        return self.page.get_by_text("in state").first

    @property
    def film(self) -> Locator:
        return self.page.locator(".st-key-page_film")

    def everything(self) -> str:
        """Return all that the page says in its tables, charts and sentences, and what its open controls are set to."""
        everything: str = self.page.evaluate(EVERYTHING)
        return everything

    def wait_until_it_says(self, everything: str) -> None:
        """Wait until the page says exactly this."""
        try:
            self.page.wait_for_function(f"everything => ({EVERYTHING})() === everything", arg=everything)
        except Error as error:
            raise AssertionError(f"Expected:\n{everything}\n\nThe page says:\n{self.everything()}") from error

    def click(self, button: str) -> None:
        self.wait_until_idle()
        self.page.get_by_role("button", name=button, exact=True).click()

    def choose(self, label: str, option: str) -> None:
        """Choose an option of a list."""
        self.wait_until_idle()
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    def click_loss_chart(self) -> None:
        """Click the middle of the loss chart, once it tells the point there."""
        self.page.mouse.move(0, 0)
        plot = self.page.locator(".st-key-page_loss_chart .nsewdrag").first
        plot.hover()
        expect(self.page.locator(".st-key-page_loss_chart .hovertext").first).to_be_visible()
        plot.click()

    def open_tab(self, name: str) -> None:
        self.wait_until_idle()
        self.page.get_by_role("tab", name=name).click()
        self.wait_until_idle()

    def table_rows(self, title: str) -> Locator:
        """Return the rows of the table under a heading, without its header."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.page.get_by_test_id("stVerticalBlock").filter(has=heading).last.locator("tbody tr")

    def expect_table(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        """Wait until the table under a heading holds these cells."""
        cells = self.table_rows(title).locator("td")
        expect(cells).to_have_text([cell for row in rows for cell in row])

    def expect_last_columns(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        """Wait until the last columns of the table under a heading hold these cells."""
        cells = self.table_rows(title).locator(f"td:nth-last-child(-n+{len(rows[0])})")
        expect(cells).to_have_text([cell for row in rows for cell in row])

    def set_number(self, label: str, value: float) -> None:
        field = self.page.get_by_role("spinbutton", name=label)
        field.fill(str(value))
        field.press("Enter")

    def cell(self, row: int, column: int) -> Locator:
        """Return a cell of the data table, rows and columns counted from 1."""
        return self.page.locator("[class*=st-key-page_table_]").get_by_test_id(f"glide-cell-{column}-{row - 1}")

    def select_cell(self, row: int, column: int, columns: int = 4) -> None:
        width = self.grid.bounding_box()["width"] - MARKER_WIDTH
        position = {"x": MARKER_WIDTH + width * (column - 0.5) / columns, "y": ROW_HEIGHT * (row + 0.5)}
        self.grid.hover()  # from the pointer the grid learns that it was scrolled
        self.grid.click(position=position)
        expect(self.cell(row, column)).to_have_attribute("aria-selected", "true")
        self.page.evaluate(AFTER_TWO_FRAMES)

    def edit_cell(self, row: int, column: int, text: str) -> None:
        """Type `text` into a cell of the data table."""
        self.select_cell(row, column)
        self._type_into(self.cell(row, column), text)

    def edit_weight(self, layer: int, row: int, column: int, text: str) -> None:
        """Type `text` into a table of starting weights, layers, rows and columns counted from 1."""
        table = self.page.locator("[class*=st-key-page_weights_]").nth(layer - 1)
        cell = table.get_by_test_id(f"glide-cell-{column}-{row - 1}")
        table.locator(".dvn-scroller").hover()
        table.locator(".dvn-scroller").click()
        cell.focus()
        expect(cell).to_have_attribute("aria-selected", "true")
        self.page.evaluate(AFTER_TWO_FRAMES)
        self._type_into(cell, text)

    def _type_into(self, cell: Locator, text: str) -> None:
        editor = self.page.locator("#portal textarea")
        if not editor.is_visible():  # a click on a cell that was selected already has opened it
            self.page.keyboard.press("Enter")
        editor.fill(text)
        expect(editor).to_have_value(text)
        self.page.evaluate(AFTER_TWO_FRAMES)
        self.page.keyboard.press("Enter")
        expect(editor).not_to_be_attached()
        expect(cell).to_have_text(text)
        self.wait_until_idle()

    def paste(self, text: str) -> None:
        """Paste a table over the data table, from its first cell on."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.select_cell(1, 1)
        self.page.keyboard.press("Control+v")
