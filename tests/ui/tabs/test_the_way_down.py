"""The way down: the picture, its numbers and its choices, for every kind of network."""

import re

import numpy as np
import pytest
from app import button, numbers, opened, settled, spec, tables, unfold

from core import EXAMPLES, forward
from core.arrays import flat
from core.landscape import losses_at, most_moved
from ui import training
from ui.names import connection_names
from ui.tabs import the_way_down
from ui.text import exact_text

ONE_WEIGHT = {"table": "1~x_y~0_0~1_1~2_1~end"}
NETWORKS = {
    "a neuron": {},
    "two weights": {"example": "nielsen-bad"},
    "one weight": ONE_WEIGHT,
    "one weight of a layer": ONE_WEIGHT | {"hidden_units": "1"},
    "a hidden layer": {"hidden_units": "4", "state": "20"},
    "two hidden layers": {"hidden_units": "2-3", "biases": "learned", "state": "200"},
    "several outputs": {"example": "mazur", "epochs": "50", "state": "7"},
    "outputs without a hidden layer": {"targets": "2", "table": "1~x_a_b~0_0_1~1_1_0~end"},
    "fixed biases": {"biases": "fixed", "state": "3"},
    "rows held out": {"held_out": "0.25", "batch_size": "2", "state": "4"},
    "batches": {"example": "xor-rows", "state": "5", "epochs": "40"},
    "cross-entropy": {"example": "challenger", "state": "100"},
    "huge inputs": {"table": "1~x_y~1e50_0~-1e50_1~end", "biases": "learned"},
}
LOOKS = [{}, {"scale": "log"}, {"relief": "surface", "turn": "77"}, {"relief": "surface", "scale": "log"}]
SMALL = 300_000  # bytes of a message


def way_down(query=None, **parameters):
    return opened({"tab": "down"} | (query or {}) | parameters)


def run_of(app):
    return app.session_state[training.SHOWN].run


def charts(app):
    """Return the charts of the tab."""
    return [chart for chart in app.get("plotly_chart") if re.search("page_(landscape|ground)", chart.proto.id)]


def figures(app):
    return list(map(spec, charts(app)))


def texts(app):
    return "\n".join(text.value for text in app.main.markdown)


def table_of_heights(app):
    return next(table for table in tables(app) if "in the picture" in table.columns)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_has_its_picture(network, look):
    """Over the two weights that moved most, or the only one; with words for it, and in small messages."""
    app = way_down(NETWORKS[network], **look)
    run = run_of(app)
    assert not app.warning
    picture, *others = charts(app)
    places = most_moved(run)[:2]
    for place in places:
        assert connection_names(run.experiment)[place] in picture.proto.alt
    assert len(others) == (2 if run.experiment.sizes[1:] == (1,) else 0)
    for chart in (picture, *others):
        assert len(chart.proto.spec) < SMALL
    kind = spec(picture)["data"][0].get("type")
    assert kind == ("scatter" if len(places) == 1 else "surface" if "relief" in look else "contour")


@pytest.mark.parametrize("network", NETWORKS)
def test_the_table_tells_the_heights_of_the_run_and_of_the_picture(network):
    """By direct evaluation: where the chosen weights are those of start and end, the others those of the state."""
    app = way_down(NETWORKS[network])
    run = run_of(app)
    experiment, k = run.experiment, int(NETWORKS[network].get("state", 0))
    places, last, losses = most_moved(run)[:2], experiment.updates, run.losses[experiment.objective]
    expected = {}
    for state in sorted({0, k, last}):
        point = flat(run.weights_after(state))[places][np.newaxis]
        (in_picture,) = losses_at(experiment, run.weights_after(k), places, point)[experiment.objective]
        expected[state] = [exact_text(float(losses[state])), exact_text(float(in_picture))]
    table = table_of_heights(app)
    states = [int(re.search(r"state ([\d,]+)", label)[1].replace(",", "")) for label in table.iloc[:, 0]]
    assert dict(zip(states, table.iloc[:, 1:].to_numpy().tolist(), strict=True)) == expected


def test_the_ring_moves_with_the_state_and_the_ground_changes():
    """The other weights are those of the new state."""
    app = way_down()
    before = figures(app)[0]
    settled(app.slider(key="page_state").set_value(57).run())
    after = figures(app)[0]
    weights = flat(run_of(app).weights_after(57))
    ring = after["data"][-1]
    assert [ring["x"], ring["y"]] == [[weights[0]], [weights[2]]]
    assert not np.array_equal(numbers(before["data"][0]["z"]), numbers(after["data"][0]["z"]))
    assert before["layout"]["xaxis"]["range"] == after["layout"]["xaxis"]["range"]
    assert "state 57" in texts(app)


def test_weights_are_chosen_and_never_twice():
    """What one of them is, the other cannot be; where it becomes the same, the other is the one that moved most."""
    app = way_down()
    assert (app.selectbox(key="page_weight_across").value, app.selectbox(key="page_weight_up").value) == (None, None)
    settled(app.selectbox(key="page_weight_up").set_value(2).run())
    titles = figures(app)[0]["layout"]
    assert (titles["xaxis"]["title"]["text"], titles["yaxis"]["title"]["text"]) == ("x1", "x2")
    assert "x1" not in app.selectbox(key="page_weight_up").options
    settled(app.selectbox(key="page_weight_across").set_value(2).run())
    titles = figures(app)[0]["layout"]
    assert (titles["xaxis"]["title"]["text"], titles["yaxis"]["title"]["text"]) == ("x2", "x1")
    assert app.selectbox(key="page_weight_up").value is None


def test_a_link_with_one_weight_twice_shows_two():
    layout = figures(way_down(weight_across="3", weight_up="3"))[0]["layout"]
    assert (layout["xaxis"]["title"]["text"], layout["yaxis"]["title"]["text"]) == ("x3", "x1")


def test_a_choice_that_no_longer_exists_is_given_up():
    """Fewer hidden units have fewer weights."""
    app = unfold(way_down({"hidden_units": "4", "weight_across": "16", "weight_up": "15"}))
    settled(app.number_input(key="page_hidden_units").set_value(1).run())
    assert not app.warning
    assert app.selectbox(key="page_weight_across").value is None


def test_names_that_are_alike_can_both_be_chosen():
    """An input may be called bias, too."""
    app = way_down({"table": "1~bias_y~0_0~1_1~end", "biases": "learned"})
    assert len(set(app.selectbox(key="page_weight_across").options)) == 2


def test_how_steep_both_objectives_are_is_said_with_numbers():
    """For Nielsen's bad start, by the formulas: mean error × slope × input, and mean error × input."""
    app = way_down(example="nielsen-bad")
    run = run_of(app)
    output = forward([[1, 1]], run.weights_after(0))[-1].activation[0, 0]
    entropy, slope = output * np.sqrt(2), output * (1 - output)
    said = texts(app)
    assert f"the squared error falls by {exact_text(entropy * slope)} for each 1" in said
    assert f"the cross-entropy by {exact_text(entropy)}, 56.6 times as much" in said
    assert f"here at most {exact_text(slope)}" in said
    assert 1 / slope == pytest.approx(56.6, abs=0.05)


def test_only_the_objective_that_is_descended_has_the_path():
    """The other one has the state alone, and the step that its own update would make."""
    app = way_down(example="nielsen-cross-entropy")
    _, squared_error, cross_entropy = figures(app)
    assert len(cross_entropy["data"]) > len(squared_error["data"]) == 2
    assert "**Cross-entropy**, which this run descends" in texts(app)


def test_from_another_network_a_button_opens_nielsens_neuron():
    app = way_down(hidden_units="2")
    settled(button(app, "Open Nielsen's neuron").click().run())
    assert run_of(app).experiment == EXAMPLES["nielsen-bad"].experiment
    assert app.session_state["page_tab"] == "The way down"


def test_a_batch_of_its_own_is_told():
    assert "It learns from row 2 alone" in texts(way_down(NETWORKS["batches"], state="5"))
    assert "It learns from rows 3 to 4 alone" in texts(way_down(NETWORKS["batches"], state="1", batch_size="2"))
    assert "It learns from" not in texts(way_down())
    held_out = way_down(NETWORKS["rows held out"])
    rows = run_of(held_out).experiment.training_rows
    assert f"It learns from rows {rows[0] + 1} to {rows[1] + 1} alone" in texts(held_out)
    assert "the mean over all rows but those held out" in texts(held_out)
    gap = way_down(NETWORKS["rows held out"], state="0", seed="9")
    assert run_of(gap).experiment.training_rows.tolist() == [0, 2, 3]
    assert "It learns from rows 1 to 3, without those held out, alone" in texts(gap)
    assert "the ground is that of all rows but those held out: so" in texts(held_out)


@pytest.mark.parametrize("points", [[{}], [{"customdata": 0.5}], [{"customdata": ["a"]}], [{"customdata": []}], [], 7])
def test_a_click_beside_the_path_chooses_no_state(points):
    """On a logarithmic scale each point of the ground tells its height."""
    assert the_way_down._state_of(points) is None
    assert the_way_down._state_of([{"customdata": [57, 0.1, 0.2]}]) == 57


def test_the_last_states_step_is_one_more():
    assert "one more update would make this step" in texts(way_down(state="200"))
    assert "one more update" not in texts(way_down(state="199"))


def test_what_is_too_large_is_refused_with_the_figure_and_the_limit(monkeypatch):
    """The rest of the tab is there."""
    monkeypatch.setattr(the_way_down, "landscape", lambda *_: None)
    app = way_down()
    assert "the limit is 0.5" in app.info[0].value
    assert "4 rows" in app.info[0].value
    assert "**is** minus the gradient of the squared error" in texts(app)


def test_nothing_is_computed_while_another_tab_is_open(monkeypatch):
    def computed(*_):
        raise AssertionError

    monkeypatch.setattr(the_way_down, "landscape", computed)
    assert opened({"tab": "step", "weight_across": "1"})
