"""The address and the controls, through Streamlit's own AppTest: each follows the other."""

import numpy as np
import pytest
from app import button, edit, edit_table, opened, query, settled, unfolded

from core import EXAMPLES, NOTEBOOK, Dataset, initial_weights
from ui import address, training
from ui.formats.link import NOT_HERE
from ui.formats.table_text import encode_table
from ui.session import key
from ui.sidebar.starting_weights import WEIGHTS
from ui.tabs.tabs import TABS

DRAWN = "-0.165955990594852~0.4406489868843162~-0.9997712503653102"  # by seed 1, for three inputs


def moved(app, query):
    """Return the page after the browser's address has changed, as Back and Forward do it."""
    app.query_params.clear()
    app.query_params.update(query)
    return settled(app.run())


def edit_weights(app, layer, **edits):
    return edit(app, app.session_state[key(WEIGHTS)].key(layer), **edits)


def choose_tab(app, label):
    app.session_state["page_tab"] = label
    return app


def open_way_down(app):
    return settled(choose_tab(app, "The way down").run())


def experiment(app):
    return app.session_state[training.SHOWN].run.experiment


def everything(app):
    """Return all that the page says, and what its controls are set to."""
    said = [text.value for text in (*app.markdown, *app.caption, *app.header, *app.error, *app.warning)]
    controls = [app.selectbox, app.number_input, app.text_input, app.radio, app.toggle, app.slider]
    set_to = [(control.label, control.value) for kind in controls for control in kind]
    return said, set_to, app.session_state[address.LATEST_SETTINGS], app.session_state["page_tab"]


EXPERIMENT = {
    "seed": (lambda app: app.number_input(key="page_seed").set_value(7), {"seed": "7"}),
    "epochs": (lambda app: app.number_input(key="page_epochs").set_value(50), {"epochs": "50"}),
    "learning rate": (lambda app: app.number_input(key="page_learning_rate").set_value(0.3), {"learning_rate": "0.3"}),
    "objective": (
        lambda app: app.radio(key="page_objective").set_value("cross_entropy"),
        {"objective": "cross_entropy"},
    ),
    "hidden units": (lambda app: app.number_input(key="page_hidden_units").set_value(2), {"hidden_units": "2"}),
    "biases": (lambda app: app.radio(key="page_biases").set_value("learned"), {"biases": "learned"}),
    "rows per update": (lambda app: app.number_input(key="page_batch_size").set_value(1), {"batch_size": "1"}),
    "standardise": (lambda app: app.toggle(key="page_standardise").set_value(True), {"standardise": "1"}),
    "weights": (lambda app: app.toggle(key="page_own_weights").set_value(True), {"weights": f"1~3x1~{DRAWN}~end"}),
    "cell": (
        lambda app: edit_table(app, edited_rows={3: {"y": "0.5"}}),
        {"table": "1~x1_x2_x3_y~0_0_1_0~0_1_1_0~1_0_1_1~1_1_1_0.5~end"},
    ),
    "rows": (
        lambda app: edit_table(app, deleted_rows=[0, 1, 2], added_rows=[{"x1": "2", "x2": "3", "x3": "1", "y": "1"}]),
        {"table": "1~x1_x2_x3_y~1_1_1_1~2_3_1_1~end"},
    ),
    "column name": (
        lambda app: app.text_input(key="page_name_of_x2").set_value("a"),
        {"table": "1~x1_a_x3_y~0_0_1_0~0_1_1_0~1_0_1_1~1_1_1_1~end"},
    ),
    "column deleted": (
        lambda app: app.button(key="page_delete_x3").click(),
        {"table": "1~x1_x2_y~0_0_0~0_1_0~1_0_1~1_1_1~end"},
    ),
    "column added": (
        lambda app: button(app, "Add an input column").click(),
        {"table": "1~x1_x2_x3_x4_y~0_0_1_0_0~0_1_1_0_0~1_0_1_0_1~1_1_1_0_1~end"},
    ),
    "a target more": (
        lambda app: app.selectbox(key="page_role_of_x2").set_value("target"),
        {"targets": "2", "table": "1~x1_x3_x2_y~0_1_0_0~0_1_1_0~1_1_0_1~1_1_1_1~end"},
    ),
    "another target": (
        lambda app: (
            settled(app.selectbox(key="page_role_of_x2").set_value("target").run())
            .selectbox(key="page_role_of_y")
            .set_value("input")
        ),
        {"table": "1~x1_x3_y_x2~0_1_0_0~0_1_0_1~1_1_1_0~1_1_1_1~end"},
    ),
}
VIEW = {
    "state": (lambda app: app.slider(key="page_state").set_value(12), {"state": "12"}),
    "row": (lambda app: app.number_input(key="page_row").set_value(2), {"row": "2"}),
    "level": (
        lambda app: settled(choose_tab(app, "Your turn").run()).selectbox(key="page_level").set_value(3),
        {"tab": "turn", "level": "3"},
    ),
    "decimals": (
        lambda app: settled(choose_tab(app, "Your turn").run()).number_input(key="page_decimals").set_value(6),
        {"tab": "turn", "decimals": "6"},
    ),
    "tab": (lambda app: choose_tab(app, "The way down"), {"tab": "down"}),
    "weight across": (
        lambda app: open_way_down(app).selectbox(key="page_weight_across").set_value(3),
        {"tab": "down", "weight_across": "3"},
    ),
    "weight up": (
        lambda app: open_way_down(app).selectbox(key="page_weight_up").set_value(2),
        {"tab": "down", "weight_up": "2"},
    ),
    "scale": (lambda app: open_way_down(app).radio(key="page_scale").set_value("log"), {"tab": "down", "scale": "log"}),
    "relief": (
        lambda app: open_way_down(app).radio(key="page_relief").set_value("surface"),
        {"tab": "down", "relief": "surface"},
    ),
}


@pytest.fixture(scope="module")
def visit():
    """Open the page once, for tests that go to the address they begin at."""
    return unfolded()


def reset(visit):
    """Return the page at the bare address, where the test before may have left it."""
    return moved(visit, {}) if query(visit) else visit


@pytest.mark.parametrize("control", EXPERIMENT)
def test_a_control_writes_its_parameter(control, visit):
    """The address opens the same page elsewhere; resetting leaves no trace."""
    use, parameters = EXPERIMENT[control]
    app = reset(visit)
    settled(use(app).run())
    assert query(app) == parameters
    assert everything(unfolded(parameters)) == everything(app)
    settled(button(app, "Reset").click().run())
    assert query(app) == {}
    assert experiment(app) == NOTEBOOK


@pytest.mark.parametrize("control", VIEW)
def test_what_is_looked_at_is_written(control, visit):
    """The address opens the same page elsewhere; resetting the experiment does not change it."""
    use, parameters = VIEW[control]
    app = moved(visit, {})
    before = everything(app)
    settled(use(app).run())
    assert query(app) == parameters
    assert everything(unfolded(parameters)) == everything(app) != before
    settled(button(app, "Reset").click().run())
    assert query(app) == parameters


def test_a_tab_opens_by_its_older_keys(visit):
    """Once a control is used, the address has the key of today."""
    for tab in TABS:
        for older in tab.older_keys:
            app = moved(visit, {"tab": older})
            assert app.session_state["page_tab"] == tab.label
            assert not app.warning
            settled(app.number_input(key="page_seed").set_value(9).run())
            assert query(app) == {"seed": "9", "tab": tab.key}


@pytest.mark.parametrize("key", EXAMPLES)
def test_an_example_opens_by_its_key(key, visit):
    """The address is the example's key alone, and the run is the example's, to the last bit."""
    app = moved(visit, {"example": key})
    assert experiment(app) == EXAMPLES[key].experiment
    assert query(app) == {"example": key}
    assert not app.warning


def test_an_example_that_is_chosen_sets_all_controls(visit):
    """Nothing of before stays in the address; what is changed then is told from the new example."""
    app = moved(visit, {"seed": "5", "hidden_units": "2", "table": "1~a_b~0_1~end"})
    settled(app.selectbox(key="page_example").set_value("nielsen-bad").run())
    assert query(app) == {"example": "nielsen-bad"}
    assert experiment(app) == EXAMPLES["nielsen-bad"].experiment
    settled(app.toggle(key="page_own_weights").set_value(False).run())
    assert query(app) == {"example": "nielsen-bad", "weights": "seed"}
    assert experiment(opened(query(app))).starting_weights is None


def all_at_once(app):
    settled(app.selectbox(key="page_example").set_value("xor-neuron").run())
    settled(edit_table(app, edited_rows={0: {"a": "é"}, 1: {"b": "0.5"}}, deleted_rows=[0]).run())
    for name in ("seed", "epochs", "learning rate", "objective", "hidden units", "biases", "weights"):
        EXPERIMENT[name][0](app)
    settled(app.text_input(key="page_name_of_one").set_value("*ü*").run())
    settled(edit_weights(app, 1, edited_rows={1: {"output": "0.25"}}).run())
    choose_tab(app, "The way down")
    app.slider(key="page_state").set_value(12)
    app.number_input(key="page_row").set_value(3)
    return settled(app.selectbox(key="page_neuron").set_value("h2").run())


def test_all_of_it_travels():
    """Every control at once, with edits, names and typed weights: the address opens the same page."""
    app = all_at_once(unfolded())
    assert list(query(app)) == [
        *("example", "seed", "epochs", "objective", "learning_rate", "hidden_units", "biases", "weights", "table"),
        *("tab", "state", "row", "neuron"),
    ]
    run = experiment(app)
    assert run.dataset == Dataset([[0, 0.5, 1], [1, 0, 1], [1, 1, 1]], [1, 1, 0], ["a", "b", "*ü*"], "xor")
    first, second = initial_weights(7, (3, 2, 1), biases=True)
    assert np.array_equal(run.starting_weights[0], first)
    assert run.starting_weights[1].tolist() == [[second[0, 0]], [0.25], [second[2, 0]]]
    elsewhere = unfolded(query(app))
    assert everything(elsewhere) == everything(app)
    assert query(elsewhere) == query(app)


def test_back_and_forward_step_through_what_was_done():
    """Each address brings its page again and stays as it is; a control then works from there."""
    app = unfolded()
    steps = [(query(app), everything(app))]
    for use, _ in [*EXPERIMENT.values(), *VIEW.values()]:
        settled(use(app).run())
        steps.append((query(app), everything(app)))
    assert len({str(parameters) for parameters, _ in steps}) == len(steps)
    for parameters, page in [*reversed(steps), *steps[1:5]]:
        assert everything(moved(app, parameters)) == page
        assert query(app) == parameters
    moved(app, {"epochs": "50"})
    settled(app.number_input(key="page_seed").set_value(8).run())
    assert query(app) == {"seed": "8", "epochs": "50"}


@pytest.mark.parametrize(
    ("shown", "hide"),
    [
        ({"hidden_units": "2", "neuron": "h2"}, lambda app: app.number_input(key="page_hidden_units").set_value(0)),
        ({"weights": "1~3x1~1~2~3~end"}, lambda app: app.toggle(key="page_own_weights").set_value(False)),
        ({"state": "9"}, lambda app: choose_tab(app, "Watch it learn")),
    ],
)
def test_going_back_to_controls_that_were_hidden_brings_them_back(shown, hide, visit):
    """That a control was hidden does not count as one that was used."""
    app = moved(visit, shown)
    page = everything(app)
    settled(hide(app).run())
    assert everything(app) != page
    assert everything(moved(app, shown)) == page
    assert query(app) == shown


def test_a_control_used_while_the_address_is_stale_wins(visit):
    """The browser may still show the address of before; what the reader did last counts."""
    app = moved(visit, {"seed": "5"})
    settled(app.number_input(key="page_seed").set_value(6).run())
    app.query_params["seed"] = "5"
    settled(app.number_input(key="page_epochs").set_value(50).run())
    assert query(app) == {"seed": "6", "epochs": "50"}
    app.query_params["epochs"] = "200"
    settled(button(app, "Reset").click().run())
    assert query(app) == {}
    assert experiment(app) == NOTEBOOK


def test_a_bad_link_says_what_could_not_be_read():
    """One warning has a line for each parameter, over the notebook's run; the address stays until something is done."""
    app = opened(
        dict.fromkeys(["seed", "epochs", "objective", "neuron", "table", "weights", "*x*"], "abc"),
    )
    (warning,) = app.warning
    introduction, *lines = warning.value.replace("\\", "").split("\n")
    assert introduction == "Part of this link could not be read and was left out."
    assert lines[0] == "- seed: “abc” is not a whole number from 0 to 4,294,967,295."
    assert lines[-1] == "- And 2 more."
    assert len(lines) == 6
    assert experiment(app) == NOTEBOOK
    assert query(app)["seed"] == "abc"


@pytest.mark.parametrize(
    ("use", "parameters"),
    [
        (lambda app: app.number_input(key="page_seed").set_value(3), {"seed": "3", "tab": "down"}),
        (lambda app: button(app, "Reset").click(), {"tab": "down"}),
        (lambda app: edit_table(app, edited_rows={0: {"x1": "0"}}), {"tab": "down"}),
    ],
)
def test_the_warning_goes_when_a_control_is_used(use, parameters, visit):
    """What could not be read leaves the address too, even if the control changes nothing."""
    app = moved(visit, {"seed": "abc", "tab": "truth"})
    assert len(app.warning) == 1
    settled(use(app).run())
    assert not app.warning
    assert query(app) == parameters


def test_weights_that_fit_no_longer_hide_no_warning():
    """They are fitted to the network, the rest is told all the same, and again after Back."""
    app = opened({"seed": "abc", "weights": "1~1x1~5~end"})
    assert "seed" in app.warning[0].value
    assert experiment(app).starting_weights[0][0] == 5
    settled(app.number_input(key="page_seed").set_value(3).run())
    assert not app.warning
    assert "seed" in moved(app, {"seed": "abc"}).warning[0].value


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (encode_table(["_index", "_index", "y"], []), ["_index", "_index", "y"]),
        ("1~_a~0_1~end", ["", "a"]),
        ("1~a_a_a~0_1_0~end", ["a", "a", "a"]),
        ("1~y~0~end", ["y"]),
        ("1~~end", [""]),
        ("1~a_b~end", ["a", "b"]),
    ],
)
def test_every_table_of_a_link_can_be_shown(table, names, visit):
    """Names and cells stay as they were, with a message where they are wrong."""
    app = moved(visit, {"table": table})
    assert [field.value for field in app.text_input if field.key.startswith("page_name_of_")] == names
    assert query(app) == {"table": table}


def test_typed_weights_that_still_fit_are_kept(visit):
    """More hidden units or inputs add drawn weights, fewer take the last ones away; resetting forgets all."""
    app = moved(visit, {"hidden_units": "2", "weights": "1~3x2_2x1~1_7~2_8~3_~4_~5_~6_~end"})
    settled(edit_weights(app, 0, edited_rows={0: {"h2": "2.5"}}).run())
    assert experiment(app).starting_weights[0].tolist() == [[1, 2.5], [3, 4], [5, 6]]
    settled(app.number_input(key="page_hidden_units").set_value(3).run())
    first, second = experiment(app).starting_weights
    drawn = initial_weights(1, (3, 3, 1))
    assert np.array_equal(first, np.column_stack([[1, 3, 5], [2.5, 4, 6], drawn[0][:, 2]]))
    assert np.array_equal(second, [[7], [8], drawn[1][2]])
    app.button(key="page_delete_x3").click()
    settled(app.number_input(key="page_hidden_units").set_value(1).run())
    assert [layer.tolist() for layer in experiment(app).starting_weights] == [[[1], [3]], [[7]]]
    assert experiment(opened(query(app))) == experiment(app)
    settled(button(app, "Reset").click().run())
    settled(app.toggle(key="page_own_weights").set_value(True).run())
    assert query(app) == {"weights": f"1~3x1~{DRAWN}~end"}


def with_typed_weights(visit):
    """Return the page with four hidden units and a weight typed in each layer."""
    app = moved(visit, {"hidden_units": "4"})
    settled(app.toggle(key="page_own_weights").set_value(True).run())
    edit_weights(app, 0, edited_rows={1: {"h4": "0.25"}})
    settled(edit_weights(app, 1, edited_rows={3: {"output": "-7"}}).run())
    start = experiment(app).starting_weights
    assert start[0][1, 3] == 0.25
    assert start[1][3, 0] == -7
    return app


@pytest.mark.parametrize("way", [[0], [3], [0, 3], [6, 0], [3, 2, 1, 0, 1, 2, 3]])
def test_weights_typed_for_a_number_of_hidden_units_come_back_with_it(way, visit):
    """Whatever numbers were tried meanwhile."""
    app = with_typed_weights(visit)
    before = experiment(app)
    for units in [*way, 4]:
        settled(app.number_input(key="page_hidden_units").set_value(units).run())
    assert experiment(app) == before


def test_no_weights_come_back_where_a_link_was_opened(visit):
    """Those typed before were for another experiment."""
    app = with_typed_weights(visit)
    for units in (0, 4):
        settled(app.number_input(key="page_hidden_units").set_value(units).run())
    app = moved(app, {"hidden_units": "0", "weights": "own"})
    settled(app.number_input(key="page_hidden_units").set_value(4).run())
    assert np.array_equal(experiment(app).starting_weights[0], initial_weights(1, (3, 4, 1))[0])


def test_weights_that_come_back_go_with_the_name_of_their_input(visit):
    """A column deleted meanwhile takes its own along."""
    app = moved(visit, {"hidden_units": "2", "weights": "1~3x2_2x1~1_7~2_8~3_~4_~5_~6_~end"})
    settled(app.number_input(key="page_hidden_units").set_value(1).run())
    settled(app.button(key="page_delete_x1").click().run())
    settled(app.number_input(key="page_hidden_units").set_value(2).run())
    first, second = experiment(app).starting_weights
    assert first.tolist() == [[3, 4], [5, 6]]
    assert second.tolist() == [[7], [8]]


def test_deleting_a_column_leaves_the_others_their_typed_weights(visit):
    """They go with the name of the input."""
    app = moved(visit, {"weights": "1~3x1~1~2~3~end"})
    settled(app.button(key="page_delete_x1").click().run())
    assert experiment(app).starting_weights[0].tolist() == [[2], [3]]


def test_typed_weights_outlive_their_table_being_hidden(visit):
    """Switched off and on again, what was typed is there."""
    app = moved(visit, {"weights": "1~3x1~1~2~3~end"})
    settled(edit_weights(app, 0, edited_rows={0: {"output": "9"}}).run())
    settled(app.toggle(key="page_own_weights").set_value(False).run())
    settled(app.toggle(key="page_own_weights").set_value(True).run())
    assert experiment(app).starting_weights[0].tolist() == [[9], [2], [3]]


def test_renaming_a_column_keeps_the_typed_weights(visit):
    """Names are no part of them."""
    app = moved(visit, {"weights": "1~3x1~1~2~3~end"})
    settled(edit_weights(app, 0, edited_rows={0: {"output": "9"}}).run())
    settled(app.text_input(key="page_name_of_x1").set_value("age").run())
    assert experiment(app).starting_weights[0].tolist() == [[9], [2], [3]]


def test_a_weight_of_minus_zero_keeps_its_sign(visit):
    """Here and where the link opens, as in files."""
    app = moved(visit, {"weights": "1~3x1~-0~2~3~end"})
    settled(edit_weights(app, 0, edited_rows={1: {"output": "-0.0"}}).run())
    assert query(app) == {"weights": "1~3x1~-0~-0~3~end"}
    for page in (app, opened(query(app))):
        assert np.signbit(experiment(page).starting_weights[0]).ravel().tolist() == [True, True, False]
    assert experiment(opened(query(app))) == experiment(app)


def test_a_wrong_weight_is_named_and_travels(visit):
    """The message says where it is, here and elsewhere; the last run stays."""
    app = moved(visit, {"weights": "1~3x1~1~2~3~end"})
    settled(edit_weights(app, 0, edited_rows={1: {"output": None}}).run())
    assert query(app) == {"weights": "1~3x1~1~~3~end"}
    for page in (app, opened(query(app))):
        message = page.sidebar.error[0].value.replace("\\", "")
        assert message == "Starting weights, row “x2”, column “output”: the cell is blank. Type a number."
    assert experiment(app).starting_weights[0].tolist() == [[1], [2], [3]]


def test_weights_asked_for_beside_a_broken_table_are_drawn_once_it_is_mended(visit):
    """The switch travels although there is no network yet."""
    app = moved(visit, {"table": "1~a_b~x_1~end"})
    settled(app.toggle(key="page_own_weights").set_value(True).run())
    assert query(app) == {"weights": "own", "table": "1~a_b~x_1~end"}
    elsewhere = unfolded(query(app))
    assert elsewhere.toggle(key="page_own_weights").value
    settled(edit_table(elsewhere, edited_rows={0: {"a": "0"}}).run())
    assert query(elsewhere) == {"weights": "1~1x1~-0.165955990594852~end", "table": "1~a_b~0_1~end"}


def test_tables_too_large_for_the_address_survive_back_and_forward():
    """Each comes back with its own address on the same visit, the last few; elsewhere it is said to be missing."""
    app = opened()
    rows = [{"x1": f"{i**5 % 9973}", "x2": f"{i**3}", "x3": "1", "y": "1"} for i in range(3_000)]
    settled(edit_table(app, added_rows=rows).run())
    assert not app.warning
    assert any("too large for the address" in caption.value for caption in app.caption)
    visited = [(query(app), experiment(app))]
    for row in range(address.MOST_LARGE):
        settled(edit_table(app, edited_rows={row: {"x1": "0.5"}}).run())
        visited.append((query(app), experiment(app)))
    assert len({parameters["table"] for parameters, _ in visited}) == len(visited)
    settled(button(app, "Reset").click().run())
    assert query(app) == {}
    assert not any("too large for the address" in caption.value for caption in app.caption)
    (forgotten, _), *kept = visited
    for parameters, large in [*reversed(kept), *kept]:
        assert parameters["table"].startswith(NOT_HERE)
        assert experiment(moved(app, parameters)) == large
        assert not app.warning
    for page in (moved(app, forgotten), opened(kept[0][0]), opened({"table": NOT_HERE})):
        assert "the table was too large for a link" in page.warning[0].value
        assert experiment(page) == NOTEBOOK
