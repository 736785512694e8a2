"""Many seeds' runs, against `train` for each of them and a plain look at all its states."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import experiments, networks, seeds

from core import (
    EXAMPLES,
    NOTEBOOK,
    Dataset,
    Experiment,
    InvalidExperiment,
    cost,
    estimate_spread,
    rows_right,
    spread_of,
    train,
)
from core.cost import SPREAD_ROWS, SPREAD_STATES
from core.spread import NEVER

XOR = EXAMPLES["xor-two-bits"].experiment


def right_after(run, state):
    """Count the rows right of those that are learned from."""
    rows = run.experiment.training_rows
    return int(rows_right(run.outputs_after(state)[rows], run.experiment.dataset.targets[rows]).sum())


def learned_after(run):
    """Look at every state from the last to the first, as long as all rows are right."""
    state = run.experiment.updates
    while state >= 0 and right_after(run, state) == len(run.experiment.inputs):
        state -= 1
    return state + 1 if state < run.experiment.updates else NEVER


def assert_as_alone(experiment, seeds):
    """Compare all that is kept with one run a seed, to the last bit."""
    spread = spread_of(experiment, seeds)
    for position, seed in enumerate(seeds):
        run = train(replace(experiment, seed=seed))
        outputs = run.after.reshape(len(run.after), -1)
        assert np.array_equal(spread.cross_entropy[position], run.cross_entropy[spread.states])
        assert np.array_equal(spread.outputs[position], outputs[spread.rows])
        assert spread.rows_right[position] == right_after(run, run.experiment.updates)
        assert spread.learned_after[position] == learned_after(run)
        assert spread.learned[position] == (spread.rows_right[position] == len(run.experiment.training_rows))


@given(experiments() | networks(), st.lists(seeds, min_size=1, max_size=4))
def test_every_seed_goes_as_alone(experiment, seeds):
    assert_as_alone(experiment, seeds)


def test_xor_is_a_matter_of_luck():
    """Some seeds learn it, others never."""
    assert_as_alone(XOR, range(1, 9))
    learned = spread_of(XOR, range(1, 9)).learned
    assert learned.any()
    assert not learned.all()


def test_seeds_trained_in_groups_go_as_all_together(monkeypatch):
    """However little memory there is."""
    wide = replace(XOR, hidden_units=32, epochs=50)
    together = spread_of(wide, range(7))
    monkeypatch.setattr(cost, "GROUP_BYTES", cost._group_bytes(wide, 4))
    assert 1 < cost.seeds_at_once(wide, 7) < 7
    told: list[int] = []
    apart = spread_of(wide, range(7), told.append)
    assert np.array_equal(apart.cross_entropy, together.cross_entropy)
    assert np.array_equal(apart.learned_after, together.learned_after)
    assert np.all(np.diff(told) > 0)
    assert told[-1] == 7 * wide.updates


def test_of_long_runs_and_large_tables_some_states_and_rows_are_kept():
    """The first and the last among them, evenly spread."""
    table = Dataset(np.random.default_rng(1).random((30, 2)), np.arange(30) % 2)
    spread = spread_of(Experiment(table, epochs=1_000), [1, 2])
    assert len(spread.states) == SPREAD_STATES
    assert (spread.states[0], spread.states[-1]) == (0, 1_000)
    assert set(np.diff(spread.states)) == {5}
    assert len(spread.rows) == SPREAD_ROWS
    assert (spread.rows[0], spread.rows[-1]) == (0, 29)


def test_a_batch_and_a_large_table_go_as_alone():
    """Rows are looked at block by block."""
    generator = np.random.default_rng(2)
    table = Dataset(generator.standard_normal((5_000, 2)), generator.integers(0, 2, 5_000))
    spread = spread_of(Experiment(table, epochs=2, batch_size=2_000), [1, 2])
    run = train(Experiment(table, epochs=2, batch_size=2_000, seed=2))
    assert spread.rows_right[1] == rows_right(run.after, table.targets).sum()
    assert np.array_equal(spread.outputs[1, :, 0], run.after[spread.rows])


def test_the_ranking_is_by_final_loss():
    """The median is a seed in the middle, of two the better."""
    spread = spread_of(NOTEBOOK, range(10))
    losses = {seed: train(replace(NOTEBOOK, seed=seed)).cross_entropy[-1] for seed in range(10)}
    ranked = sorted(losses, key=losses.__getitem__)
    assert [spread.seeds[position] for position in spread.ranking] == ranked
    assert spread.seeds[spread.median] == ranked[4]


def test_given_starting_weights_are_one_run():
    """Trained from as they are; more seeds of them are refused."""
    given_weights = EXAMPLES["nielsen-bad"].experiment
    spread = spread_of(given_weights, [given_weights.seed])
    assert np.array_equal(spread.cross_entropy[0], train(given_weights).cross_entropy[spread.states])
    with pytest.raises(InvalidExperiment, match="starting_weights are given"):
        spread_of(given_weights, [1, 2])
    with pytest.raises(InvalidExperiment, match="seed is -1"):
        spread_of(given_weights, [-1])


def test_where_rows_are_held_out_seeds_of_given_starting_weights_differ():
    """Each draws the rows."""
    given_weights = replace(XOR, starting_weights=XOR.weights_before, epochs=30, held_out=0.25)
    assert_as_alone(given_weights, range(5))
    assert len({*spread_of(given_weights, range(5)).final_loss}) > 1


@pytest.mark.parametrize("seeds", [[], [-1]])
def test_wrong_seeds_are_refused(seeds):
    with pytest.raises(InvalidExperiment, match="seed"):
        spread_of(NOTEBOOK, seeds)


def test_what_progress_raises_cancels():
    def cancel(_done):
        raise TimeoutError

    with pytest.raises(TimeoutError):
        spread_of(NOTEBOOK, [1, 2], cancel)


@pytest.mark.parametrize(
    ("experiment", "seeds"),
    [
        (NOTEBOOK, 1_000),
        (replace(NOTEBOOK, hidden_units=(32, 32, 32), epochs=3), 1_000),
        (replace(NOTEBOOK, hidden_units=(32, 32, 32), epochs=3, batch_size=1), 500),
        (Experiment(Dataset(np.ones((2_000, 2)), np.ones(2_000)), hidden_units=32, epochs=1), 300),
    ],
)
def test_memory_is_bounded_for_any_number_of_seeds(experiment, seeds):
    """Within twice what a group may take, and near what was estimated."""
    tracemalloc.start()
    try:
        spread_of(experiment, range(seeds))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 * cost.GROUP_BYTES
    assert peak < 2.2 * estimate_spread(experiment, seeds).bytes


def test_more_seeds_and_more_epochs_cost_more():
    """In proportion, once what an update takes anyway no longer counts."""
    seconds = estimate_spread(XOR, 1_000).seconds
    assert estimate_spread(XOR, 100).seconds < seconds
    assert estimate_spread(replace(XOR, epochs=2 * XOR.epochs), 1_000).seconds == pytest.approx(2 * seconds)


def test_amounts_are_neither_right_nor_wrong():
    """Of scaled targets no side of one half is asked; the losses are those of each seed alone."""
    prices = Dataset([[1, 0], [0, 1], [1, 1]], [100, 250, 900], scale_targets=True)
    spread = spread_of(Experiment(prices, epochs=20), [1, 2])
    assert spread.rows_right.tolist() == [3, 3]
    assert spread.cross_entropy[1, -1] == train(Experiment(prices, epochs=20, seed=2)).cross_entropy[-1]
