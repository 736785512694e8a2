"""The rows and weights to choose from, and what comes out for each, against plain training."""

from dataclasses import replace

import numpy as np
import plain
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import is_moderate, networks, tables

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment
from ui.prediction.choices import MOST_CHOICES, choices_of, order

IRIS = EXAMPLES["iris"].experiment


def ending_of(experiment):
    return order(experiment).make(lambda _done: None)


@settings(max_examples=15)
@given(networks(tables(most_rows=5), learning_rates=st.floats(0.01, 1)).filter(is_moderate), st.integers(1, 9999))
def test_rows_and_weights_end_where_plain_training_ends(experiment, number):
    """The farthest row, the largest weight and the one that moved most, whatever the network."""
    weights, dataset = plain.trained(experiment), experiment.dataset
    answers = [plain.outputs(list(experiment.given(row)), weights) for row in dataset.inputs]
    distances = [
        sum(abs(target - answer.real) for target, answer in zip(wanted, row, strict=True))
        for wanted, row in zip(dataset.target_columns, answers, strict=True)
    ]
    before, after = (
        [cell for layer in layers for row in layer for cell in row] for layers in (experiment.weights_before, weights)
    )
    moves = [abs(new - old) for old, new in zip(before, after, strict=True)]
    ending = ending_of(experiment)
    for asked, numbers in {"row": distances, "largest": list(map(abs, after)), "moved": moves}.items():
        there = choices_of(experiment, asked, number)
        expected = [numbers[place] for place in there.places]
        assert np.allclose(ending.sizes(asked, there), expected, rtol=1e-6, atol=1e-8)


def test_few_are_all_there_and_many_are_drawn():
    """By the number; in the table's order."""
    assert choices_of(NOTEBOOK, "row", 3).places == (0, 1, 2, 3)
    assert choices_of(NOTEBOOK, "moved", 3).names == ("x1", "x2", "x3")
    drawn = [choices_of(IRIS, "row", number) for number in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0].count == 150
    assert len(drawn[0].places) == MOST_CHOICES
    assert list(drawn[0].places) == sorted(set(drawn[0].places))


def test_a_row_is_told_by_its_numbers_where_they_are_few():
    assert choices_of(NOTEBOOK, "row", 1).labels[2] == "row 3: 1, 0, 1 → 1"
    wide = Experiment(Dataset(np.eye(8), [0, 1, 0, 1, 0, 1, 0, 1]))
    assert choices_of(wide, "row", 1).labels == tuple(f"row {number}" for number in range(1, 9))
    held = replace(NOTEBOOK, held_out=0.25)
    marked = [label.endswith(", held out") for label in choices_of(held, "row", 1).labels]
    assert np.flatnonzero(marked).tolist() == held.held_out_rows.tolist()
