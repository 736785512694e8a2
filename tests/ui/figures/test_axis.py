"""When losses are drawn on a logarithmic axis."""

import numpy as np
import pytest

from ui.figures.axis import are_wide


@pytest.mark.parametrize(
    ("losses", "wide"),
    [
        ([0.1, 0.2, 10.0], True),
        ([0.1, 0.2, 1.0], False),
        ([0.1, 9.0, 10.0], False),  # most are seen
        ([0.0, 0.2, 10.0], False),  # a logarithmic axis has no 0
        ([0.0, 0.0], False),
        ([0.5], False),
    ],
)
def test_losses_are_wide_where_most_are_lost_at_the_foot_of_a_linear_axis(losses, wide):
    assert are_wide(np.array(losses)) == wide
