"""How the data table looks in the sidebar."""

import json

import pytest
from app import new_part, settled

PART = """
from ui.sidebar.data_table import choose_table, start_from

start_from({names}, {rows})
choose_table()
"""


def alignments(*columns):
    """Return how the columns of a table are aligned, each given as its cells."""
    names, rows = [f"x{place}" for place, _ in enumerate(columns)], list(zip(*columns, strict=True))
    app = settled(new_part(PART.format(names=names, rows=rows)).run())
    looks = json.loads(app.dataframe[0].proto.columns)
    return [looks[name]["alignment"] for name in names]


@pytest.mark.parametrize(
    ("fits", "does_not"),
    [(["1200.5", "123456.789"], "12345678901234567"), (["1200.5", "7", "0.125", "1234567.8"], "12345678.90")],
)
def test_numbers_that_fit_end_below_one_another(fits, does_not):
    """Longer ones show their first digits; a few columns share the room."""
    assert alignments(*([cell, "3"] for cell in fits)) == ["right"] * len(fits)
    assert alignments(*([cell, "3"] for cell in fits[1:]), [does_not, "3"]) == ["right"] * (len(fits) - 1) + ["left"]


def test_a_table_without_rows_is_shown():
    assert alignments([], []) == ["left", "left"]
