"""The finer controls: the network of any textbook, each setting by its own control."""

import numpy as np
import pytest
from app import edit, opened, query, settled, unfold, unfolded

from core import EXAMPLES, NOTEBOOK, initial_weights
from ui import training
from ui.session import key
from ui.sidebar.data_table import COLUMNS
from ui.sidebar.experiment import FINER_ARE_SHOWN
from ui.sidebar.starting_weights import WEIGHTS


def experiment(app):
    return app.session_state[training.SHOWN].run.experiment


def units(app):
    return [control.value for control in app.sidebar.number_input if "idden" in control.label]


def set_units(app, layer, number):
    place = "page_hidden_units" if layer == 1 else f"page_hidden_units_{layer}"
    return settled(app.number_input(key=place).set_value(number).run())


def test_layers_appear_one_by_one():
    """A field for one more layer stands behind those with units, up to three; without the first there are none."""
    app = unfolded()
    assert units(app) == [0]
    set_units(app, 1, 4)
    assert units(app) == [4, 0]
    set_units(app, 2, 3)
    set_units(app, 3, 2)
    assert units(app) == [4, 3, 2]
    assert experiment(app).sizes == (3, 4, 3, 2, 1)
    set_units(app, 2, 0)
    assert experiment(app).hidden_units == 4
    set_units(app, 2, 5)
    assert experiment(app).hidden_units == (4, 5)
    set_units(app, 1, 0)
    assert experiment(app) == NOTEBOOK


def test_biases_rows_per_update_and_standardising_make_the_experiment():
    """Each is part of it as it is set; a blank number of rows means all of them."""
    app = unfolded()
    settled(app.radio(key="page_biases").set_value("learned").run())
    settled(app.number_input(key="page_batch_size").set_value(2).run())
    settled(app.toggle(key="page_standardise").set_value(True).run())
    made = experiment(app)
    assert (made.biases, made.batch_size, made.standardise) == ("learned", 2, True)
    assert app.slider(key="page_state").max == made.updates == 400
    settled(app.number_input(key="page_batch_size").set_value(None).run())
    assert experiment(app).batch_size is None


def test_reset_and_examples_set_all_of_them():
    """Also the layers that were not shown."""
    app = unfolded(hidden_units="4-3-2", biases="fixed", batch_size="1", standardise="1")
    assert units(app) == [4, 3, 2]
    settled(next(button for button in app.button if button.label == "Reset").click().run())
    assert experiment(app) == NOTEBOOK
    settled(app.selectbox(key="page_example").set_value("two-layers").run())
    assert experiment(app) == EXAMPLES["two-layers"].experiment
    assert units(app)[:2] == list(EXAMPLES["two-layers"].experiment.hidden_layers)


def test_starting_weights_are_typed_layer_by_layer_with_the_biases_as_last_rows():
    """They begin as those drawn; what is typed stays where the shape still has a place for it."""
    app = unfolded(hidden_units="2-3", biases="learned", weights="own", seed="5")
    drawn = initial_weights(5, (3, 2, 3, 1), biases=True)
    assert all(map(np.array_equal, experiment(app).starting_weights, drawn))
    start = app.session_state[key(WEIGHTS)]
    assert len(start.value.layers) == 3
    settled(edit(app, start.key(1), edited_rows={2: {"h5": "0.75"}}).run())
    assert experiment(app).starting_weights[1][2].tolist() == [*drawn[1][2, :2], 0.75]
    settled(app.radio(key="page_biases").set_value("none").run())
    assert [layer.shape for layer in experiment(app).starting_weights] == [(3, 2), (2, 3), (3, 1)]
    settled(app.radio(key="page_biases").set_value("learned").run())
    assert experiment(app).starting_weights[1][2].tolist() == [*drawn[1][2, :2], 0.75]


@pytest.mark.parametrize(
    ("layer", "row", "cells", "message"),
    [
        (
            0,
            1,
            {"h2": "abc"},
            "row “x2”, column “h2”: “abc” is not a number. Type one, with a point for decimals, such as",
        ),
        (
            0,
            3,
            {"h1": "1e60"},
            "row “bias”, column “h1”: the weight 1e60 is too large. Type a number between -1e50 and",
        ),
        (1, 2, {"h5": None}, "row “bias”, column “h5”: the cell is blank. Type a number."),
        (2, 0, {"output": "nan"}, "row “h3”, column “output”: “nan” is not a number."),
        (2, 0, {"output": "-inf"}, "row “h3”, column “output”: the weight -inf is too large."),
        (2, 2, {"output": "0,5"}, "row “h5”, column “output”: “0,5” is not a number."),
    ],
)
def test_a_wrong_starting_weight_is_named_by_its_row_and_column(layer, row, cells, message):
    """As its table has them, with the value and the remedy."""
    app = unfolded(hidden_units="2-3", biases="learned", weights="own")
    settled(edit(app, app.session_state[key(WEIGHTS)].key(layer), edited_rows={row: cells}).run())
    (error,) = app.sidebar.error
    assert error.value.replace("\\", "").startswith(f"Starting weights, {message}")


def test_the_only_row_is_not_held_out():
    """The message has the control's name."""
    app = unfolded(table="1~a_y~0_1~end", held_out="0.5")
    (error,) = app.sidebar.error
    assert error.value.replace("\\", "") == (
        "Share held out is 0.5, but training needs the only row. Type 0, or add a row."
    )


def test_typed_biases_stay_biases_where_units_come_and_go():
    """And what is typed for an input goes with it, into another network, too."""
    app = unfolded(example="3-2-1")
    for units in (3, 1, 2):
        set_units(app, 1, units)
        first, second = experiment(app).starting_weights
        assert first[-1, 0] == -0.4
        assert second[-1, 0] == 0.1
        assert second[0, 0] == -0.3
    settled(role(app, "x1").set_value("target").run())
    settled(role(app, "y").set_value("input").run())
    assert experiment(app).dataset.input_names == ("x2", "x3", "y")
    first, _ = experiment(app).starting_weights
    assert first[:2].tolist() == [[0.4, 0.1], [-0.5, 0.2]]
    assert first[3].tolist() == [-0.4, 0.2]


def test_a_renamed_input_keeps_its_typed_weights():
    app = unfolded(example="3-2-1")
    settled(app.text_input(key="page_name_of_x2").set_value("age").run())
    assert experiment(app).starting_weights[0][1].tolist() == [0.4, 0.1]


def role(app, column):
    return app.selectbox(key=f"page_role_of_{column}")


def test_a_column_is_made_a_target_and_an_input_again():
    """It moves to its kind in the table, with its cells; the last target and the last input stay what they are."""
    app = unfolded()
    assert role(app, "y").disabled
    settled(role(app, "x2").set_value("target").run())
    dataset = experiment(app).dataset
    assert (dataset.input_names, dataset.target_names) == (("x1", "x3"), ("x2", "y"))
    assert dataset.targets.tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]
    settled(role(app, "x1").set_value("target").run())
    assert role(app, "x3").disabled
    settled(role(app, "y").set_value("input").run())
    dataset = experiment(app).dataset
    assert (dataset.input_names, dataset.target_names) == (("x3", "y"), ("x1", "x2"))
    assert dataset.inputs.tolist() == [[1, 0], [1, 0], [1, 1], [1, 1]]


def test_there_are_at_most_four_targets():
    """The other columns are inputs that cannot be made targets then; a target can be deleted."""
    app = unfolded(table="1~a_b_c_d_e_f~0_1_0_1_0_1~1_0_1_0_1_0~end", targets="4")
    assert [role(app, column).disabled for column in "abcdef"] == [True, True, False, False, False, False]
    settled(app.button(key="page_delete_f").click().run())
    assert experiment(app).dataset.target_names == ("c", "d", "e")
    assert not role(app, "a").disabled


@pytest.mark.parametrize("size", ["3", "10000"])
def test_more_rows_per_update_than_there_are_are_all(size):
    """Such a link is that of all rows."""
    app = unfolded(table="1~a_y~0_1~1_0~1_1~end", batch_size=size)
    assert experiment(app).updates_per_epoch == 1


def fold(app):
    """Fold away what was opened in the sidebar."""
    for place in (COLUMNS, FINER_ARE_SHOWN):
        app.session_state[place] = False
    return settled(app.run())


def type_a_weight(app):
    settled(app.toggle(key="page_own_weights").set_value(True).run())
    return edit(app, app.session_state[key(WEIGHTS)].key(), edited_rows={1: {"output": "0.5"}})


@pytest.mark.parametrize(
    "change",
    [
        lambda app: app.text_input(key="page_name_of_x1").set_value("size"),
        lambda app: app.text_input(key="page_name_of_x1").set_value("x2"),
        lambda app: app.selectbox(key="page_role_of_x2").set_value("target"),
        lambda app: app.button(key="page_delete_x3").click(),
        lambda app: app.number_input(key="page_learning_rate").set_value(0.25),
        lambda app: app.number_input(key="page_batch_size").set_value(2),
        lambda app: app.radio(key="page_objective").set_value("cross_entropy"),
        lambda app: set_units(set_units(app, 1, 4), 2, 3),
        lambda app: app.toggle(key="page_standardise").set_value(True),
        type_a_weight,
    ],
)
def test_what_is_folded_away_again_stays_as_it_was_set(change):
    """Whatever is done meanwhile, and however often."""
    app = unfolded()
    settled(change(app).run())
    link = query(app)
    assert link
    for seed in (2, 1):
        fold(app)
        settled(app.number_input(key="page_seed").set_value(seed).run())
        assert query(app) == ({"seed": "2"} if seed == 2 else {}) | link
        unfold(app)
        assert query(app) == ({"seed": "2"} if seed == 2 else {}) | link


def test_a_link_sets_what_is_folded_away():
    """The controls are shown as it says once they are asked for."""
    app = opened(learning_rate="0.25", hidden_units="4-3", table="1~a_b_c~1_0_1~0_1_0~end")
    assert experiment(app).hidden_units == (4, 3)
    unfold(app)
    assert app.number_input(key="page_learning_rate").value == 0.25
    assert units(app) == [4, 3, 0]
    assert app.text_input(key="page_name_of_b").value == "b"
    assert (experiment(app).learning_rate, experiment(app).hidden_units) == (0.25, (4, 3))


def test_what_is_wrong_with_what_is_folded_away_is_said():
    """Whoever has folded it away sees why nothing is trained."""
    app = unfolded(held_out="0.25", table="1~x_y~1_0~end")
    assert app.sidebar.error[0].value.startswith("Share held out is 0\\.25, but training needs the only row")
    fold(app)
    assert app.sidebar.error[0].value.startswith("Share held out is 0\\.25, but training needs the only row")


@pytest.mark.parametrize(
    "change",
    [
        lambda app: app.text_input(key="page_name_of_x1").set_value("size"),
        lambda app: app.selectbox(key="page_role_of_x2").set_value("target"),
        lambda app: app.number_input(key="page_learning_rate").set_value(0.25),
        lambda app: edit(app, app.session_state[key(WEIGHTS)].key(), edited_rows={1: {"output": "0.5"}}),
    ],
)
def test_what_is_typed_last_counts_though_it_comes_with_the_folding(change):
    """On a busy page both may be heard of at once."""
    app = unfolded()
    settled(app.toggle(key="page_own_weights").set_value(True).run())
    before = query(app)
    change(app)
    fold(app)
    changed = query(app)
    assert changed != before
    settled(app.run())
    assert query(unfold(app)) == changed


def test_layers_that_were_removed_do_not_come_back():
    """Whether the controls were folded away before, or open from a session's first run on."""
    app = unfold(opened(hidden_units="4-3"))
    set_units(app, 1, 0)
    set_units(app, 1, 4)
    assert experiment(app).hidden_units == 4
    app = unfolded(hidden_units="4-3-2")
    set_units(app, 2, 0)
    settled(app.number_input(key="page_seed").set_value(3).run())
    fold(app)
    assert experiment(app).hidden_units == 4
