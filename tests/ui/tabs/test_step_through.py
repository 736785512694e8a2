"""Step through: a reader with a calculator gets every number that is shown from the numbers shown before it."""

import math
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from app import new_part, opened
from app import tables as tables_of
from hypothesis import given
from steps import steps
from strategies import networks

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from ui.explanation import backward_parts, forward_parts, standardised_parts, travel_parts
from ui.table import Table
from ui.tabs.step_through import all_rows_table, rows_in_words, update_parts
from ui.text import exact_text
from ui.view import Place
from ui.worked.all_rows import columns_of
from ui.worked.step import neurons
from ui.worked.step import step_at as step_at_place

COLOUR = re.compile(r":(?:green|violet|blue|orange)\[((?:[^\[\]]|\\[\[\]])*)\]")
ROWS = """
import streamlit as st
from ui.tabs import step_through
step_through.show_rows(st.session_state["step"])
"""
HIDDEN = Experiment(Dataset([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], [0, 1, 1, 0]), epochs=100, hidden_units=4)


def step_at(run, k, row, neuron):
    return step_at_place(run, Place(k, row, neuron))


deep_steps = steps(networks().filter(lambda experiment: experiment.hidden_units))


def plain(parts):
    """Return the paragraphs of a section without their colours."""
    return COLOUR.sub(r"\1", "\n".join(part for part in parts if isinstance(part, str)))


def table(parts):
    """Return the numbers of a section's only table, a list a row; blank cells and the first column left out."""
    (numbers,) = tables(parts)
    return numbers


def tables(parts):
    """Return the numbers of each table of a section."""
    return [
        [[float(COLOUR.sub(r"\1", cell)) for cell in row[1:] if cell] for row in part.rows]
        for part in parts
        if isinstance(part, Table)
    ]


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


@given(deep_steps)
def test_what_is_sent_back_recombines(step):
    """The deltas of the neurons after a hidden one × the weights between them give its error, in sum."""
    for *shares, (error,) in tables(backward_parts(step)):
        assert len(shares) > 1
        for delta, weight, share in shares:
            assert delta * weight == close(share, delta, weight)
        summed = [share for *_, share in shares]
        assert sum(summed) == close(error, len(summed), *summed)


@given(deep_steps)
def test_the_travelling_deltas_recombine(step):
    """Layer by layer back, error × slope gives each delta; one delta after it × the weight gives the error."""
    layers = tables(travel_parts(step))
    assert [len(rows) for rows in layers] == list(reversed(step.run.experiment.hidden_layers))
    for row in (row for rows in layers for row in rows):
        *terms, error, slope, delta = row
        assert error * slope == close(delta, error)
        assert math.prod(terms) == close(error, *terms) if terms else len(row) == 3


@pytest.mark.parametrize(("units", "senders"), [(3, "h3, h4 and h5"), (6, "h3 to h8")])
def test_of_many_neurons_that_send_back_the_first_and_the_last_are_named(units, senders):
    step = step_at(train(replace(NOTEBOOK, epochs=1, hidden_units=(2, units))), 0, 0, (0, 0))
    assert f"blamed for the deltas of {senders} in proportion" in plain(travel_parts(step))


@given(steps(networks().filter(lambda experiment: experiment.standardise)))
def test_standardised_inputs_recombine(step):
    """The table's number less the mean, by the deviation, is what the first layer is given."""
    scaling = step.run.experiment.scaling
    rows = [row for rows in tables(standardised_parts(step)) for row in rows]
    assert len(rows) == np.count_nonzero(scaling.changes)
    given_to = step.forward[0].inputs[step.row][: len(scaling.changes)][scaling.changes]
    for (raw, mean, deviation, given_number), value in zip(rows, given_to, strict=True):
        if deviation > 0.01:  # of fewer digits than eight the quotient has no more
            assert (raw - mean) / deviation == pytest.approx(given_number, rel=1e-5, abs=1e-5)
        assert given_number == close(value)


@given(steps())
def test_the_table_of_the_rows_recombines(step):
    """The sum row holds the sums of input × delta over the rows of the update, and these, × the rate, the changes."""
    shown = all_rows_table(step, columns_of(step), range(len(step.batch)))
    labels = [row[0].strip("*") for row in shown.rows]
    assert labels == [*(str(row + 1) for row in step.batch), "sum"]
    learning = len(step.weights) - step.has_fixed_bias
    rows = [[float(COLOUR.sub(r"\1", cell.strip("*"))) for cell in row[-learning - 1 :] if cell] for row in shown.rows]
    *products, sums = rows
    for (delta, *numbers), inputs in zip(products, step.ahead.inputs[step.batch, :learning].tolist(), strict=True):
        assert numbers == [close(delta * value, value) for value in inputs]
    columns = list(zip(*(numbers[1:] for numbers in products), strict=True))
    assert sums == [close(sum(column), len(column), *column) for column in columns]
    rate = step.run.experiment.learning_rate
    changes = [row[-2] for row in table(update_parts(step))]
    assert changes == [close(rate * total, rate) for total in sums]


HUNDREDS = Experiment(Dataset([[row / 7, 1] for row in range(500)], [row % 2 for row in range(500)]), epochs=2)


@pytest.mark.parametrize(("rows", "row", "first"), [(100, 70, 1), (500, 0, 1), (500, 250, 186), (500, 499, 371)])
def test_many_rows_keep_their_colours_and_digits_and_the_one_looked_at(rows, row, first):
    """Of hundreds those around it are shown; the sum, of which only input × delta has one, is that of all."""
    table = replace(HUNDREDS, dataset=Dataset(HUNDREDS.dataset.inputs[:rows], HUNDREDS.dataset.targets[:rows]))
    app = new_part(ROWS)
    app.session_state["step"] = step = step_at(train(table), 1, row, (0, 0))
    assert not app.run().exception
    assert not app.dataframe
    *shown, sums = tables_of(app)[-1].to_numpy().tolist()
    assert shown[0][0].strip("*") == str(first)
    (looked_at,) = [cells for cells in shown if "**" in cells[0]]
    assert (looked_at[0], looked_at[-1]) == (f"**{row + 1}**", f"**:violet[{exact_text(step.products[row, -1])}]**")
    assert sums[1:] == [""] * 8 + [f":violet[{exact_text(total)}]" for total in step.products.sum(axis=0)]
    assert [caption.value for caption in app.caption] == (
        [f"Rows {first} to {first + len(shown) - 1} of these; the sum is that of all 500."] if rows > 100 else []
    )


@given(steps())
def test_the_update_recombines_and_leads_to_the_next_state(step):
    """Weight + change gives the new weight, to the letter the weight of the next state."""
    rows = table(update_parts(step))
    for old, *_, change, new in rows:
        assert old + change == close(new, old, change)
    if step.k < step.run.experiment.updates:
        following = step_at(step.run, step.k + 1, step.row, step.neuron)
        assert [row[-1] for row in rows] == [row[0] for row in table(update_parts(following))]


MAZUR = EXAMPLES["mazur"].experiment


def test_mazurs_first_step_is_the_one_by_hand():
    """Output o1 and hidden h1 in state 0, as his text calculates them; the biases stay."""
    run = train(replace(MAZUR, epochs=2))
    output, hidden = (step_at(run, 0, 0, neuron) for neuron in ((1, 0), (0, 0)))
    assert table(forward_parts(output))[-1] == [1.10590597]
    assert table(forward_parts(hidden)) == [[0.05, 0.15, 0.0075], [0.1, 0.2, 0.02], [1, 0.35, 0.35], [0.3775]]
    assert equations(backward_parts(output)) == [
        ("0.01 - 0.75136507", -0.74136507),
        ("0.75136507 × (1 - 0.75136507)", 0.1868156),
        ("-0.74136507 × 0.18681560", -0.13849856),
    ]
    assert tables(backward_parts(hidden)) == [
        [[-0.13849856, 0.4, -0.05539942], [0.03809824, 0.5, 0.01904912], [-0.03635031]]
    ]
    assert [row[-1] for row in table(update_parts(hidden))] == [0.14978072, 0.19956143]
    assert [row[-1] for row in table(update_parts(output))] == [0.35891648, 0.40866619]
    assert "is fixed and stays as it is" in plain(update_parts(output))


def test_the_rows_of_an_update_are_told():
    """One after the other, and whether the row that is looked at is one of them."""
    run = train(replace(NOTEBOOK, batch_size=3))
    assert "learns from rows 1 to 3 of the table" in rows_in_words(step_at(run, 2, 1, (0, 0)))
    assert "is not among them" not in rows_in_words(step_at(run, 2, 1, (0, 0)))
    assert "; the next one goes on from there." in rows_in_words(step_at(run, 2, 1, (0, 0)))
    second = rows_in_words(step_at(run, 1, 1, (0, 0)))
    assert "learns from row 4 of the table alone; the next one begins with the first again" in second
    assert "Row 2, shown above, is not among them and changes nothing." in second
    assert rows_in_words(step_at(train(NOTEBOOK), 0, 1, (0, 0))) == "Every row goes forward and back like this."


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
    assert list(neurons(replace(MAZUR, hidden_units=(2, 1), starting_weights=None))) == ["o1", "o2", "h3", "h1", "h2"]


def test_the_table_of_an_update_is_of_all_rows_where_none_is_held_out():
    for parameters, headline in (({}, "All rows"), ({"held_out": "0.25"}, "The rows of this update")):
        assert headline in [header.value for header in opened(tab="step", **parameters).header]


def test_targets_that_were_scaled_are_called_so():
    """Their numbers are not the table's; others are."""
    for scale_targets, name in ((True, "price, scaled"), (False, "price")):
        dataset = Dataset([[0], [1], [2]], [0, 0.5, 1], ["x"], "price", scale_targets=scale_targets)
        columns = columns_of(step_at(train(Experiment(dataset)), 0, 0, (0, 0)))
        assert columns[1].name == name
