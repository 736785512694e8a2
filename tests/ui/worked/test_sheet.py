"""The steps of a worksheet."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from strategies import networks

from core import NOTEBOOK, Dataset, Experiment
from ui.worked.sheet import LAST_STATE, places
from ui.worked.step import neurons


@given(networks(), st.integers(1, 6), st.integers(0, 99))
def test_the_steps_are_of_rows_that_are_learned_from_and_no_two_alike(experiment, steps, seed):
    """The same ones for the same seed."""
    found = places(experiment, steps, seed)
    assert found == places(experiment, steps, seed)
    assert 1 <= len({*found}) == len(found) <= steps
    for place in found:
        assert 0 <= place.k <= min(LAST_STATE, experiment.updates)
        assert place.row in experiment.training_rows[experiment.batch(place.k)]
        assert place.neuron in neurons(experiment).values()


@given(st.integers(1, 6), st.integers(0, 200), st.integers(0, 3))
def test_no_step_tells_what_another_asks(steps, seed, hidden_units):
    """New weights are those of the next state, and what a row adds to a change stands in every step of its state."""
    found = places(replace(NOTEBOOK, hidden_units=hidden_units), steps, seed)
    assert len(found) == steps
    asked = {(place.k + 1, place.neuron) for place in found}
    assert asked.isdisjoint((place.k, place.neuron) for place in found)
    assert len({place.k for place in found}) == steps


def test_versions_differ():
    experiment = replace(NOTEBOOK, hidden_units=3)
    assert len({tuple(places(experiment, 3, seed)) for seed in range(30)}) == 30


def test_a_run_with_fewer_steps_has_fewer():
    """One row, one update: state 0 and state 1."""
    experiment = Experiment(Dataset([[1]], [1]), epochs=1)
    assert {place.k for place in places(experiment, 6, 1)} == {0, 1}
    assert len(places(experiment, 6, 1)) == 2
