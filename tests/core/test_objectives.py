"""The value of each objective, from the logit: exact where the output saturates."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from notebook import exact_losses
from strategies import targets

from core import sigmoid
from core.objectives import losses

NEARLY_ONE = 1 - 1e-9


def cross_entropy(logits, targets):
    return losses(logits, targets)["cross_entropy"]


def squared_error(logits, targets):
    return losses(logits, targets)["squared_error"]


logits = st.floats(-1000, 1000) | st.sampled_from([-1000.0, -745.0, -37.0, 0.0, 37.0, 745.0, 1000.0])


@pytest.mark.parametrize(
    ("logit", "target", "entropy", "squared"),
    [
        (0, 0, math.log(2), 1 / 8),
        (0, 0.5, math.log(2), 0),
        (0, 1, math.log(2), 1 / 8),
        (math.log(3), 1, math.log(4 / 3), 1 / 32),
        (math.log(3), 0.25, math.log(4) - math.log(3) / 4, 1 / 8),
        (37, 1, math.exp(-37), math.exp(-74) / 2),
        (37, 0, 37, 1 / 2),
        (-37, 0, math.exp(-37), math.exp(-74) / 2),
        (-37, 1, 37, 1 / 2),
        (1000, 1, 0, 0),
        (1000, 0, 1000, 1 / 2),
        (1000, 0.25, 750, 9 / 32),
        (1000, NEARLY_ONE, 1000 * (1 - NEARLY_ONE), (1 - NEARLY_ONE) ** 2 / 2),
        (-1000, 0, 0, 0),
        (-1000, 1, 1000, 1 / 2),
        (1e150, 0, 1e150, 1 / 2),
        (-1e150, 0, 0, 0),
    ],
)
def test_a_row_has_its_closed_form(logit, target, entropy, squared):
    """Finite, in full precision and without a warning, however far the output saturates."""
    row = np.array([float(logit)]), np.array([float(target)])
    assert cross_entropy(*row) == pytest.approx(entropy, rel=1e-14, abs=0)
    assert squared_error(*row) == pytest.approx(squared, rel=1e-14, abs=1e-33)


@given(logits, targets)
def test_a_row_agrees_with_the_definition_at_five_hundred_digits(logit, target):
    """Both values, for every logit and target; a target of 0 or 1 is never lost to cancellation."""
    row = np.array([logit]), np.array([target])
    entropy, squared = exact_losses(logit, target)
    assert cross_entropy(*row) == pytest.approx(entropy, rel=1e-14, abs=1e-300)
    assert squared_error(*row) == pytest.approx(squared, rel=1e-14, abs=1e-300 if target in {0, 1} else 1e-16)


@given(st.lists(st.tuples(st.floats(-15, 15), targets), min_size=1, max_size=20))
def test_moderate_rows_agree_with_the_textbook(rows):
    """The mean of the textbook's formulas of the output, where these are still good."""
    logits, targets = np.array(rows).T
    outputs = sigmoid(logits)
    entropy = -np.mean(targets * np.log(outputs) + (1 - targets) * np.log(1 - outputs))
    assert cross_entropy(logits, targets) == pytest.approx(entropy, rel=1e-8)
    assert squared_error(logits, targets) == pytest.approx(np.mean((targets - outputs) ** 2) / 2, abs=1e-15)


def test_the_mean_is_over_the_last_axis():
    """Other axes, of states and seeds, stay."""
    logits = np.array([[[0.0, 37.0], [37.0, 37.0]]])
    assert cross_entropy(logits, np.array([0, 0])) == pytest.approx(np.array([[(math.log(2) + 37) / 2, 37]]))
    assert squared_error(logits, np.array([0, 0])) == pytest.approx(np.array([[5 / 16, 1 / 2]]))
