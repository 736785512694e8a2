"""The estimate of what a run takes, against what it takes; time is not measured, only its proportions."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from core import NOTEBOOK, Dataset, Experiment, estimate_cost, train

ABOUT_TWO = 2.2


def table(rows, features):
    """Return a data set of this size; its numbers do not matter."""
    return Dataset(np.ones((rows, features)), np.ones(rows))


@pytest.mark.parametrize(
    ("rows", "features", "hidden_units", "biases", "epochs"),
    [
        (4, 3, 0, "none", 200),
        (4, 3, 0, "none", 50_000),
        (4, 3, 4, "none", 10_000),
        (4, 3, 200, "none", 300),
        (4, 3, 200, "none", 6_000),
        (10, 1_000, 0, "none", 50),
        (20, 300, 100, "none", 300),
        (1_000, 8, 16, "none", 200),
        (20_000, 3, 0, "none", 20),
        (20_000, 2, 10, "none", 4),
        (100_000, 3, 0, "none", 3),
        (50_000, 32, 0, "learned", 3),
        (500_000, 2, 0, "none", 3),
    ],
)
def test_the_memory_is_right_within_a_factor_of_about_two(rows, features, hidden_units, biases, epochs):
    """From the notebook's table to a large one, for few and many weights and epochs, with biases and without."""
    experiment = Experiment(table(rows, features), epochs=epochs, hidden_units=hidden_units, biases=biases)
    tracemalloc.start()
    try:
        run = train(experiment)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert run.experiment is experiment
    assert 1 / ABOUT_TWO < estimate_cost(experiment).bytes / peak < ABOUT_TWO


@pytest.mark.parametrize("hidden_units", [0, 4])
def test_time_is_proportional_to_epochs(hidden_units):
    """So that the page can tell how many epochs fit a limit."""
    experiment = replace(NOTEBOOK, hidden_units=hidden_units)
    one, many = (estimate_cost(replace(experiment, epochs=epochs)).seconds for epochs in (1_000, 1_000_000))
    assert many == pytest.approx(1_000 * one)


def test_a_hidden_layer_takes_about_as_long_as_the_output():
    """In a small network, where the operations count and not the numbers."""
    layers = [estimate_cost(replace(NOTEBOOK, hidden_units=units)).seconds for units in ((), (1,), (1, 1), (1, 1, 1))]
    assert np.diff(layers) == pytest.approx(np.full(3, layers[0]), rel=0.5)


def test_time_is_proportional_to_rows_in_large_tables():
    """What an epoch takes anyway no longer counts."""
    small, large = (estimate_cost(Experiment(table(rows, 3))).seconds for rows in (100_000, 1_000_000))
    assert large == pytest.approx(10 * small, rel=0.02)


def test_every_batch_takes_its_rows_and_all_rows_for_the_losses():
    """So that an epoch of two batches goes through the table three times."""
    whole = Experiment(table(100_000, 3))
    halves = replace(whole, batch_size=50_000)
    assert estimate_cost(halves).seconds == pytest.approx(3 * estimate_cost(whole).seconds, rel=0.02)


@pytest.mark.parametrize(
    "larger",
    [
        {"epochs": 201},
        {"hidden_units": 1},
        {"dataset": table(5, 3)},
        {"dataset": table(4, 4)},
        {"dataset": Dataset(np.ones((4, 3)), np.ones((4, 2)))},
    ],
)
def test_more_of_anything_costs_more(larger):
    """Epochs, hidden units, rows, inputs and outputs: each takes time and memory."""
    cost, more = estimate_cost(NOTEBOOK), estimate_cost(replace(NOTEBOOK, **larger))
    assert more.seconds > cost.seconds
    assert more.bytes > cost.bytes


def test_only_the_sizes_count():
    """The numbers, the seed and the learning rate cost nothing of their own."""
    assert estimate_cost(Experiment(table(4, 3), seed=9, learning_rate=3)) == estimate_cost(NOTEBOOK)


def test_a_long_run_keeps_no_more_than_16_mib_of_weights():
    """Beyond, it grows by its two losses an epoch only."""
    epochs = 10**7
    losses = 2 * 8 * epochs
    assert losses < estimate_cost(replace(NOTEBOOK, epochs=epochs)).bytes < losses + 18 * 2**20
