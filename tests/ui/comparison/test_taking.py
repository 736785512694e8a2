"""What a click on a chart tells: whatever a program sends in its place is nothing."""

import pytest

from ui.comparison.taking import told


def test_the_first_point_tells():
    assert told([{"x": 1.0, "customdata": [7, 4]}, {"customdata": [8, 4]}]) == [7, 4]


@pytest.mark.parametrize("points", [None, [], 7, "ab", [None], [{}], [{"customdata": None}], [{"customdata": "ab"}]])
def test_what_is_no_point_tells_nothing(points):
    assert told(points) == []
