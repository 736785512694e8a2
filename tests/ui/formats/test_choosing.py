"""What is likely to be used of a table: as a reader would choose."""

import pytest

from ui.formats.choosing import (
    classes_of,
    propose,
    rows_with_blanks,
    values_of,
    with_classes,
    with_means,
    without_blanks,
)
from ui.formats.csv import read_csv


@pytest.mark.parametrize(
    ("text", "target", "inputs"),
    [
        ("x1,x2,y\n0,1,0\n1,1,1", "y", ("x1", "x2")),
        ("y,a,b\n0,5,1\n1,6,0\n0,7,1", "y", ("a", "b")),
        ("temperature,distress\n66,0\n70,1\n69,0", "distress", ("temperature",)),
        ("rooms,price\n2,0.1\n3,0.4\n2,0.9\n4,0.5", "price", ("rooms",)),
        ("a,kind\n1,red\n2,green\n3,blue\n5,red", "kind", ("a",)),
        ("id,a,Outcome\n1,5,0\n2,7,1\n3,6,1\n4,9,0", "Outcome", ("a",)),
    ],
)
def test_the_target_and_the_inputs_are_the_likely_ones(text, target, inputs):
    """A column called a target; else the last of two values, of few words, or the last of all."""
    proposal = propose(read_csv(text))
    assert (proposal.targets, proposal.inputs) == ((target,), inputs)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("2 1 3 4", ""),
        ("Ann Bob Cy Di", "text of 4 different values"),
        ("yes no yes no", ""),
        ("1 ? ? ?", "blank in 3 of 4 rows"),
        ("Ann Ann Ann Ann", "text that never differs"),
        ("1 x 2 2", "text of 3 different values"),
    ],
)
def test_what_is_left_out_has_a_reason(cells, reason):
    rows = "".join(f"{cell},{number % 2}\n" for number, cell in enumerate(cells.split()))
    assert dict(propose(read_csv(f"a,y\n{rows}")).left_out) == ({"a": reason} if reason else {})


@pytest.mark.parametrize(
    "name",
    ["id", "ID", "No.", "nr", "index", "Row", "#", "Unnamed: 3", "PassengerId", "sample_no", "Sample code number"],
)
def test_what_counts_and_is_called_an_identifier_is_left_out_beside_other_inputs(name):
    rows = [(number, 7 * number % 5, number % 2) for number in range(1, 9)]
    proposal = propose(read_csv(f"{name},a,y\n" + "".join(f"{n},{a},{y}\n" for n, a, y in rows)))
    assert (proposal.inputs, proposal.left_out) == (("a",), ((name, "counts the rows"),))
    proposal = propose(read_csv(f"{name},y\n" + "".join(f"{n},{y}\n" for n, _, y in rows)))
    assert (proposal.inputs, proposal.left_out) == ((name,), ())


@pytest.mark.parametrize("name", ["id", "patient_id", "customerId", "code", "Sample code number", "Nr"])
def test_whole_numbers_that_never_repeat_and_are_called_an_identifier_are_left_out(name):
    numbers = [8_420_000 + row * 7_919 % 1_000_003 for row in range(40)]
    rows = [f"{number},{'MB'[row % 2]},{10 + row % 7}.5\n" for row, number in enumerate(numbers)]
    text = f"{name},diagnosis,radius\n"
    proposal = propose(read_csv(text + "".join(rows)))
    assert (proposal.targets, proposal.inputs) == (("diagnosis",), ("radius",))
    assert proposal.left_out == ((name, "identifies the rows: no number repeats"),)
    assert propose(read_csv(text + "".join([*rows, rows[0]]))).inputs == (name, "radius")
    assert propose(read_csv(text + "".join(row.replace(",", ".5,", 1) for row in rows))).inputs == (name, "radius")
    assert propose(read_csv(text.replace(name, "price") + "".join(rows))).inputs == ("price", "radius")


def test_two_words_are_an_input_whatever_it_is_called():
    assert propose(read_csv("code,a,y\nu,1.5,0\nv,2,1\nu,1.5,0\nv,3,1")).inputs == ("code", "a")


@pytest.mark.parametrize("name", ["x", "dose", "year", "paid", "Grid", "a", "casino", "number of rooms"])
@pytest.mark.parametrize("others", ["", "b,"])
def test_an_input_that_counts_is_an_input(name, others):
    """Evenly spaced doses, years and the points of a line are what a network is to learn from."""
    rows = "".join(
        f"{1990 + row},{row * 3 % 4 if others else ''}{',' if others else ''}{row > 4:d}\n" for row in range(8)
    )
    proposal = propose(read_csv(f"{name},{others}y\n{rows}"))
    assert proposal.inputs[0] == name
    assert not proposal.left_out


def test_what_counts_without_any_names_is_left_out_beside_other_inputs():
    assert propose(read_csv("1,5,0\n2,7,1\n3,6,1\n4,9,0")).inputs == ("x2",)
    assert propose(read_csv("[[0, 0], [1, 0], [2, 1], [3, 1]]")).inputs == ("x1",)


def test_classes_are_words_or_whole_numbers_that_repeat():
    table = read_csv("a,b,c,d,y\n1,1.5,u,7,0\n2,2.5,v,8,1\n3,1.5,w,9,0\n1,2.5,u,6,1\n2,1.5,v,5,0\n3,2.5,w,4,1")
    assert classes_of(table, "a") == ["1", "2", "3"]
    assert classes_of(table, "c") == ["u", "v", "w"]
    assert not any(classes_of(table, name) for name in "bdy")
    told, names = with_classes(table, "a", ["1", "3"])
    assert names == ["a 1", "a 3"]
    assert told.names == ("a 1", "a 3", "b", "c", "d", "y")
    assert [row[:2] for row in told.cells[:3]] == [("1", "0"), ("0", "0"), ("0", "1")]


def test_blanks_are_left_out_with_their_rows_or_filled():
    table = read_csv("a,b,y\n1,u,0\n?,v,1\n3,,0")
    assert rows_with_blanks(table, ["a", "y"]) == 1
    assert rows_with_blanks(table, ["a", "b"]) == 2
    assert without_blanks(table, ["a", "y"]).lines == (2, 4)
    assert [row[0] for row in with_means(table, ["a", "b"]).cells] == ["1", "2", "3"]
    assert [row[1] for row in with_means(table, ["a", "b"]).cells] == ["u", "v", ""]


def test_a_mean_has_no_digits_that_rounding_made():
    """The mean of these is 1.73; their sum by three is 1.7300000000000002."""
    table = read_csv("height,y\n1.62,0\n1.75,1\n1.82,0\n,1")
    assert with_means(table, ["height"]).cells[-1] == ("1.73", "1")


def test_equal_numbers_are_one_value():
    assert values_of(read_csv("a,y\n1.0,0\n1,1\n-0,0\n0,1"), "a") == ["0", "1"]
