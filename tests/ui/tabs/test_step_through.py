"""Step through: a reader with a calculator gets every number that is shown from the numbers shown before it."""

import math
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import experiments

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from ui.explanation import backward_parts, forward_parts, travel_parts
from ui.tables import Table
from ui.tabs.step_through import all_rows, update_parts
from ui.view import Place
from ui.worked.all_rows import columns_of
from ui.worked.step import neurons
from ui.worked.step import step_at as step_at_place

COLOUR = re.compile(r":(?:green|violet|blue|orange)\[((?:[^\[\]]|\\[\[\]])*)\]")
HIDDEN = Experiment(Dataset([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 1, 1, 0]), epochs=100, hidden_units=4)


def step_at(run, k, row, neuron):
    return step_at_place(run, Place(k, row, neuron))


@st.composite
def steps(draw, experiments=experiments()):  # noqa: B008 - strategies are immutable
    """Draw a run, and in it a state, a row and a neuron."""
    run = train(draw(experiments))
    k = draw(st.integers(0, run.experiment.epochs))
    row = draw(st.integers(0, len(run.experiment.dataset.targets) - 1))
    return step_at(run, k, row, draw(st.sampled_from(list(neurons(run.experiment).values()))))


hidden_steps = steps(experiments().filter(lambda experiment: experiment.hidden_units))


def plain(parts):
    """Return the paragraphs of a section without their colours."""
    return COLOUR.sub(r"\1", "\n".join(part for part in parts if isinstance(part, str)))


def table(parts):
    """Return the numbers of a section's table, a list a row; blank cells and the first column left out."""
    (shown,) = [part for part in parts if isinstance(part, Table)]
    cells = [[COLOUR.sub(r"\1", cell) for cell in row[1:]] for row in shown.rows]
    return [[float(cell) for cell in row if cell] for row in cells]


def equations(parts):
    """Return what is calculated in a section: pairs of an expression in numbers and the result shown for it."""
    lines = [line.split(" = ") for line in plain(parts).splitlines() if " = " in line]
    return [(items[-2], float(items[-1])) for items in lines if len(items) > 2]


def close(shown, *numbers):
    """Expect `shown`, but for the rounding of it and of the numbers that it is calculated from."""
    return pytest.approx(shown, rel=1e-8, abs=1e-8 * (1 + sum(map(abs, numbers))))


@given(steps())
def test_the_way_forward_recombines(step):
    """Input × weight gives the product, the products' sum the total input, its sigmoid the output."""
    parts = forward_parts(step)
    *products, (total,) = table(parts)
    for value, weight, product in products:
        assert value * weight == close(product, value, weight)
    summed = [product for *_, product in products]
    assert sum(summed) == close(total, len(summed), *summed)
    output = float(plain(parts).rsplit("=$ ", 1)[1])
    assert 1 / (1 + math.exp(-total)) == close(output)


@given(steps())
def test_the_way_back_recombines(step):
    """Error, slope and delta are what their formulas give with the numbers put in."""
    calculated = equations(backward_parts(step))
    assert len(calculated) >= 2
    for expression, result in calculated:
        numbers = [float(number) for number in re.findall(r"[\d.]+(?:e-?\d+)?", expression)]
        assert pd.eval(expression.replace("×", "*")) == close(result, *numbers)


@given(hidden_steps)
def test_the_travelling_delta_recombines(step):
    """The output's delta × weight gives each hidden error; × slope gives its delta."""
    rows = table(travel_parts(step))
    assert len(rows) == step.run.experiment.hidden_units
    for delta, weight, error, slope, hidden_delta in rows:
        assert delta * weight == close(error, delta, weight)
        assert error * slope == close(hidden_delta, error)


@given(steps())
def test_the_table_of_all_rows_recombines(step):
    """The sum row holds the sums of input × delta, and these, times the learning rate, the changes."""
    frame = all_rows(columns_of(step))
    features = len(step.weights)
    *_, (_, delta) = [(name, frame[name]) for name in frame.columns if name.rstrip("\u200b") == "δ"]
    products = frame.iloc[:-1, -features:].to_numpy()
    inputs = frame.iloc[:-1, :features].to_numpy()
    assert np.array_equal(products, inputs * delta.to_numpy()[:-1, np.newaxis])
    sums = frame.iloc[-1, -features:].to_numpy(dtype=float)
    assert sums == pytest.approx(products.sum(axis=0))
    rate = step.run.experiment.learning_rate
    changes = [row[-2] for row in table(update_parts(step))]
    assert changes == [close(rate * total, rate) for total in sums]


@given(steps())
def test_the_update_recombines_and_leads_to_the_next_state(step):
    """Weight + change gives the new weight, to the letter the weight of the next state."""
    rows = table(update_parts(step))
    for old, *_, change, new in rows:
        assert old + change == close(new, old, change)
    if step.k < step.run.experiment.epochs:
        following = step_at(step.run, step.k + 1, step.row, step.neuron)
        assert [row[-1] for row in rows] == [row[0] for row in table(update_parts(following))]


def test_the_notebooks_first_step_is_the_worked_example():
    """The first row in state 0, by hand: 1 · -0.99977125 in all, 0.26898640 out, and back."""
    step = step_at(train(NOTEBOOK), 0, 0, (0, 0))
    assert table(forward_parts(step)) == [
        [0, -0.16595599, 0],
        [0, 0.44064899, 0],
        [1, -0.99977125, -0.99977125],
        [-0.99977125],
    ]
    assert plain(forward_parts(step)).endswith("=$ 0.26898640")
    assert equations(backward_parts(step)) == [
        ("0 - 0.26898640", -0.26898640),
        ("0.26898640 × (1 - 0.26898640)", 0.19663272),
        ("-0.26898640 × 0.19663272", -0.05289153),
    ]
    assert table(update_parts(step)) == [
        [-0.16595599, 0.28621005, 0.12025406],
        [0.44064899, 0.06391297, 0.50456196],
        [-0.99977125, 0.14913351, -0.85063774],
    ]


def test_a_tiny_delta_has_no_more_digits_than_its_factors_give():
    """A calculator gets all of them from what is shown: 0.01004812 × 0.00172130 of Trask's XOR."""
    run = train(replace(EXAMPLES["xor-hidden"].experiment, epochs=1_000))
    *_, (expression, delta) = equations(backward_parts(step_at(run, 1_000, 1, (0, 1))))
    assert expression == "0.01004812 × 0.00172130"
    assert f"{0.01004812 * 0.00172130:.4e}" == f"{delta:.4e}" == "1.7296e-05"
    assert delta == float("1.7296e-05")


def test_terms_are_named_as_in_the_notebooks_code():
    """A reader finds the line of the notebook for each of them."""
    step = step_at(train(NOTEBOOK), 0, 0, (0, 0))
    text = plain(forward_parts(step) + backward_parts(step) + update_parts(step))
    for code in ("layer0", "syn0", "layer1", "layer1_error", "layer1_delta", "activation_function(layer1, True)"):
        assert code in text


def test_the_last_state_says_that_its_update_was_not_made():
    """One more epoch would make it; before, nothing of the kind is said."""
    run = train(NOTEBOOK)
    assert "one more update" in plain(update_parts(step_at(run, 200, 0, (0, 0))))
    assert "one more epoch" not in plain(update_parts(step_at(run, 199, 0, (0, 0))))


def test_cross_entropy_drops_the_slope_of_the_output_only():
    """The output's delta is its error, a hidden neuron's is still multiplied by the slope."""
    run = train(replace(HIDDEN, objective="cross_entropy"))
    output, hidden = (backward_parts(step_at(run, 5, 0, neuron)) for neuron in ((1, 0), (0, 0)))
    assert "the slope cancels out" in plain(output)
    assert "the slope cancels out" not in plain(hidden)
    assert len(equations(hidden)) == len(equations(output)) + 1 == 3


def test_the_neurons_are_the_output_and_then_the_hidden_ones():
    """By the names that the drawing has."""
    assert neurons(NOTEBOOK) == {"output": (0, 0)}
    assert neurons(HIDDEN) == {"output": (1, 0), "h1": (0, 0), "h2": (0, 1), "h3": (0, 2), "h4": (0, 3)}
