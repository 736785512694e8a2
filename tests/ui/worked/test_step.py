"""One update looked into: what its numbers are called."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import EXAMPLES, NOTEBOOK, Dataset, train
from ui.explanation import products_table
from ui.view import Place
from ui.worked.all_rows import columns_of
from ui.worked.step import neurons, step_at

NAMES = ("a", "“a”", "b", "b1", "e", "h1", "o2", "output", "s", "u1", "v1,2", "w1", "w1,1", "x1", "y", "z", "δ", "1")
NETWORKS: tuple[dict[str, Any], ...] = (
    {},
    {"biases": "learned"},
    {"hidden_units": (2, 2)},
    {"hidden_units": 2, "biases": "fixed"},
)


@given(st.permutations(NAMES), st.sampled_from(NETWORKS), st.sampled_from([1, 2]))
def test_no_two_numbers_are_called_alike(names, network, outputs):
    """Columns may be called as weights, neurons and all else of a step are."""
    rows, targets = NOTEBOOK.dataset.inputs, NOTEBOOK.dataset.targets[:, None].repeat(outputs, axis=1)
    dataset = Dataset(rows, targets, names[:3], names[3 : 3 + outputs])
    run = train(replace(NOTEBOOK, dataset=dataset, epochs=1, **network))
    for name, neuron in neurons(run.experiment).items():
        step = step_at(run, Place(0, 0, neuron))
        called = [column.name for column in columns_of(step)]
        called += [step.weight_symbol(place).name for place in range(len(step.weights))]
        assert len({*called}) == len(called), name


@pytest.mark.parametrize(
    ("example", "inputs", "target"),
    [
        ("xor-neuron", ["“a”", "b", "one"], "xor"),
        ("notebook", ["x1", "x2", "x3"], "y"),
        ("mazur", ["h1", "h2", "1"], "o1"),
    ],
)
def test_a_name_is_in_quotes_only_where_another_number_is_called_so(example, inputs, target):
    """In Step through, too."""
    experiment = replace(EXAMPLES[example].experiment, epochs=1)
    step = step_at(train(experiment), Place(0, 0, next(iter(neurons(experiment).values()))))
    assert [symbol.name for symbol in step.inputs] == inputs
    assert target in [column.name for column in columns_of(step)]
    for name, (cell, *_) in zip(inputs, products_table(step).rows, strict=False):
        assert ("“" in cell) == ("“" in name)
