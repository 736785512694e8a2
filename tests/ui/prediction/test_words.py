"""What is said of a loss, and of a guess: exact about the numbers."""

import numpy as np
import pytest

from core import NOTEBOOK
from ui.figures.guess import Curve
from ui.prediction.choices import Choices, Ending
from ui.prediction.words import on_curves, on_ending, shape, tally_text

CURVES = tuple(
    Curve(name, np.array([0, 9]), np.array([0.8, last]), shape(np.array([0.8, last])))
    for name, last in [("learning rate 10", 0.03371), ("learning rate 0.1", 0.21), ("learning rate 3", 0.033712)]
)
ROWS = Choices((0, 1, 4), ("row 1", "row 2", "row 5"), ("", "", ""), 5)  # of which three are drawn
WEIGHTS = Choices((0, 2), ("x1", "x3"), ("", ""), 2)
ENDING = Ending(np.array([0.25, 0.5, 0.9, 0.9, 0.5]), np.array([-0.5, 9.0, 0.25]), np.array([-6.5, 9.0, 6.5]))


@pytest.mark.parametrize(
    ("losses", "said"),
    [
        ([0.83, 0.4, 0.06], "falls from 0.83 to 0.06, half of that within 1 update"),
        ([0.8, 0.7, 0.75, 0.2], "falls from 0.8 to 0.2, with ups and downs, half of that within 3 updates"),
        ([0.1, 0.1, 2], "rises from 0.1 to 2, half of that within 2 updates"),
        ([0.5, 0.9, 0.3], "goes from 0.5 to 0.3, between 0.3 and 0.9 on the way"),
        ([0.5, 0.2, 0.5], "goes from 0.5 to 0.5, between 0.2 and 0.5 on the way"),
        ([0.5, 0.5], "stays at 0.5"),
    ],
)
def test_a_loss_is_told_by_its_shape(losses, said):
    assert shape(np.array(losses)) == said


def test_a_guess_at_the_loss_is_answered_with_both_ends():
    """With as many digits as tell them apart."""
    way = "With learning rate 10 the loss falls from 0.8 to 0.03371, half of that within 9 updates."
    assert on_curves("ABCD", CURVES, right=0, guess=0) == f"Right: it is A. {way}".replace("9 updates", "1 update")
    assert on_curves("ABCD", CURVES, right=0, guess=1) == (
        f"It is A. {way} You chose B, the curve of learning rate 0.1: the loss ends at 0.03371, not at 0.21."
    ).replace("9 updates", "1 update")
    assert on_curves("ABCD", CURVES, right=0, guess=2).endswith("the loss ends at 0.03371, not at 0.033712.")


@pytest.mark.parametrize(
    ("asked", "choices", "guess", "said"),
    [
        (
            "row",
            ROWS,
            0,
            "Of these 3: Row 2 ends worst: its output is 0.5 from its target. 2 are equal in that. For your guess, "
            "row 1, it is 0.25.",
        ),
        (
            "row",
            ROWS,
            2,
            "Right. Of these 3: Row 5 ends worst: its output is 0.5 from its target. 2 are equal in that.",
        ),
        ("largest", WEIGHTS, 0, "Right. Weight x1 ends largest: at -6.5. 2 are equal in that."),
        ("moved", WEIGHTS, 1, "Right. Weight x3 moves furthest: by 6.25, from 0.25 to 6.5."),
        ("moved", WEIGHTS, 0, "Weight x3 moves furthest: by 6.25, from 0.25 to 6.5. For your guess, x1, it is 6."),
    ],
)
def test_a_guess_at_a_row_or_a_weight_is_answered_with_both_numbers(asked, choices, guess, said):
    """Of equal ones each is right."""
    assert on_ending(NOTEBOOK, asked, choices, ENDING, guess) == said


def test_guesses_are_counted():
    assert tally_text(3, right=2) == "Guessed in this visit: 3 (2 right)."
