"""What may be trained, for Hypothesis."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core import Dataset, Experiment
from core.dataset import column_name
from core.experiment import LARGEST_SEED
from core.objectives import OBJECTIVES

seeds = st.integers(0, LARGEST_SEED)
targets = st.sampled_from([0.0, 1.0]) | st.floats(0, 1)
column_names = st.text(min_size=1).filter(column_name)


def tables(numbers=st.floats(-3, 3), most_rows=6, most_features=3, most_outputs=3):  # noqa: B008
    """Draw small tables of `numbers`, of one or several targets."""
    sizes = st.tuples(st.integers(1, most_rows), st.integers(1, most_features), st.integers(1, most_outputs))
    return sizes.flatmap(
        lambda size: st.builds(
            Dataset, arrays(float, size[:2], elements=numbers), arrays(float, (size[0], size[2]), elements=targets)
        )
    )


def datasets(numbers=st.floats(-3, 3), most_rows=8, most_features=5):  # noqa: B008 - strategies are immutable
    """Draw small tables of `numbers`, with one target a row at and between 0 and 1."""
    return tables(numbers, most_rows, most_features, most_outputs=1)


def experiments(datasets=datasets(), learning_rates=st.just(1.0) | st.floats(0.01, 10)):  # noqa: B008
    """Draw short experiments with every setting, on tables from `datasets`."""
    return st.builds(
        Experiment,
        datasets,
        seed=seeds,
        epochs=st.integers(1, 12),
        learning_rate=learning_rates,
        objective=st.sampled_from(list(OBJECTIVES)),
        hidden_units=st.integers(0, 4),
    )


def networks(tables=tables(), learning_rates=st.just(1.0) | st.floats(0.01, 10)):  # noqa: B008
    """Draw short experiments with networks of every kind."""
    return st.builds(
        _experiment,
        tables,
        held_out=st.just(0.0) | st.floats(0.01, 0.9),
        seed=seeds,
        epochs=st.integers(1, 6),
        learning_rate=learning_rates,
        objective=st.sampled_from(list(OBJECTIVES)),
        hidden_units=st.lists(st.integers(1, 4), max_size=3).map(tuple),
        biases=st.sampled_from(["none", "learned", "fixed"]),
        batch_size=st.none() | st.integers(1, 4),
        standardise=st.booleans(),
    )


def _experiment(table, held_out, **settings):
    """Make an experiment, of one row without any held out."""
    return Experiment(table, held_out=held_out if len(table.targets) > 1 else 0, **settings)


def is_moderate(experiment):
    """Tell whether a network is given no huge number of any row, be its scaling of others."""
    return np.abs(experiment.given(experiment.dataset.inputs)).max() < 50
