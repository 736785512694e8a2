"""What may be trained, for Hypothesis."""

from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core import Dataset, Experiment
from core.dataset import column_name
from core.experiment import LARGEST_SEED
from core.objectives import OBJECTIVES

seeds = st.integers(0, LARGEST_SEED)
targets = st.sampled_from([0.0, 1.0]) | st.floats(0, 1)
column_names = st.text(min_size=1).filter(column_name)


def datasets(numbers=st.floats(-3, 3), most_rows=8, most_features=5):  # noqa: B008 - strategies are immutable
    """Draw small tables of `numbers`, with targets at and between 0 and 1."""
    sizes = st.tuples(st.integers(1, most_rows), st.integers(1, most_features))
    return sizes.flatmap(
        lambda size: st.builds(Dataset, arrays(float, size, elements=numbers), arrays(float, size[0], elements=targets))
    )


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
