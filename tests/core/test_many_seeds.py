"""Many seeds side by side end as each does alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import experiments, networks, seeds

from core import NOTEBOOK, Dataset, Experiment, InvalidExperiment, StopTraining, train, train_many

HIDDEN = replace(NOTEBOOK, hidden_units=4)


def assert_each_seed_ends_as_alone(experiment, seeds):
    """Compare with one `train` a seed, to the last bit."""
    runs = train_many(experiment, seeds)
    alone = [train(replace(experiment, seed=seed)) for seed in seeds]
    assert np.array_equal(runs.cross_entropy, [run.cross_entropy for run in alone])
    assert np.array_equal(runs.squared_error, [run.squared_error for run in alone])
    final = [np.stack(layers) for layers in zip(*(run.weights for run in alone), strict=True)]
    assert all(map(np.array_equal, runs.weights, final))


@given(experiments() | networks(), st.lists(seeds, min_size=1, max_size=5))
def test_every_seed_ends_as_alone(experiment, seeds):
    """Losses of every state and final weights, whatever the settings and the seeds."""
    assert_each_seed_ends_as_alone(replace(experiment, held_out=0), seeds)


@pytest.mark.parametrize(("hidden_units", "learning_rate"), [(0, 0.01), (2, 0.05)])
def test_every_seed_ends_as_alone_on_a_table_in_blocks(hidden_units, learning_rate):
    """But for rounding; losses that are large at first, and in the end so small that they are computed exactly."""
    inputs = np.random.default_rng(0).standard_normal((9_000, 2))
    inputs[:, 0] += 6 * np.sign(inputs[:, 0])
    settings = {"epochs": 40, "learning_rate": learning_rate, "hidden_units": hidden_units}
    experiment = Experiment(Dataset(inputs, inputs[:, 0] > 0), **settings)
    runs = train_many(experiment, [0, 1, 2])
    assert runs.squared_error.min() < 1e-5  # beyond `core.quick_losses.GOOD_LOSS`
    assert runs.squared_error.max() > 1e-2
    for seed in range(3):
        alone = train(replace(experiment, seed=seed))
        assert runs.cross_entropy[seed] == pytest.approx(alone.cross_entropy, rel=1e-10)
        assert runs.squared_error[seed] == pytest.approx(alone.squared_error, rel=1e-10)
        for layer, expected in zip(runs.weights, alone.weights, strict=True):
            assert layer[seed] == pytest.approx(expected, rel=1e-10)


def test_seeds_that_would_learn_from_different_rows_are_not_trained_together():
    with pytest.raises(InvalidExperiment, match=r"^held_out is not 0, .*; set it to 0\.$"):
        train_many(replace(NOTEBOOK, held_out=0.25), [1, 2])


@pytest.mark.parametrize("hidden_units", [0, 1, 8])
@pytest.mark.parametrize(("rows", "features"), [(1, 40), (64, 1), (500, 3), (1_000, 32), (4_096, 5)])
def test_every_seed_ends_as_alone_on_larger_tables(rows, features, hidden_units):
    """The order of every sum is the same."""
    generator = np.random.default_rng(rows)
    dataset = Dataset(generator.standard_normal((rows, features)) / np.sqrt(rows), generator.random(rows))
    assert_each_seed_ends_as_alone(Experiment(dataset, epochs=10, hidden_units=hidden_units), [0, 1, 2**32 - 1])


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_the_runs_have_an_axis_of_seeds(experiment):
    """In the order given, repeated ones too; the experiment's own seed does not matter."""
    runs = train_many(experiment, np.array([5, 1, 5]))
    assert runs.experiment is experiment
    assert runs.seeds == (5, 1, 5)
    assert runs.cross_entropy.shape == runs.squared_error.shape == (3, 201)
    assert [layer.shape for layer in runs.weights] == [(3, *layer.shape) for layer in experiment.weights_before]
    assert np.array_equal(runs.cross_entropy[0], runs.cross_entropy[2])
    assert not np.array_equal(runs.cross_entropy[0], runs.cross_entropy[1])


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_the_runs_cannot_be_changed(experiment):
    """Every array is read-only."""
    runs = train_many(experiment, [1, 2])
    for array in (runs.cross_entropy, runs.squared_error, *runs.weights):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_no_seed_is_refused():
    """The message asks for one."""
    with pytest.raises(InvalidExperiment, match=r"^seeds is empty; it must hold at least one\.$"):
        train_many(NOTEBOOK, [])


@pytest.mark.parametrize("seed", [-1, 2**32, 0.5, None])
def test_a_wrong_seed_is_refused(seed):
    """As in an experiment."""
    with pytest.raises(InvalidExperiment, match=f"^seed is {seed}; it must be a whole number from 0 to 4294967295.$"):
        train_many(NOTEBOOK, [1, seed])


def test_given_starting_weights_are_refused():
    """No seed would change that run."""
    with pytest.raises(InvalidExperiment, match=r"^starting_weights are given, so every .* run; leave them out\.$"):
        train_many(replace(NOTEBOOK, starting_weights=[[[1], [2], [3]]]), [1, 2])


def test_progress_is_told_more_often_the_more_seeds_there_are():
    """The updates of all seeds together only rise, up to all of them; what it raises cancels."""
    few: list[int] = []
    many: list[int] = []
    experiment = replace(NOTEBOOK, epochs=1_000)
    train_many(experiment, range(2), few.append)
    train_many(experiment, range(200), many.append)
    for told in (few, many):
        assert np.all(np.diff(told) > 0)
        assert told[-1] == 1_000
    assert len(many) > len(few)


def test_progress_cancels_by_raising():
    """What it raises comes out of `train_many`."""

    def cancel(updates_done):
        raise TimeoutError(updates_done)

    with pytest.raises(TimeoutError):
        train_many(NOTEBOOK, [1, 2], cancel)


def test_many_runs_stopped_are_those_of_the_epochs_reached():
    def stop(_updates_done):
        raise StopTraining

    stopped = train_many(replace(HIDDEN, epochs=5_000), [1, 2], stop)
    whole = train_many(stopped.experiment, [1, 2])
    assert stopped.experiment.epochs < 5_000
    assert np.array_equal(stopped.cross_entropy, whole.cross_entropy)
    assert all(map(np.array_equal, stopped.weights, whole.weights))
