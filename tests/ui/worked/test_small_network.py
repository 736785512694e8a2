"""Small networks to work through: friendly numbers, of the kind that the reader has."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks

from core import NOTEBOOK
from ui.view import MOST_EXERCISES
from ui.worked.small_network import small_experiment

SEEDS = st.integers(1, MOST_EXERCISES)


@given(networks(), SEEDS)
def test_a_small_network_is_of_the_kind_that_the_reader_has(like, seed):
    """With what makes a step different, in small."""
    small, place = small_experiment(seed, like)
    assert small.objective == like.objective
    assert small.biases == like.biases
    assert bool(small.hidden_layers) == bool(like.hidden_layers)
    assert (len(small.dataset.target_names) > 1) == (len(like.dataset.target_names) > 1)
    assert (small.learning_rate == 1) == (like.learning_rate == 1)
    assert small.weight_count <= 12
    assert 0 <= place.row < len(small.dataset.targets) == 3
    layer, unit = place.neuron
    assert unit < small.sizes[layer + 1]


@given(networks(), SEEDS)
def test_its_numbers_are_friendly(like, seed):
    """Whole numbers, no row of them like another, and quarters other than 0."""
    small, _ = small_experiment(seed, like)
    assert np.array_equal(small.dataset.inputs, np.round(small.dataset.inputs))
    assert np.abs(small.dataset.inputs).max() <= 2
    assert len({tuple(row) for row in small.dataset.inputs}) == 3
    assert small.dataset.inputs.any(axis=1).all()
    for weight in np.concatenate([layer.ravel() for layer in small.starting_weights]):
        assert Fraction(weight).denominator in {1, 2, 4}
        assert 0 < abs(weight) <= 1


@given(networks(), SEEDS)
def test_a_seed_makes_the_same_one_again(like, seed):
    assert small_experiment(seed, like) == small_experiment(seed, like)


def test_seeds_differ():
    assert len({small_experiment(seed, NOTEBOOK)[0] for seed in range(1, 100)}) > 95


@pytest.mark.parametrize("seed", range(1, 20))
def test_there_is_something_to_learn_from(seed):
    """The row that is looked at has an input, so that it changes a weight."""
    small, place = small_experiment(seed, NOTEBOOK)
    assert small.dataset.inputs[place.row].any()
