"""The figures, from the numbers that they draw."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core import NOTEBOOK, train
from ui.figures import loss_chart, thin


def test_the_loss_chart_draws_every_state_of_the_notebooks_run():
    """201 states are 201 points, from before training to the final weights."""
    run = train(NOTEBOOK)
    (line,) = loss_chart(run).data
    assert list(line.x) == list(range(201))
    assert np.array_equal(line.y, run.cross_entropy)


@given(arrays(float, st.integers(1, 3_000), elements=st.floats(-1e6, 1e6)), st.integers(4, 400))
def test_thinning_keeps_the_ends_and_the_extremes(values, most):
    """Few enough positions, in order, with the first, the last, the lowest and the highest value."""
    positions = thin(values, most)
    assert len(positions) <= most or len(values) <= most
    assert np.all(np.diff(positions) > 0)
    assert (positions[0], positions[-1]) == (0, len(values) - 1)
    assert (values[positions].min(), values[positions].max()) == (values.min(), values.max())


@given(st.integers(0, 99_999))
def test_thinning_never_loses_a_spike(position):
    """One outlier among 100,000 values is drawn wherever it is."""
    values = np.linspace(1, 0, 100_000)
    values[position] = 9
    assert position in thin(values, 2_000)
