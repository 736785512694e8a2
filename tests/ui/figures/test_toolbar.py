"""The toolbar, which Plotly lays over the upper right corner of a chart while it is pointed at."""

import pytest

from core import NOTEBOOK, spread_of, train
from ui.figures.endings import endings_chart
from ui.figures.fan import fan_chart
from ui.figures.sweep import sweep_chart

BUTTONS = 30  # pixels, in which they are
RUN, SPREAD = train(NOTEBOOK), spread_of(NOTEBOOK, range(1, 4))


@pytest.mark.parametrize(
    "chart",
    [fan_chart(SPREAD, RUN), sweep_chart([SPREAD], "learning_rate", "rate", RUN), endings_chart(SPREAD, RUN)],
    ids=["fan", "sweep", "endings"],
)
def test_where_points_are_in_the_upper_right_corner_the_toolbar_lies_above_them(chart):
    assert chart["layout"]["margin"]["t"] >= BUTTONS
