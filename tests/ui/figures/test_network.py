"""The drawing of the network and the film of its learning, from the numbers that they draw."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, forward, train
from core.arrays import flat
from ui.figures.film import LONGEST_PULL, MOST_FRAMES, PULLED_AT, film_states, learning_figure
from ui.figures.network import network_figure
from ui.figures.parts import drawn_sizes, node_positions, strokes
from ui.figures.style import BLUE, ORANGE
from ui.names import connection_names, source_names
from ui.text import exact_text, input_text
from ui.view import Place
from ui.worked.step import neurons, step_at

HIDDEN = replace(NOTEBOOK, hidden_units=4)


def film(run):
    return learning_figure(run, film_states(run.experiment))


def draw(run, k, row):
    """Draw a run's network in state k for a row, its first output ringed."""
    step = step_at(run, Place(k, row, next(iter(neurons(run.experiment).values()))))
    return step, go.Figure(network_figure(run.experiment, step.forward, step.backward, row, step.neuron))


def texts(figure):
    """Return all that a figure writes."""
    return [text for trace in figure.data if trace.text is not None for text in trace.text]


@given(networks(), st.data())
def test_the_drawing_shows_every_number_of_a_row(experiment, data):
    """Each input, each neuron's output and delta, each weight, each target's error."""
    run = train(experiment)
    k, row = (
        data.draw(st.integers(0, experiment.updates)),
        data.draw(st.integers(0, len(experiment.dataset.targets) - 1)),
    )
    step, figure = draw(run, k, row)
    written = "\n".join(texts(figure))
    for ahead, behind in zip(step.forward, step.backward, strict=True):
        for numbers in (ahead.weights.ravel(), ahead.activation[row], behind.delta[row]):
            assert all(exact_text(number) in written for number in numbers)
    for error in step.backward[-1].error[row]:
        assert f"error<br>{exact_text(error)}" in written
    for raw in experiment.dataset.inputs[row]:
        assert input_text(raw) in written


@given(networks())
def test_a_click_tells_the_neuron_that_is_clicked_or_led_to(experiment):
    """A neuron its own; a connection the neuron at its end; an input, or a bias, one of the next layer."""
    _, figure = draw(train(experiment), 0, 0)
    weights, nodes = (trace for trace in figure.data if trace.customdata is not None)
    by_name = neurons(experiment)
    chosen = {name: tuple(place) for name, place in zip(nodes.hovertext, nodes.customdata, strict=True)}
    for name, place in by_name.items():
        assert chosen[name] == place
    for layer, names in enumerate(source_names(experiment)):
        assert all(chosen[name] in by_name.values() for name in names)
        assert layer > 0 or all(chosen[name][0] == 0 for name in names if name != "bias")
    for text, place in zip(weights.hovertext, weights.customdata, strict=True):
        if " → " in text:
            assert by_name[text.split(" → ")[1].split("<br>")[0]] == tuple(place)


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (["sepal length", "sepal width", "a<b", "x1"], ["sepal<br>length", "sepal<br>width", "a&lt;b", "x1"]),
        ([f"petal no {number}" for number in range(29)], [f"pet… {number}" for number in range(10)]),
    ],
)
def test_names_that_begin_alike_differ_in_the_drawing(names, written):
    """In two lines, or where the nodes are small, by their ends; in full where they are pointed at."""
    experiment = Experiment(Dataset([[0] * len(names)], [1], names), biases="learned")
    _, figure = draw(train(experiment), 0, 0)
    _, nodes = (trace for trace in figure.data if trace.customdata is not None)
    assert list(nodes.text[: len(written)]) == written
    assert len({*nodes.text}) == len(names) + 2
    assert nodes.hovertext[0] == names[0]


@given(networks())
def test_every_connection_is_drawn_by_its_weight(experiment):
    """Blue if it is positive, orange if negative; never thinner for a larger weight."""
    weights = experiment.weights_before
    nodes = [[(layer, unit) for unit in range(size)] for layer, size in enumerate(drawn_sizes(experiment))]
    drawn = {}
    for stroke, points in strokes(nodes, weights).items():
        for gap, start, end in points.reshape(-1, 3, 2):
            assert np.isnan(gap).all()
            (layer, unit), (_, next_unit) = start.astype(int), end.astype(int)
            drawn[weights[layer][unit, next_unit]] = stroke
    assert sorted(drawn) == sorted({weight for layer in weights for weight in layer.flat})
    assert all(stroke.color == (ORANGE if weight < 0 else BLUE) for weight, stroke in drawn.items())
    widths = [drawn[weight].width for weight in sorted(drawn, key=abs)]
    assert widths == sorted(widths)


@pytest.mark.parametrize(
    ("experiment", "names"),
    [
        (NOTEBOOK, ["x1", "x2", "x3"]),
        (HIDDEN, ["x1 → h1", "h4 → output"]),
        (replace(NOTEBOOK, biases="learned"), ["x1", "x2", "x3", "bias"]),
        (replace(NOTEBOOK, hidden_units=(2, 1), biases="fixed"), ["x1 → h1", "bias → output"]),
    ],
)
def test_weights_are_named_by_their_connection(experiment, names):
    """With hidden units both ends are told, in the order of the arrays."""
    named = connection_names(experiment)
    assert (named if len(names) > 2 else [named[0], named[-1]]) == names
    assert len(named) == experiment.weight_count


@pytest.mark.parametrize(
    "experiment",
    [
        NOTEBOOK,
        replace(HIDDEN, epochs=5_000),
        replace(EXAMPLES["mazur"].experiment, epochs=30),
        replace(NOTEBOOK, hidden_units=(2, 2), batch_size=3, biases="learned"),
    ],
)
def test_the_film_ends_with_the_final_outputs_and_the_whole_loss(experiment):
    """Its frames go from state 0 to the last; each holds the outputs and the loss up to its state."""
    run = train(experiment)
    figure = go.Figure(film(run))
    assert (figure.frames[0].name, figure.frames[-1].name) == ("0", f"{experiment.updates:,}")
    for frame in figure.frames:
        k = int(frame.name.replace(",", ""))
        shown = {trace.y[-1] for trace in frame.data if trace.y is not None and len(trace.y)}
        assert np.float32(np.ravel(run.outputs_after(k))[-1]) in shown
        assert run.cross_entropy[k] in shown


@pytest.mark.parametrize(
    "experiment",
    [
        NOTEBOOK,
        replace(HIDDEN, epochs=50),
        replace(EXAMPLES["mazur"].experiment, epochs=30),
        replace(NOTEBOOK, hidden_units=(2, 2), batch_size=3, biases="learned", epochs=20),
    ],
)
def test_the_films_arrows_are_the_next_updates(experiment):
    """On its connection each goes on where the weight becomes larger, as far as its share of the largest change."""
    run = train(experiment)
    nodes = node_positions(drawn_sizes(experiment))
    weights = [(layer, *cell) for layer, shape in enumerate(experiment.shapes) for cell in np.ndindex(shape)]
    sources = [nodes[layer][row] for layer, row, _ in weights]
    targets = [nodes[layer + 1][unit] for layer, _, unit in weights]
    for frame in film(run)["frames"]:
        k = int(frame["name"].replace(",", ""))
        if k == experiment.updates:
            continue
        change = flat(run.weights_after(k + 1)) - flat(run.weights_after(k))
        arrows, largest = next(pair for pair in pairwise(frame["data"]) if "largest change" in str(pair[1].get("text")))
        assert float(largest["text"][0].split()[-1]) == pytest.approx(np.abs(change).max(), rel=1e-3, abs=1e-8)
        points = np.column_stack([arrows["x"], arrows["y"]]).reshape(-1, 3, 2)
        for (_, tail, tip), start, end, one in zip(points, sources, targets, change, strict=True):
            way = np.subtract(end, start)
            if one == 0:
                assert np.isnan(tip).all()
                continue
            assert tail == pytest.approx(start + PULLED_AT * way, abs=1e-3)
            share = LONGEST_PULL * one / np.abs(change).max()
            assert tip - tail == pytest.approx(share * way, abs=1e-3)


def test_the_film_has_a_button_a_frame():
    """Which the player presses; each shows its frame."""
    figure = film(train(NOTEBOOK))
    (menu,) = figure["layout"]["updatemenus"]
    assert [button["args"][0] for button in menu["buttons"]] == [[frame["name"]] for frame in figure["frames"]]
    assert menu["bgcolor"] == menu["bordercolor"] == "rgba(0, 0, 0, 0)"


def test_the_film_of_the_largest_network_is_small():
    """29 inputs, four outputs, three hidden layers of 32 and many rows stay below 500 kB."""
    generator = np.random.default_rng(1)
    dataset = Dataset(generator.standard_normal((200, 29)), generator.random((200, 4)))
    network = Experiment(dataset, epochs=300, hidden_units=(32, 32, 32), biases="learned", batch_size=50)
    figure = go.Figure(film(train(network)))
    assert 2 <= len(figure.frames) <= MOST_FRAMES
    assert len(figure.to_json()) < 500_000


def test_the_films_networks_are_those_of_its_states():
    """The first frame's outputs are those of the starting weights."""
    run = train(NOTEBOOK)
    first = go.Figure(film(run)).frames[0]
    outputs = forward(NOTEBOOK.dataset.inputs, NOTEBOOK.weights_before)[-1].activation[:, 0]
    assert any(np.array_equal(trace.y, outputs.astype(np.float32)) for trace in first.data)


@pytest.mark.parametrize("size", [1e39, 1e50])
def test_the_film_shows_a_loss_that_no_float32_holds(size):
    run = train(Experiment(Dataset([[size], [1]], [1, 0]), epochs=50))
    loss = go.Figure(film(run)).frames[-1].data[-4].y
    assert np.isfinite(loss).all()
    assert (loss[0], loss[-1]) == (run.cross_entropy[0], run.cross_entropy[-1])
