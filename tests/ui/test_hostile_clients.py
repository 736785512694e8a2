"""What a program may send in place of the browser: it ends in no traceback, and what is unknown is left out."""

import random

import pytest
from app import edit, edit_table, new_app, settled, unfolded
from hostile import act, any_link, judge
from streamlit.testing.v1 import AppTest

from core import NOTEBOOK
from ui import clicked_neuron, training
from ui.session import key
from ui.sidebar.data_table import MOST_ADDED_ROWS, MOST_CELLS, MOST_CHARACTERS
from ui.sidebar.starting_weights import WEIGHTS
from ui.tabs import tabs

FOREIGN = [
    {"edited_rows": {0: {"nope": "1"}}},
    {"edited_rows": {99: {"x1": "1"}}},
    {"edited_rows": {-9: {"x1": "1"}}},
    {"edited_rows": {0: {"x1": {"a": 1}}}},
    {"edited_rows": {0: {"_index": "1"}}},
    {"edited_rows": {0: {"output": "\ud800"}}},
    {"edited_rows": {0: 7}},
    {"edited_rows": 7},
    {"added_rows": 7},
    {"deleted_rows": [99, -1, "a", None]},
]


@pytest.fixture
def app():
    return settled(new_app().run())


@pytest.fixture(scope="module")
def visit():
    """Open the page once, for edits that leave nothing behind."""
    return settled(new_app().run())


@pytest.fixture(scope="module")
def visit_with_weights():
    """Open the page once with its starting weights to be typed."""
    return settled(unfolded().toggle(key="page_own_weights").set_value(True).run())


def experiment(app):
    return app.session_state[training.SHOWN].run.experiment


@pytest.mark.parametrize("edits", FOREIGN)
def test_edits_of_no_cell_are_left_out_of_the_table(visit, edits):
    assert experiment(settled(edit_table(visit, **edits).run())) == NOTEBOOK


@pytest.mark.parametrize("edits", FOREIGN)
def test_edits_of_no_cell_are_left_out_where_many_rows_come_with_them(app, edits):
    rows = [{"x1": "1", "x2": "1", "x3": "1", "y": "1", "nope": "1"}] * (MOST_ADDED_ROWS + 1)
    settled(edit_table(app, **{"added_rows": rows} | edits).run())
    assert len(experiment(app).dataset.targets) == 4 + (0 if "added_rows" in edits else len(rows))


@pytest.mark.parametrize("edits", FOREIGN)
def test_edits_of_no_weight_are_left_out(visit_with_weights, edits):
    app = visit_with_weights
    settled(edit(app, app.session_state[key(WEIGHTS)].key(), **edits).run())
    assert [layer.tolist() for layer in experiment(app).starting_weights] == [
        layer.tolist() for layer in NOTEBOOK.weights_before
    ]


def test_half_a_character_in_a_cell_is_pointed_out(app):
    """It cannot be sent, neither in an address nor in a message: there stands what takes its place."""
    settled(edit_table(app, edited_rows={0: {"x1": "\ud800"}}).run())
    assert "\ufffd" in app.sidebar.error[0].value


@pytest.mark.parametrize(
    "rows",
    [[{"x1": "1"}] * (MOST_CELLS // 4), [{"x1": "1" * (MOST_CHARACTERS // 25)}] * 26],
    ids=["cells", "characters"],
)
def test_a_table_does_not_grow_without_bound(app, rows):
    """What makes it too large is left out, and said to be; the table stays, and can be edited."""
    settled(edit_table(app, added_rows=rows).run())
    assert "was left out, since a table holds at most" in app.sidebar.warning[0].value
    assert experiment(app) == NOTEBOOK
    settled(edit_table(app, added_rows=[{"x1": "1", "x2": "1", "x3": "1", "y": "1"}] * 99).run())
    assert len(experiment(app).dataset.targets) == 103
    assert not app.sidebar.warning


def test_a_number_that_a_cell_is_set_to_is_text(app):
    settled(edit_table(app, edited_rows={0: {"x1": 5, "nope": "1"}}).run())
    assert experiment(app).dataset.inputs[0].tolist() == [5, 0, 1]


@pytest.mark.parametrize(
    "points", [[{}], [{"x": None}], [{"x": "1"}], [{"x": [1]}], [{"x": float("nan")}], [None], [], {}, "x", 7, None]
)
def test_a_click_on_no_point_chooses_no_state(points):
    assert tabs._state_of(points) is None


@pytest.mark.parametrize(
    "points", [[{}], [{"customdata": None}], [{"customdata": [1]}], [{"customdata": ["a", 0]}], [None], {}, "x", None]
)
def test_a_click_on_no_node_chooses_no_neuron(points):
    assert clicked_neuron._neuron_of(points) is None


def test_whatever_the_controls_are_set_to_the_page_shows_what_comes_of_it():
    """A few steps of `benchmarks/hostile.py clients`."""
    chance = random.Random(1)  # noqa: S311 - to be repeated
    app = new_app()
    app.query_params.update(any_link(chance))
    judge(app.run())
    for _ in range(12):
        _, holds = act(app, chance)
        judge(app.run())
        holds(app)


def _choose_an_unknown_example():
    import streamlit as st  # noqa: PLC0415 - a script of its own

    from ui.sidebar import controls, experiment  # noqa: PLC0415

    st.session_state[controls.EXAMPLE] = "nope"
    experiment._apply_example()


def test_an_unknown_example_sets_nothing():
    settled(AppTest.from_function(_choose_an_unknown_example).run())
