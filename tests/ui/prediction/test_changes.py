"""What changes: one setting, to a value that the page has and that is another than now."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks

from core import NOTEBOOK
from ui.aspects import differing
from ui.prediction.changes import change_of, further, in_words, near
from ui.settings import BY_NAME, settings_from
from ui.view import CHANGES


@given(networks(), st.sampled_from(list(CHANGES)), st.integers(1, 9999))
def test_a_change_is_of_one_setting_and_its_neighbours_share_their_updates(experiment, name, number):
    """So that their curves have one axis; the changed experiment is the first, and no other is it."""
    change = change_of(experiment, name, number)
    assert BY_NAME[name].kind.has(change.value)
    changed = change.of(experiment)
    assert len(differing([settings_from(one, "notebook") for one in (experiment, changed)])) == 1
    neighbours = [replace(experiment, **one) for one in (*near(experiment, change), *further(experiment, change))]
    assert neighbours[0] == changed
    assert changed not in neighbours[1:]
    assert {one.updates for one in neighbours} == {changed.updates}
    assert change == change_of(experiment, name, number)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("learning_rate", ["learning rate 10", "learning rate 0.1", "learning rate 100", "learning rate 0.01"]),
        ("hidden_units", ["4 hidden units", "2 hidden units", "8 hidden units", "1 hidden unit"]),
        ("objective", ["cross-entropy", "cross-entropy"]),
        ("epochs", ["1,000 epochs", "400 epochs", "2,000 epochs", "1,000 epochs"]),
        ("seed", ["seed 2", "seed 3", "seed 4"]),
    ],
)
def test_the_number_chooses_the_value(name, expected):
    values = [change_of(NOTEBOOK, name, number).words for number in range(1, len(expected) + 1)]
    assert values == expected


def test_at_the_end_of_a_range_it_goes_the_other_way():
    fast, long = replace(NOTEBOOK, learning_rate=1000.0), replace(NOTEBOOK, epochs=100_000)
    assert [change_of(fast, "learning_rate", number).value for number in (1, 2, 3)] == [100, 10, 100]
    assert change_of(long, "epochs", 1).value == 50_000


def test_neighbours_are_told_in_words():
    change = change_of(NOTEBOOK, "objective", 1)
    assert list(map(in_words, near(NOTEBOOK, change))) == ["cross-entropy", "squared error"]
    assert "cross-entropy, learning rate 0.1" in map(in_words, further(NOTEBOOK, change))
