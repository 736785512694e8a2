"""A client that sets controls to anything, at random."""

from app import edit_table

from ui.tabs.tabs import LABELS
from ui.view import COMPARED

HALF = "\ud800"  # a character, which a cell may hold, and a field's message cannot
TEXTS = (
    "",
    " ",
    "0",
    "1",
    "-1",
    "nan",
    "1e400",
    "9" * 400,
    "x" * 5_000,
    "**a** $x$ <b>",
    "é\u200b",
    HALF,
    "_index",
    "y",
)
NUMBERS = (-1e300, -1, 0, 1, 2, 16, 200, 5_000, 1e300)
ROWS = (-1, 0, 1, 3, 99)


def act(app, chance):
    """Set one control of the page to something; return what was done."""
    actions = {
        "edit": _edit,
        "text": _type,
        "number": _set_number,
        "press": _press,
        "switch": _switch,
        "choose": _choose,
        "tab": _open_tab,
        "compare": _compare,
    }
    name = chance.choice(list(actions))
    return name, actions[name](app, chance)


def _edit(app, chance):
    columns = [*app.dataframe[0].value.columns, "nope", "_index"] if app.dataframe else ["nope"]
    cells = {column: chance.choice([*TEXTS, None, 5, [1], {}]) for column in chance.sample(columns, 2 % len(columns))}
    edits = {
        "edited_rows": {chance.choice(ROWS): cells},
        "added_rows": [cells] * chance.choice([0, 1, 30]),
        "deleted_rows": chance.sample(ROWS, 2),
    }
    edit_table(app, **edits)
    return edits


def _type(app, chance):
    return _set(chance, [*app.text_input, *app.text_area], [text for text in TEXTS if text != HALF])


def _set_number(app, chance):
    return _set(chance, [*app.number_input, *app.slider], NUMBERS)


def _switch(app, chance):
    return _set(chance, app.toggle, (True, False))


def _choose(app, chance):
    widgets = [widget for widget in (*app.selectbox, *app.radio) if not widget.disabled]
    if not widgets:
        return None
    widget = chance.choice(widgets)
    widget.set_value(chance.choice(widget.options) if widget.key is None else widget.value)
    return widget.label


def _press(app, chance):
    button = chance.choice([button for button in app.button if not button.disabled])
    button.click()
    return button.label


def _open_tab(app, chance):
    app.session_state["page_tab"] = chance.choice([*LABELS.values(), "nope"])
    return app.session_state["page_tab"]


def _compare(app, chance):
    app.session_state["page_tab"] = "Compare"
    app.session_state["page_compare"] = chance.choice([*COMPARED.names, "nope", None])
    return app.session_state["page_compare"]


def _set(chance, widgets, values):
    usable = [widget for widget in widgets if not widget.disabled]
    if not usable:
        return None
    widget, value = chance.choice(usable), chance.choice(values)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = type(widget.value or 0)(min(max(value, widget.min), widget.max))
    widget.set_value(value)
    return widget.label, value
