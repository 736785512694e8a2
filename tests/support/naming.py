"""What columns might be called to break the page, and a visit that sees them everywhere."""

from dataclasses import replace

from app import button, opened, settled, tables

from core.dataset import column_name
from ui import training
from ui.formats.link import settings_query
from ui.settings import PUBLISHED
from ui.tabs.tabs import TABS

ODD = [
    "",
    " ",
    "x 2",
    "x  2",
    "x\u200b 2",
    "_index",
    "_pos:1",
    "__index_level_0__",
    "index",
    "row",
    "sum",
    "before",
    "final",
    "one",
    "h1",
    "h1 → output",
    "δ",
    "=1+1",
    "$x$",
    "www.example.org",
    "<a href='http://example.org'>a</a>",
    "%{x}",
    ":red[a]",
    "a|b",
    "\\|",
    "\\",
    "\u202ea\u202c",
    "\x00",
    "\u200d",
    "👩\u200d🚀",
    "e\u0301" + "\u0323" * 9,
    "n" * 10_000,
]


def are_usable(names):
    """Tell whether each can be seen, and told from the others."""
    seen = {*map(column_name, names)}
    return len(seen) == len(names) and "" not in seen


def names_of(app):
    """Return the columns' names in the run that is shown."""
    dataset = app.session_state[training.SHOWN].run.experiment.dataset
    return [*dataset.input_names, *dataset.target_names]


def visit(names, **changes):
    """Open a link to a table with these names, the targets' last; return the page once it has shown all of its tabs."""
    rows = tuple(tuple(str((row + column) % 2) for column in range(len(names))) for row in range(3))
    settings = replace(PUBLISHED["notebook"], names=tuple(names), rows=rows, epochs=20, **changes)
    app = opened(settings_query(settings))
    if are_usable(names):
        button(app, "Keep this run").click()
        for tab in TABS:
            app.session_state["page_tab"] = tab.label
            assert tables(settled(app.run()))  # whose cells are as many in every row
    return app
