"""What is said of an answer: right to the decimals asked, rounded on the way, too short, or from a wrong number."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from steps import steps
from strategies import networks, tables

from core import NOTEBOOK, train
from ui.view import Place
from ui.worked.check import LAST_SHOWN, check, last_place
from ui.worked.exercise import exercise_of
from ui.worked.step import step_at

ANY = steps(networks(tables(most_rows=12)))
THIRD = exercise_of(step_at(train(NOTEBOOK), Place(0, 2, (0, 0))))  # δ = 0.76237183 · 0.18116102 = 0.13811206


def kinds(typed, decimals=4):
    return {quantity: verdict.kind for quantity, verdict in check(THIRD, typed, decimals).items()}


@given(ANY, st.integers(4, 8))
def test_the_number_is_right_to_the_decimals_asked(step, decimals):
    """In full, and rounded."""
    exercise = exercise_of(step)
    for typed in (
        {quantity: question.value for quantity, question in exercise.questions.items()},
        {quantity: round(question.value, decimals) for quantity, question in exercise.questions.items()},
    ):
        assert {verdict.kind for verdict in check(exercise, typed, decimals).values()} == {"right"}


@given(ANY, st.integers(4, 7), st.floats(0.6, 1e6), st.sampled_from([-1, 1]))
def test_what_is_off_by_more_than_half_the_last_decimal_is_not_right(step, decimals, off, sign):
    exercise = exercise_of(step)
    for quantity, question in exercise.questions.items():
        place = last_place(question.value, decimals)
        assume(LAST_SHOWN * (1 + sum(map(abs, question.values))) < 0.99 * (off - 0.5) * place)
        number = question.value + sign * off * place
        assert check(exercise, {quantity: number}, decimals)[quantity].kind != "right"


@given(ANY, st.integers(4, 8))
def test_numbers_worked_out_from_rounded_ones_count(step, decimals):
    """Each is worked out from the reader's own, all rounded to the decimals asked."""
    exercise = exercise_of(step)
    typed: dict[str, float] = {}
    for quantity, question in exercise.questions.items():
        values = [typed.get(source, value) for source, value in zip(question.sources, question.values, strict=True)]
        typed[quantity] = round(question.calculate(values), decimals)
    assert all(verdict.counts for verdict in check(exercise, typed, decimals).values())


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ({"delta": 0.1381}, "right"),
        ({"delta": 0.13811206}, "right"),
        ({"delta": 0.1383}, "wrong"),
        ({"delta": 0.138}, "short"),
        ({"delta": 0.14}, "short"),
        ({"delta": 0.1368}, "rounded"),  # 0.76 · 0.18
        ({"delta": 0.1379}, "rounded"),  # 0.762 · 0.181 = 0.1379
        ({"delta": 0.16}, "wrong"),  # 0.8 · 0.2: a decimal is not enough
        ({"delta": 0.7624}, "slip"),
        ({"delta": float("inf")}, "wrong"),
        ({"delta": 0}, "wrong"),
    ],
)
def test_an_answer_is_judged(typed, kind):
    assert kinds(typed) == {"delta": kind}


def test_a_short_answer_is_told_how_many_decimals_are_right():
    assert check(THIRD, {"delta": 0.14}, 4)["delta"].decimals == 2
    assert check(THIRD, {"delta": 0.1381}, 8)["delta"].decimals == 4


def test_what_follows_from_a_wrong_number_is_told_from_which():
    """A delta of an error that is wrong, and the change that it would make; their numbers do not count."""
    verdicts = check(THIRD, {"error": 0.5, "delta": 0.0906, "change": 0.2387}, 4)
    assert {quantity: verdict.kind for quantity, verdict in verdicts.items()} == {
        "error": "wrong",
        "delta": "follows",
        "change": "follows",
    }
    assert verdicts["delta"].wrong == ("error",)
    assert verdicts["change"].wrong == ("delta",)
    assert not verdicts["change"].counts


def test_only_what_is_typed_is_judged():
    assert kinds({}) == {}
    assert list(kinds({"change": 1, "output": 1})) == ["output", "change"]


@pytest.mark.parametrize(("value", "place"), [(0.5, 1e-4), (-9e6, 1e-4), (1.5e7, 1e3), (-2e50, 1e46), (0, 1e-4)])
def test_a_huge_number_is_asked_to_as_many_digits(value, place):
    """As it is written: 1.5000e+07."""
    assert last_place(value, 4) == pytest.approx(place)
