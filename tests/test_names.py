"""Whatever columns are called: every table, figure and file of the page survives it."""

import pytest
from app import button, opened, settled, unfold, unfolded
from hypothesis import example, given, settings
from hypothesis import strategies as st
from naming import ODD, are_usable, names_of, visit

from core.dataset import column_name
from ui import training
from ui.formats.csv import read_csv
from ui.formats.saved import table_csv
from ui.settings import MOST_COLUMNS

names = st.lists(st.sampled_from(ODD) | st.text(max_size=8), min_size=2, max_size=5, unique=True)


@settings(max_examples=8)
@given(names=names, hidden_units=st.sampled_from([0, 2]), targets=st.sampled_from([1, 2]), standardise=st.booleans())
@example(names=["x2", "x2 ", "x\u200b2", "y"], hidden_units=0, targets=1, standardise=False)
@example(names=["_index", "_pos:1", "__index_level_0__", "sum"], hidden_units=2, targets=2, standardise=True)
@example(names=[*filter(column_name, ODD[4:]), "y"], hidden_units=2, targets=1, standardise=True)
def test_every_name_of_a_link_can_be_shown(names, hidden_units, targets, standardise):
    """In every tab; names that cannot be told apart are pointed out."""
    targets = min(targets, len(names) - 1)
    app = visit(names, hidden_units=hidden_units, targets=targets, biases="learned", standardise=standardise)
    if are_usable(names):
        assert names_of(app) == list(map(column_name, names))
    else:
        assert app.sidebar.error


@pytest.mark.parametrize("name", ["x1 ", "x\u200b1", "x1\n", "\u202dx1"])
def test_a_name_typed_like_another_is_pointed_out(name):
    """The message tells which columns; with another name the table is trained on."""
    app = unfolded()
    settled(app.text_input(key="page_name_of_x2").set_value(name).run())
    assert app.sidebar.error[0].value.startswith("Columns 1 and 2 are both named “x1”")
    settled(app.text_input(key="page_name_of_x2").set_value(" x\t4 ").run())
    assert names_of(app) == ["x1", "x 4", "x3", "y"]


def test_a_link_of_names_that_differ_in_white_space_opens_with_a_message():
    """The last of them is asked for another name."""
    app = opened(table="1zeJyLjlaqMFJQ0gGSQKJSKVYnWskAyDIEYgMwD8ICicTGAgDu8gm1")
    assert "are both named “x2”" in app.sidebar.error[0].value


def test_columns_are_added_up_to_the_limit():
    """32, the target among them. Such a table comes back from its file."""
    names = [f"x{number}" for number in range(1, 31)] + ["y"]
    app = unfold(visit(names))
    settled(button(app, "Add an input column").click().run())
    assert button(app, "Add an input column").disabled
    dataset = app.session_state[training.SHOWN].run.experiment.dataset
    assert read_csv(table_csv(dataset)).names == (*dataset.input_names, "y")
    assert len(names_of(app)) == MOST_COLUMNS
