"""Names cut to a few letters."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.short_names import short_names, two_lines

IRISES = ["sepal length", "sepal width", "petal length", "petal width"]
many_alike = st.lists(st.text("ab _A", min_size=1, max_size=12), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("names", "letters", "short"),
    [
        (["x1", "x2", "y"], 6, ["x1", "x2", "y"]),
        (["setosa", "versicolor"], 6, ["setosa", "versi…"]),
        (IRISES, 8, ["sepal l…", "sepal w…", "petal l…", "petal w…"]),
        (IRISES, 7, ["sep len", "sep wid", "pet len", "pet wid"]),
        (["SepalLengthCm", "SepalWidthCm", "SepalLengthMm"], 8, ["Se Le Cm", "SepalWi…", "Se Le Mm"]),
        (["sepal_length", "sepal_width"], 7, ["sep len", "sep wid"]),
        (["temperature1", "temperature2"], 6, ["temp…1", "temp…2"]),
        (["measured a", "measured ab", "meas…"], 5, ["mea a", "me ab", "meas…"]),
        (["aspen", "aster", "astern", "astren"], 3, ["a…2", "a…r", "a…3", "a…4"]),
    ],
)
def test_a_name_keeps_what_tells_it_from_others(names, letters, short):
    """Its beginning; where another begins alike, that of each word; else its end, or a number."""
    assert short_names(names, letters) == short


@given(many_alike | st.lists(st.text(min_size=1), min_size=1, max_size=20), st.integers(3, 12))
def test_names_that_differ_still_do_and_fit(names, letters):
    short = short_names(names, letters)
    assert all(len(text) <= letters for text in short)
    assert all(text == name for name, text in zip(names, short, strict=True) if len(name) <= letters)
    assert len(set(short)) == len(set(names)) == len(set(zip(names, short, strict=True)))


@given(many_alike)
@example(["length_1", "length 1"])
def test_names_in_two_lines_differ_too(names):
    lines = two_lines(names, 6)
    assert all(len(line) <= 6 for both in lines for line in both)
    assert len(set(lines)) == len(set(zip(names, lines, strict=True)))


def test_a_name_of_two_words_has_a_line_for_each():
    assert two_lines([*IRISES, "x1"], 6) == [
        ("sepal", "length"),
        ("sepal", "width"),
        ("petal", "length"),
        ("petal", "width"),
        ("x1",),
    ]
