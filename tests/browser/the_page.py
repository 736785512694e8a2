"""The page as a reader uses it: what journeys do and read, in the page's own words."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import WebSocket

# Streamlit's grid takes over what was typed a moment after the key press.
AFTER_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PATIENCE = 180_000  # milliseconds: a cold server and browser took more than 60 s beside twenty other processes
MOST_LOOKS = PATIENCE // 33  # at a page that is busy, each two frames long
READING_PAUSE = 200  # milliseconds: all of the page takes long to read
MARKER_WIDTH, ROW_HEIGHT = 33, 33
PANEL_HEIGHT = 93  # of a neuron's small picture, below its name
EVERYTHING = """() => {
    const all = (selector, read) => Array.from(document.querySelectorAll(selector), read).join("\\n");
    return [
        document.querySelector("[data-testid=stMain]").innerText,
        all(".main-svg text", text => text.textContent),
        all("[data-testid=stSidebar] [id^=glide-cell]", cell => cell.textContent),
        all("input", field => `${field.value} ${field.checked}`),
    ].join("\\n");
}"""


def as_bytes(frame: bytes | str) -> bytes:
    """Return a message as it was sent: Playwright has text where a browser was sent text."""
    return frame if isinstance(frame, bytes) else frame.encode()


def asks_for_a_run(frame: bytes | str) -> bool:
    message = BackMsg.FromString(as_bytes(frame))
    return bool(message.HasField("rerun_script"))


def is_served(url: str) -> bool:
    """Tell whether somebody listens at an address."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname, parts.port)):
            return True
    except ConnectionRefusedError:
        return False


class ThePage:
    """A tab, and the visit in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        self.requested: list[str] = []
        self.console: list[str] = []
        page.on("request", lambda request: self.requested.append(request.url))
        self.sent = 0  # messages to the server
        self.is_awaited = False  # a run that was asked for and has not begun
        self.is_running = False
        self.is_cut_off = False
        self.outlives_its_server = False
        page.on("websocket", self._listen)
        page.on("console", lambda message: self.console.append(message.text) if message.type == "error" else None)

    def _listen(self, connection: WebSocket) -> None:
        self.connection = connection
        self.is_awaited = self.is_running = self.is_cut_off = False
        connection.on("framesent", self._note_sent)
        connection.on("framereceived", self._note_received)
        connection.on("close", self._note_close)

    def _note_close(self, connection: WebSocket) -> None:
        if connection is not self.connection:
            return
        self.is_cut_off = True
        if not self.outlives_its_server and not is_served(connection.url):
            self.page.close()  # which ends at once what waits for something to be shown

    def _note_sent(self, frame: bytes | str) -> None:
        self.sent += 1
        self.is_awaited |= asks_for_a_run(frame)

    def _note_received(self, frame: bytes | str) -> None:
        message = ForwardMsg.FromString(as_bytes(frame))
        if message.HasField("new_session"):
            self.is_awaited, self.is_running = False, True
        elif message.HasField("script_finished"):  # another run follows one that has asked for it
            self.is_running = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def open(self, address: str) -> ThePage:
        """Load the page, as a new visit, and wait until its run is shown."""
        self.requested.clear()
        self.console.clear()
        self.page.goto(address)
        expect(self.loss_chart).to_be_visible()
        return self.wait_until_idle()

    def wait_until_idle(self) -> ThePage:
        """Wait until every run that was asked for has ended and is shown, with what Streamlit loads only then."""
        for _ in range(MOST_LOOKS):
            self.page.evaluate(AFTER_TWO_FRAMES)  # meanwhile messages are noted
            assert not self.is_cut_off, "The server has ended."
            if not (self.is_awaited or self.is_running):
                break
        else:
            raise AssertionError(f"The server has not answered: {self.page.url}")
        shown = "[data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))"
        expect(self.page.locator(shown)).to_be_attached()
        return self

    @property
    def summary(self) -> Locator:
        """The line about the training; while another takes its place, there are two."""
        return self.page.get_by_text("a forward pass predicts the targets of all rows").first

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

    @property
    def film_picture(self) -> Locator:
        """The picture of what the network computes, beside it in the film."""
        return self.page.locator(".st-key-page_film_picture")

    @property
    def film_colours(self) -> Locator:
        """The map's colours in it, as an image."""
        return self.film_picture.locator(".heatmaplayer image").first

    def everything(self) -> str:
        """Return all that the page says in its tables, charts and sentences, and what its open controls are set to.

        It is read until it stays, for charts are drawn after the run has ended.
        """
        self.wait_until_idle()
        self.page.evaluate("() => { window.said = null; }")
        twice = f"() => {{ const before = window.said; return before === (window.said = ({EVERYTHING})()); }}"
        self.page.wait_for_function(twice, polling=READING_PAUSE)
        everything: str = self.page.evaluate("said")
        return everything

    def wait_until_it_says(self, everything: str) -> None:
        try:
            says = f"everything => ({EVERYTHING})() === everything"
            self.page.wait_for_function(says, arg=everything, polling=READING_PAUSE)
        except Error as error:
            raise AssertionError(f"Expected:\n{everything}\n\nThe page says:\n{self.everything()}") from error

    def click(self, button: str) -> None:
        self.wait_until_idle()
        self.page.get_by_role("button", name=button, exact=True).click()

    def choose(self, label: str, option: str) -> None:
        self.wait_until_idle()
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    @property
    def loss_plot(self) -> Locator:
        return self.page.locator(".st-key-page_loss_chart .nsewdrag").first

    @property
    def loss_tooltip(self) -> Locator:
        return self.page.locator(".st-key-page_loss_chart .hovertext").first

    def hover_loss_chart(self) -> None:
        """Move the pointer about the middle of the loss chart until it tells the point there."""
        self.wait_until_idle()
        self.page.mouse.move(0, 0)
        expect(self.loss_tooltip).not_to_be_attached()
        self._point_at(self.loss_plot, self.loss_tooltip)

    def _point_at(self, mark: Locator, tooltip: Locator) -> None:
        """Move the pointer to a mark of a figure until its tooltip is there: what is being drawn notices no pointer."""
        mark.scroll_into_view_if_needed()
        for look in range(MOST_LOOKS):
            box = mark.bounding_box()
            self.page.mouse.move(box["x"] + box["width"] / 2 + look % 2, box["y"] + box["height"] / 2)
            self.page.evaluate(AFTER_TWO_FRAMES)
            if tooltip.is_visible():
                return
        raise AssertionError(f"No tooltip is shown at {box}.")

    def click_loss_chart(self) -> None:
        self.hover_loss_chart()
        self.loss_plot.click()

    def click_best_seed(self) -> None:
        """Click the first of the points that stand for seeds, once the chart tells which seed it is."""
        self.wait_until_idle()
        fan = self.page.locator(".st-key-page_fan")
        self._point_at(fan.locator(".x2y2 .point").first, fan.locator(".hovertext").first)
        self.page.mouse.down()
        self.page.mouse.up()

    def click_node(self, name: str) -> None:
        """Click a node of the network's drawing, whose name stands in it."""
        self.wait_until_idle()
        node = self.page.locator(".st-key-page_network .scatterlayer text").filter(has_text=re.compile(f"^{name}$"))
        node.first.scroll_into_view_if_needed()
        box = node.first.bounding_box()
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def click_above(self, word: Locator, pixels: int) -> None:
        """Click so far above a word of a figure."""
        word.scroll_into_view_if_needed()
        box = word.bounding_box()
        middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - pixels
        self.page.mouse.move(*middle)
        self.page.evaluate(AFTER_TWO_FRAMES)  # Plotly learns what is pointed at
        self.page.mouse.click(*middle)

    def click_panel(self, name: str) -> None:
        """Click below a neuron's name among the small pictures of what each computes."""
        self.wait_until_idle()
        panel = self.page.locator(".st-key-page_neurons .scatterlayer text").filter(has_text=re.compile(f"^{name}$"))
        panel.scroll_into_view_if_needed()
        box = panel.bounding_box()
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] + PANEL_HEIGHT / 2)

    def open_tab(self, name: str) -> None:
        self.wait_until_idle()
        self.page.get_by_role("tab", name=name).click()
        self.wait_until_idle()

    def table_rows(self, title: str) -> Locator:
        """Return the rows of the table under a heading, without its header."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.page.get_by_test_id("stVerticalBlock").filter(has=heading).last.locator("tbody tr")

    def tables_at(self) -> int:
        """Return how far down the predictions begin, in pixels."""
        return round(self.page.get_by_role("heading", name="Predictions", exact=True).bounding_box()["y"])

    def expect_table(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        """Wait until the table under a heading holds these cells."""
        cells = self.table_rows(title).locator("td")
        expect(cells).to_have_text([cell for row in rows for cell in row])

    def expect_last_columns(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        """Wait until the last columns of the table under a heading hold these cells."""
        cells = self.table_rows(title).locator(f"td:nth-last-child(-n+{len(rows[0])})")
        expect(cells).to_have_text([cell for row in rows for cell in row])

    def set_number(self, label: str, value: float) -> None:
        field = self.page.get_by_role("spinbutton", name=label, exact=True)
        field.fill(str(value))
        field.press("Enter")

    def cell(self, row: int, column: int) -> Locator:
        """Return a cell of the data table, rows and columns counted from 1."""
        return self.page.locator("[class*=st-key-page_table_]").get_by_test_id(f"glide-cell-{column}-{row - 1}")

    def select_cell(self, row: int, column: int, columns: int = 4) -> None:
        self.wait_until_idle()
        if self.cell(row, column).get_attribute("aria-selected") == "true":  # a click would open it
            self.cell(row, column).focus()
            return
        width = self.grid.bounding_box()["width"] - MARKER_WIDTH
        position = {"x": MARKER_WIDTH + width * (column - 0.5) / columns, "y": ROW_HEIGHT * (row + 0.5)}
        self.grid.hover()  # from the pointer the grid learns that it was scrolled
        self.grid.click(position=position)
        expect(self.cell(row, column)).to_have_attribute("aria-selected", "true")
        self.page.evaluate(AFTER_TWO_FRAMES)

    def edit_cell(self, row: int, column: int, text: str) -> None:
        """Type `text` into a cell of the data table."""
        self.select_cell(row, column)
        self.type_into(self.cell(row, column), text)

    def edit_weight(self, layer: int, row: int, column: int, text: str) -> None:
        """Type `text` into a table of starting weights, layers, rows and columns counted from 1."""
        table = self.page.locator("[class*=st-key-page_weights_]").nth(layer - 1)
        cell = table.get_by_test_id(f"glide-cell-{column}-{row - 1}")
        table.locator(".dvn-scroller").hover()
        table.locator(".dvn-scroller").click()
        cell.focus()
        expect(cell).to_have_attribute("aria-selected", "true")
        self.page.evaluate(AFTER_TWO_FRAMES)
        self.type_into(cell, text)

    def type_into(self, cell: Locator, text: str) -> None:
        """Type `text` into a cell that has the focus."""
        editor = self.page.locator("#portal textarea")
        self.page.keyboard.press("Enter")
        editor.press("ControlOrMeta+a")
        editor.press("Delete")
        editor.press_sequentially(text)
        expect(editor).to_have_value(text)
        self.page.evaluate(AFTER_TWO_FRAMES)
        with self.connection.expect_event("framesent", asks_for_a_run):  # which the grid does 150 ms later
            self.page.keyboard.press("Enter")
        expect(editor).not_to_be_attached()
        expect(cell).to_have_text(text)
        self.wait_until_idle()

    def paste(self, text: str) -> None:
        """Paste a table over the data table, from its first cell on."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.select_cell(1, 1)
        self.page.keyboard.press("Control+v")
