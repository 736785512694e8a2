"""A client that opens the page by any link and sets controls to anything, at random, and what it then sees."""

import re
from urllib.parse import parse_qsl, urlencode

import numpy as np
from app import edit, edit_table, query, tables
from hostile_settings import any_experiment, any_settings, any_view
from hostile_text import any_experiment_file, any_query, any_table_file

from core import forward, train
from ui import training
from ui.address import LATEST_SETTINGS
from ui.formats.kept import PARAMETER
from ui.formats.link import NOT_HERE, from_query, to_query
from ui.formats.saved import experiment_json, table_csv
from ui.hiding import HIDE
from ui.names import neuron_names
from ui.prediction.changes import change_of
from ui.session import key
from ui.settings import experiment_from, plain
from ui.sidebar import controls
from ui.sidebar.data_table import COLUMNS, TABLE
from ui.sidebar.experiment import FINER_ARE_SHOWN
from ui.sidebar.starting_weights import WEIGHTS
from ui.tabs.tabs import LABELS
from ui.text import OBJECTIVE_NAMES, rounded_text
from ui.typed_number import read_number
from ui.view import COMPARED, Place
from ui.worked.exercise import exercise_of
from ui.worked.small_network import small_experiment
from ui.worked.step import neurons, step_at

HALF = "\ud800"  # a character, which a cell may hold, and a field's message cannot
TEXTS = (
    "",
    " ",
    "0",
    "1",
    "-1",
    "nan",
    "inf",
    "1/0",
    "1/3",
    "0,5",
    "1,000",
    "−½",
    "1e400",
    "9" * 400,
    "x" * 5_000,
    "**a** $x$ <b>",
    "é\u200b",
    HALF,
    "_index",
    "y",
)
TYPED = tuple(text for text in TEXTS if text != HALF)
NUMBERS = (-1e300, -1, 0, 1, 2, 16, 200, 5_000, 1e300)
WRONG = 0.2  # of the links
UNREAD = "Part of this link could not be read"
ROWS = (-1, 0, 1, 3, 99)
MOST_TRAINED = 20_000  # updates, of a run that is trained again to see whether it is the one that is shown
SUMMARY = re.compile(
    r"trained on ([\d,]+) rows? for ([\d,]+) epochs? from (?:the starting weights of seed (\d+)|typed starting weights)"
    r"(?: with learning rate (\S+))?, to make the (.+) small\."
)
ENDINGS, ENDING = "What came out: row", re.compile(r"row (\d+) ([\d.]\S*?)(?:,|$)")
LOSS = re.compile(r"the loss (?:stays at|(?:falls|rises) from (\S+) to) (\S+) in ([\d,]+) (?:update|epoch)")


def any_link(chance):
    """Draw the parameters of an address, which can mostly be read."""
    if chance.random() < WRONG:
        return dict(parse_qsl(urlencode(any_query(chance), errors="replace"), keep_blank_values=True))
    settings = any_settings(chance)
    return to_query(settings, any_view(settings, chance))


def act(app, chance):
    """Set one control of the page to something; return what was done, and what must then hold of the page."""
    actions = [
        *(_edit, _edit_weights, _type, _set_number, _switch, _choose, _choose, _choose_several, _press, _press, _press),
        *(_open_tab, _compare, _upload, _use, _answer, _ask_for_answer, _guess, _go),
        *(_fold, _fold),
    ]
    action = chance.choice(actions)
    done, holds = action(app, chance)
    return f"{action.__name__} {done!r:.300}", holds


def judge(app):
    """Hold what the page shows to what `core` makes of the same experiment."""
    assert not app.exception, f"{app.exception[0].message}\n{app.exception[0].stack_trace}"
    for warning in app.warning:
        assert "Session State" not in warning.value, warning.value  # Streamlit's, of a control that is set twice
    _judge_address(app)
    shown = app.session_state.get(training.SHOWN, None)
    if shown is None:
        assert app.warning
        return
    if shown.run.experiment.updates > MOST_TRAINED:
        return
    experiment = shown.run.experiment
    run = train(experiment)
    _judge_run(app, run, shown)
    _judge_sentences(app, run)
    _judge_answers(app, run)


def _judge_address(app):
    """See that the address opens what the controls say, unless a part of it could not be read."""
    if any(warning.value.startswith(UNREAD) for warning in app.main.warning):
        return
    address = {name: text for name, text in query(app).items() if name != PARAMETER}
    if not any(text.startswith(NOT_HERE) for text in address.values()):
        settings, _, problems = from_query(address, LABELS)
        assert (settings, problems) == (plain(app.session_state[LATEST_SETTINGS]), [])


def _judge_run(app, run, shown):
    """See that the run is that of the controls, unless a message says why it is not, and that its numbers are shown."""
    assert run.cross_entropy.tobytes() == shown.run.cross_entropy.tobytes()
    settings = app.session_state[LATEST_SETTINGS]
    if shown.is_current and not app.sidebar.error:
        assert experiment_from(settings) == shown.asked
    losses = next(table["cross-entropy"] for table in tables(app) if "cross-entropy" in table)
    assert np.allclose(losses.astype(float), run.cross_entropy[[0, -2, -1]], rtol=1e-12, atol=1e-8)


def _judge_sentences(app, run):
    """See that the sentences about the run say its numbers."""
    experiment = run.experiment
    summary = next(found for text in app.main.markdown if (found := SUMMARY.search(text.value)))
    rows, epochs, seed, rate, objective = summary.groups()
    assert _count(rows) == len(experiment.training_rows)
    assert _count(epochs) == experiment.epochs
    assert (seed is None) == (experiment.starting_weights is not None)
    assert seed is None or int(seed) == experiment.seed
    assert float(rate or 1) == experiment.learning_rate
    assert objective == OBJECTIVE_NAMES[experiment.objective]
    chart = next(chart for chart in app.get("plotly_chart") if chart.proto.alt.startswith("Loss by "))
    first, last, updates = LOSS.search(chart.proto.alt).groups()
    assert _count(updates) == experiment.updates
    assert np.isclose(float(last.replace(",", "")), run.cross_entropy[-1], rtol=1e-3, atol=1e-300)
    assert np.isclose(float((first or last).replace(",", "")), run.cross_entropy[0], rtol=1e-3, atol=1e-300)


def _judge_answers(app, run):
    """See that what Ask it answers is what the network does, if it does."""
    fields = [field for field in app.text_input if field.key.startswith("page_ask_")]
    answers = [metric.value for metric in app.metric]
    if fields and answers:
        inputs = np.array([[read_number(field.value) for field in fields]])
        outputs = forward(run.experiment.given(inputs), run.weights)[-1].activation[0]
        shown = answers[1::2] if run.experiment.scale_targets else answers
        assert np.allclose([float(text) for text in shown], outputs, rtol=1e-4, atol=1e-8), (shown, outputs)


def _count(text):
    return int(text.replace(",", ""))


def _nothing(_app):
    """Hold nothing more."""


def _edit(app, chance):
    start = app.session_state[key(TABLE)]
    columns = [*start.value.names, "nope", "_index"]
    cells = {column: chance.choice([*TEXTS, None, 5, [1], {}]) for column in chance.sample(columns, 2)}
    full = {column: chance.choice(["0", "1"]) for column in columns}
    edits = {
        "edited_rows": {chance.choice(ROWS): cells},
        "added_rows": [chance.choice([cells, full])] * chance.choice([0, 0, 1, 30]),
        "deleted_rows": chance.sample(ROWS, chance.choice([0, 0, 2])),
    }
    kept, added = start.value.cells.fillna("").to_numpy().tolist(), []
    if "table" not in app.session_state[HIDE]:
        kept, added = _edited(kept, [*start.value.names], edits)
    edit_table(app, **edits)

    def is_kept(app):
        rows = [list(row) for row in app.session_state[LATEST_SETTINGS].rows]
        assert rows in (kept + added, kept + _without_unfilled(added)), (edits, rows)

    return edits, is_kept


def _edited(rows, columns, edits):
    """Return what a table becomes by edits, and the rows that are added below."""
    for row, cells in edits["edited_rows"].items():
        if 0 <= row < len(rows):
            for column, text in _texts(cells, columns):
                rows[row][columns.index(column)] = text
    kept = [row for place, row in enumerate(rows) if place not in edits["deleted_rows"]]
    added = [[dict(_texts(cells, columns)).get(column, "") for column in columns] for cells in edits["added_rows"]]
    return kept, added


def _without_unfilled(rows):
    """Return new rows without those at their end that are not filled yet, as they are while they are being typed."""
    filled = [place for place, row in enumerate(rows, 1) if all(map(str.strip, row))]
    return rows[: max(filled, default=0)]


def _texts(cells, columns):
    known = {column: cell for column, cell in cells.items() if column in columns and not isinstance(cell, (list, dict))}
    return [(column, "" if cell is None else str(cell).replace(HALF, "\ufffd")) for column, cell in known.items()]


def _edit_weights(app, chance):
    """Type into a cell of the starting weights, once they are to be typed and not folded away."""
    start = app.session_state[key(WEIGHTS)]
    layers = start.value.layers
    is_shown = FINER_ARE_SHOWN in app.session_state and app.session_state[FINER_ARE_SHOWN]
    numbers = [number for number, _ in enumerate(layers) if is_shown and start.key(number) in app.session_state]
    if not numbers:
        return _switch_on(app, controls.OWN_WEIGHTS), _nothing
    number = chance.choice(numbers)
    names = neuron_names([0, *(len(layer[0]) for layer in layers)])[number]
    row, unit, text = chance.randrange(len(layers[number])), chance.randrange(len(names)), chance.choice(TYPED)
    edit(app, start.key(number), edited_rows={row: {names[unit]: text}})

    def is_kept(app):
        typed = app.session_state[LATEST_SETTINGS].weights
        assert typed[number][row][unit] == text, (number, row, unit, text, typed)

    return (number, row, unit, text), is_kept


def _switch_on(app, place):
    toggles = [toggle for toggle in app.toggle if toggle.key == place]
    for toggle in toggles:
        toggle.set_value(True)
    return len(toggles)


def _type(app, chance):
    return _set(chance, [*app.text_input, *app.text_area], TYPED)


def _set_number(app, chance):
    return _set(chance, [*app.number_input, *app.slider], NUMBERS)


def _switch(app, chance):
    return _set(chance, [*app.toggle, *app.checkbox], (True, False))


def _choose(app, chance):
    widgets = [widget for widget in (*app.selectbox, *app.radio, *app.segmented_control) if not widget.disabled]
    if not widgets:
        return None, _nothing
    widget = chance.choice(widgets)
    option = chance.choice(widget.options)
    before = widget.value
    widget.set_value(option)
    try:
        widget._widget_state  # noqa: B018 - of an option's own text, which some of the page's functions cannot read
    except ValueError:
        widget.set_value(before)
    return (widget.label if hasattr(widget, "label") else widget.key, option), _nothing


def _choose_several(app, chance):
    widgets = [widget for widget in app.multiselect if not widget.disabled]
    if not widgets:
        return None, _nothing
    widget = chance.choice(widgets)
    most = min(widget.max_selections or len(widget.options), len(widget.options))
    widget.set_value(chance.sample(widget.options, chance.randint(0, most)))
    return (widget.label, widget.value), _nothing


def _press(app, chance):
    return _press_one_of(app, chance, {button.label for button in app.button}, _nothing)


def _press_one_of(app, chance, labels, holds):
    """Press any button of some labels, of which there may be none."""
    buttons = [button for button in app.button if button.label in labels and not button.disabled]
    if not buttons:
        return None, _nothing
    button = chance.choice(buttons)
    button.click()
    return button.label, holds


def _use(app, chance):
    """Make the table that was handed in the data table."""
    return _press_one_of(app, chance, ["Use this table"], _nothing)


def _ask_for_answer(app, chance):
    """Have an answer shown, of Your turn or of a lesson: it is right."""

    def is_right(app):
        assert any(message.value.startswith("Shown") for message in app.info)

    return _press_one_of(app, chance, ["Show me"], is_right)


def _guess(app, chance):
    """Guess what a change will do, or see what it did: of rows, how far they end from their targets is looked at."""
    guesses = [radio for radio in app.radio if radio.label == "Your guess" and not radio.disabled]
    if guesses and guesses[0].value is None:
        guesses[0].set_value(chance.choice(guesses[0].options))
        return guesses[0].options, _nothing
    if not guesses:
        app.session_state[controls.TAB], app.session_state[controls.PRACTICE] = LABELS["turn"], "predict"

    def is_true(app):
        bars = next((chart.proto.alt for chart in app.get("plotly_chart") if chart.proto.alt.startswith(ENDINGS)), "")
        if bars:
            rows = [(int(row) - 1, float(size)) for row, size in ENDING.findall(bars)]
            assert rows, bars
            state = app.session_state
            change = change_of(state[training.SHOWN].run.experiment, state["page_change"], state[controls.PREDICTION])
            run = train(change.of(state[training.SHOWN].run.experiment))
            off = np.abs(run.after - run.experiment.dataset.targets).reshape(len(run.after), -1).sum(axis=1)
            assert np.allclose([size for _, size in rows], off[[row for row, _ in rows]], rtol=1e-3), (bars, off)

    return _press_one_of(app, chance, ["See", "Train and see"], is_true)


def _open_tab(app, chance):
    tab = chance.choice([*LABELS.values(), "nope"])
    app.session_state[controls.TAB] = tab
    return tab, _nothing


def _compare(app, chance):
    app.session_state[controls.TAB] = LABELS["compare"]
    app.session_state[controls.COMPARE] = chance.choice([*COMPARED.names, "nope", None])
    return app.session_state[controls.COMPARE], _nothing


def _upload(app, chance):
    """Hand in a table or an experiment, wherever there is a place for one; a table is pasted, too."""
    data = chance.choice([any_table_file, any_experiment_file, _right_table, _right_experiment])(chance)
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    fields = [field for field in (*app.file_uploader, *app.text_area) if not field.disabled]
    if not fields:
        app.session_state["page_own_table_is_open"] = True
        return None, _nothing
    field = chance.choice(fields)
    name = chance.choice(["table", "<u>\u202e", "x" * 300, ""]) + chance.choice(getattr(field, "allowed_type", [""]))
    file = chance.choice([(name, data, "text/plain")] * 5 + [None])
    field.set_value(file if field in list(app.file_uploader) else data.decode("utf-8", "ignore").replace("\x00", ""))
    return data, _nothing


def _right_table(chance):
    return table_csv(any_experiment(chance)[1].dataset)


def _right_experiment(chance):
    settings, experiment = any_experiment(chance)
    return experiment_json(experiment, settings.example, settings.title)


def _answer(app, chance):
    """Type a number into a field of Your turn: mostly the right one, which is then said to be right."""
    fields = [field for field in app.text_input if field.key.startswith("page_answer_")]
    if not fields:
        app.session_state[controls.TAB] = LABELS["turn"]
        return None, _nothing
    field = chance.choice(fields)
    exercise = _exercise(app)
    decimals = app.session_state[controls.DECIMALS]
    right = rounded_text(exercise.value(field.key.rpartition("_")[2]), decimals)
    text = chance.choice([right, right, *TEXTS[:-4]])
    field.set_value(text)

    def is_judged(app):
        assert app.session_state[field.key] == text
        if text == right:
            assert any(message.value.startswith("Right") for message in app.success), (field.key, text)

    return (field.key, text), is_judged


def _exercise(app):
    """Return the exercise that is shown."""
    state = app.session_state
    run = state[training.SHOWN].run
    if seed := state[controls.EXERCISE]:
        experiment, place = small_experiment(seed, like=run.experiment)
        return exercise_of(step_at(train(experiment), place))
    neuron = neurons(run.experiment)[state[controls.NEURON]]
    return exercise_of(step_at(run, Place(state[controls.STATE], state[controls.ROW] - 1, neuron)))


def _fold(app, chance):
    """Open what is folded away in the sidebar, or fold it away: the experiment is the same."""
    before = plain(app.session_state[LATEST_SETTINGS])
    folds = {place: chance.random() > 1 / 3 for place in (COLUMNS, FINER_ARE_SHOWN)}
    for place, is_open in folds.items():
        app.session_state[place] = is_open

    def is_kept(app):
        assert plain(app.session_state[LATEST_SETTINGS]) == before

    return folds, is_kept


def _go(app, chance):
    """Go to another address, or to the one that the page shows."""
    link = chance.choice([query(app), any_link(chance)])
    app.query_params.clear()
    app.query_params.update(link)
    return link, _nothing


def _set(chance, widgets, values):
    usable = [widget for widget in widgets if not widget.disabled]
    if not usable:
        return None, _nothing
    widget, value = chance.choice(usable), chance.choice(values)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = type(widget.value or 0)(min(max(value, widget.min), widget.max))
    widget.set_value(value)
    return (widget.label, widget.key, value), _still(widget, value)


def _still(widget, value):
    """Return what holds where something was typed: it is still there, unless there is no such field any more."""

    def is_kept(app):
        fields = [field for field in (*app.text_input, *app.text_area) if field.key and field.key == widget.key]
        assert all(field.value == value for field in fields), (widget.key, value, [field.value for field in fields])

    return is_kept if isinstance(value, str) else _nothing
