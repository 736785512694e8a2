"""Tables as people have them, each in the dialect of what wrote it: read, and how it was read is told."""

import io
import sys
import time
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Dataset
from ui.formats.csv import InvalidCsv, coded_values, read_csv, to_dataset
from ui.formats.dialect import Dialect

numbers = st.floats(-1e50, 1e50)
rows_of_numbers = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(numbers, min_size=width, max_size=width), min_size=2, max_size=6)
)


def columns(table):
    """Return a table's cells by its columns' names."""
    return dict(zip(table.names, map(list, zip(*table.cells, strict=True)), strict=True))


def values(table):
    return np.array(table.cells, dtype=float).tolist()


@pytest.mark.parametrize(
    ("text", "delimiter", "names", "rows"),
    [
        ("sep=;\nage;income;buys\n31;1200;1\n45;900;0", ";", "age income buys", [[31, 1200, 1], [45, 900, 0]]),
        ('"sep=,"\na,b\n1,2', ",", "a b", [[1, 2]]),
        ("sep=\t\r\na\tb\r\n1\t2", "\t", "a b", [[1, 2]]),
        ("sep= \na b\n1 2", " ", "a b", [[1, 2]]),
        ("1 22.08 11.46 2 0\n0 22.67 7 2 1", " ", "x1 x2 x3 x4 x5", [[1, 22.08, 11.46, 2, 0], [0, 22.67, 7, 2, 1]]),
        ("  a   b  y\n 1.5  2  0 \n10.5 12  1\n", " ", "a b y", [[1.5, 2, 0], [10.5, 12, 1]]),
        ("1,5 2,25 0\n3,5 4 1", " ", "x1 x2 x3", [[1.5, 2.25, 0], [3.5, 4, 1]]),
        ('"a b" "c" "y"\n1.5 2 0\n3.5 4 1', " ", "a_b c y", [[1.5, 2, 0], [3.5, 4, 1]]),
        (
            "15.26\t14.84\t0.87\t1\n14.88\t14.57\t\t0.88\t1\n14.29\t14.09\t0.9\t0\n",
            " ",
            "x1 x2 x3 x4",
            [[15.26, 14.84, 0.87, 1], [14.88, 14.57, 0.88, 1], [14.29, 14.09, 0.9, 0]],
        ),
        ("a|b|y\n1|2|0\n3|4|1", "|", "a b y", [[1, 2, 0], [3, 4, 1]]),
        ("a│b│y\n1│2│0\n3│4│1", "│", "a b y", [[1, 2, 0], [3, 4, 1]]),
        ("| a | b | y |\n|---|:-:|--:|\n| 1 | 2 | 0 |\n| 3 | 4 | 1 |", "|", "a b y", [[1, 2, 0], [3, 4, 1]]),
        ("|a|b|\n|-|-|\n|1|0|\n|3|1|", "|", "a b", [[1, 0], [3, 1]]),
        ("+---+---+\n| a | b |\n+---+---+\n| 1 | 0 |\n| 3 | 1 |\n+---+---+", "|", "a b", [[1, 0], [3, 1]]),
        ("[[0,0,1],[0,1,1]]", "[", "x1 x2 x3", [[0, 0, 1], [0, 1, 1]]),
        ("X = np.array([[0, 0, 1],\n              [0, 1, 1],\n ])", "[", "x1 x2 x3", [[0, 0, 1], [0, 1, 1]]),
        ("array([[0. , 0.5],\n       [1e-3, 1.]], dtype=float32)", "[", "x1 x2", [[0, 0.5], [0.001, 1]]),
        ("[[0 0 1]\n [0 1 1]]", "[", "x1 x2 x3", [[0, 0, 1], [0, 1, 1]]),
        ("[0 0 1]\n[0 1 1]", "[", "x1 x2 x3", [[0, 0, 1], [0, 1, 1]]),
        ("np.array([[0, 1, 1], [1, 0, 1]]).T", "[", "x1 x2", [[0, 1], [1, 0], [1, 1]]),
        ("X = np.array([[5, 2],\n [6, 3]])\ny = np.array([[0, 1]]).T", "[", "x1 x2 x3", [[5, 2, 0], [6, 3, 1]]),
        ("X = [[5, 2], [6, 3]]\ny = [0, 1]", "[", "x1 x2 x3", [[5, 2, 0], [6, 3, 1]]),
        ("# made by a program\n# on a day, at noon\na,b,y\n1,2,0\n3,4,1", ",", "a b y", [[1, 2, 0], [3, 4, 1]]),
        ("# Ann, Bob\na,y\n1,0\n3,1", ",", "a y", [[1, 0], [3, 1]]),
        ("% by hand\n1,0\n3,1", ",", "x1 x2", [[1, 0], [3, 1]]),
        ("# a b y\n1.5 2 0\n3.5 4 1", " ", "a b y", [[1.5, 2, 0], [3.5, 4, 1]]),
        ("#1,2,0\n3,4,1", ",", "x1 x2 x3", [[3, 4, 1]]),
        ("Sales 2024,,\na,b,y\n1,2,0\n3,4,1", ",", "a b y", [[1, 2, 0], [3, 4, 1]]),
        ("Sales 2024;;\n;;\na;b;y\n1,5;2;0\n3;4;1", ";", "a b y", [[1.5, 2, 0], [3, 4, 1]]),
        ("Sales 2024,\na,y\n1,0\n3,1", ",", "a y", [[1, 0], [3, 1]]),
        ("a,\n1,0\n3,1", ",", "a x2", [[1, 0], [3, 1]]),
        ("a,,\n1,2,0\n3,4,1", ",", "a x2 x3", [[1, 2, 0], [3, 4, 1]]),
        ("a,#1\n1 000,0\n3,1", ",", "a #1", [[1000, 0], [3, 1]]),
        ("a,y\n1,0\n# it rained\n3,1\n# the end, at last, of it", ",", "a y", [[1, 0], [3, 1]]),
    ],
)
def test_what_parts_rows_and_cells_is_found_out(text, delimiter, names, rows):
    """Spreadsheets, UCI files, R, Markdown and notebooks each have their own; no comment, title or rule is a row."""
    table = read_csv(text)
    assert table.delimiter == delimiter
    assert [name.replace(" ", "_") for name in table.names] == names.split()
    assert values(table) == rows
    assert table.row_names is None


@pytest.mark.parametrize(
    ("column", "read", "mark"),
    [
        ("1.234,50 80 2.345,60", "1234.50 80 2345.60", ""),
        ("1,234 2,345.5", "1234 2345.5", ""),
        ("1,234,567 1", "1234567 1", ""),
        ("1_234,5 12_345", "1234.5 12345", ""),
        ("1\u00a0234 2\u202f345", "1234 2345", ""),
        ("1'234.5 1’000'000", "1234.5 1000000", ""),
        ("\u22121.5 –2 3", "-1.5 -2 3", ""),
        ("1.5e3 -2E-4", "1.5e3 -2E-4", ""),
        ("12% 8%", "12 8", "%"),
        ("12,5_% -8_% 0", "12.5 -8 0", "%"),
        ("$1200 -$1,000.50 $0", "1200 -1000.50 0", "$"),
        ("1.200,50_€ 3_€", "1200.50 3", "€"),
        ("161_cm 67_cm ? 80cm", "161 67  80", "cm"),
        ("1,75_m -1.234,5_m", "1.75 -1234.5", "m"),
        ("5_°C 7.5_°C", "5 7.5", "°C"),
        ("12_m² 1'000_m²", "12 1000", "m²"),
        ("161cm 67kg", "161cm 67kg", ""),
        ("161cm 67", "161cm 67", ""),
        ("1st 2nd", "1st 2nd", ""),
        ("12% 0.12", "12% 0.12", ""),
        ("$5 €5", "$5 €5", ""),
        ("1,5 NA nan NULL ? - N/A", "1.5      ", ""),
        ("no yes ? no", "no yes  no", ""),
        ("+ - + ?", "+ - + ", ""),
        ("yes ? yes", "yes ? yes", ""),
        ("none mild severe", "none mild severe", ""),
        ("1.5 none", "1.5 ", ""),
    ],
)
def test_numbers_are_read_however_they_are_written(column, read, mark):
    """A percent sign, a currency's and a unit are left out where they are one kind, and told; what is missing is blank.

    Of two words, - or ? may be one. Here _ stands for a space.
    """
    table = read_csv("a;y\n" + "".join(f"{cell.replace('_', ' ')};1\n" for cell in column.split(" ")))
    assert columns(table)["a"] == read.replace("_", " ").split(" ")
    assert table.marks == ((("a", mark),) if mark else ())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Preis;Fläche;ja\n1.234,50;80;1\n2.345,60;95;0", [[1234.5, 80, 1], [2345.6, 95, 0]]),
        ('price,y\n"1,234",1\n"2,345",0', [[1234, 1], [2345, 0]]),
        ("price,y\n1 234,1\n2 345,0", [[1234, 1], [2345, 0]]),
        ("price,y\n1\u00a0234,1\n2\u00a0345,0", [[1234, 1], [2345, 0]]),
        ("price,y\n1'234,1\n2'345,0", [[1234, 1], [2345, 0]]),
        ("rate,y\n12%,1\n8%,0", [[12, 1], [8, 0]]),
        ("done,y\nTRUE,1\nFALSE,0", [[1, 1], [0, 0]]),
        ("class,y\n-1,+1\n+1,-1", [[-1, 1], [1, 0]]),
        ("class,y\nM,1\nB,2", [[1, 0], [0, 1]]),
    ],
)
def test_a_table_of_two_rows_is_trained_on_as_numbers(text, rows):
    """Numbers are no two words to be coded, however they are written."""
    table = read_csv(text)
    dataset = to_dataset(table, table.names[-1:], table.names[:-1])
    assert np.column_stack([dataset.inputs, dataset.targets]).tolist() == rows


@pytest.mark.parametrize(("values", "coded"), [("no yes", ("no", "yes")), ("1a 2b", None), ("yes 2", None)])
def test_words_with_a_digit_are_not_coded(values, coded):
    """They are likelier to be numbers that are not understood."""
    table = read_csv("a,y\n" + "".join(f"{cell},1\n" for cell in values.split()))
    assert coded_values(table, "a", is_target=True) == coded


@pytest.mark.parametrize(
    ("text", "names", "row_names"),
    [
        ('"a" "b" "y"\n"1" 1.5 2 0', "row a b y", "row"),
        ('"a" "b" "y"\n"1" 1.5 2 0\n"2" 2.5 3 1', "row a b y", "row"),
        (",x1,x2,y\n0,1.5,2,0", "row x1 x2 y", "row"),
        ('"a" "y"\n"Mazda RX4" 1.5 0\n"Fiat" 2.5 1', "row a y", "row"),
        ("a\trow\nAnn\t1\t0\nBob\t2\t1", "row_2 a row", "row 2"),
        (",x1,x2,y\n0,1.5,2,0\n1,2.5,3,1", "row x1 x2 y", "row"),
        (",x1,x2,y\n3,1.5,2,0\n17,2.5,3,1", "row x1 x2 y", "row"),
        (",x1,y\nAnn,1.5,0\nBob,2.5,1\nCy,3.5,1", "row x1 y", "row"),
        (",x1,y\nAnn,1.5,0\nBob,2.5,1", "x1_2 x1 y", None),
        (",x1,y\n17,1.5,0\n3,2.5,1", "x1_2 x1 y", None),
        ("Unnamed: 0,x1,y\n0,1.5,0\n1,2.5,1", "Unnamed:_0 x1 y", "Unnamed: 0"),
        (",0,1,2\n0,1.5,2,0\n1,2.5,3,1", "row 0 1 2", "row"),
        ("   a    b  y\n0  1  2.5  0\n1  3  4.5  1", "row a b y", "row"),
        (",x1,y\n0.5,1,0\n1.5,2,1", "x1_2 x1 y", None),
        (",x1,y\n1,1,0\n1,2,1", "x1_2 x1 y", None),
        ("id,x1,y\n0,1,0\n1,2,1", "id x1 y", None),
        (",y\n0,1\n1,0", "x1 y", None),
    ],
)
def test_a_column_that_names_the_rows_is_told(text, names, row_names):
    """It comes first, has no name of its own, and no value twice; R leaves out even its place among the names."""
    table = read_csv(text)
    assert [name.replace(" ", "_") for name in table.names] == names.split()
    assert table.row_names == row_names
    assert table.dialect.has_row_names == (row_names is not None)


def test_one_value_too_many_is_no_row_name_where_it_may_be_a_decimal():
    """Commas both between values and within them are for the reader to mend."""
    with pytest.raises(InvalidCsv, match="Line 1 has 2 values, but line 2 has 3"):
        read_csv("a,y\n1,5,0\n2,5,1")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('a,y\n"1,234",1', ["1234", "1.234"]),
        ("a;y\n1,234;1", ["1.234", "1234"]),
        ("a;y\n1.234;1", ["1.234", "1234"]),
        ("a;b\n1.234;1,5", ["1234", "1.234"]),
        ("a;y\n0.234;1", ["0.234"]),
        ("a;y\n1,23;1", ["1.23"]),
        ("a;y\n1.234,5;1", ["1234.5"]),
        ('a,y\n"1,234",0.5', ["1234"]),
        ("price\tarea\n$250,000\t1200\n$420,500\t2100", ["250000", "250.000"]),
        ("x;price\n1.200 €;1\n3.400 €;2", ["1200", "1.200"]),
        ('x,price\n-€1.200,1\n"€950",2', ["-1200", "-1.200"]),
        ("a;y\n1.200 EUR;1\n950EUR;2", ["1200", "1.200"]),
        ("a;y\n1.200 kg;1", ["1.200", "1200"]),
        ("a;y\n1,200;$5", ["1.200", "1200"]),
        ("a;y\n$1,200;0,375", ["1.200", "1200"]),
        ("a;y\n0,375 €;1", ["0.375"]),
        ("a;y\n1,407 €;1\n1,498 €;2", ["1.407", "1407"]),
        ("price\tgallons\n$3.409\t11\n$3.526\t24", ["3.409", "3409"]),
        ("weight\tprice\n1.107\t1\n3.141\t$1.200", ["1.107", "1107"]),
        ("a;y\n1,200 €;1\n2,50 €;1", ["1.200", "1200"]),
    ],
)
def test_what_can_be_read_in_two_ways_is_read_in_either(text, cells):
    """The likelier comes first and is taken; the reader may take the other."""
    table = read_csv(text)
    assert table.cells[0][0] == cells[0]
    assert [read_csv(text, way=way).cells[0][0] for way in table.ways] == cells
    assert [read_csv(text, way=way).ways for way in table.ways] == [table.ways] * len(cells)


@pytest.mark.parametrize(("header", "names"), [("", ("x1", "x2")), ("height,weight\n", ("height", "weight"))])
def test_numbers_with_a_unit_are_no_names(header, names):
    table = read_csv(f"{header}161 cm,67 kg\n180 cm,80 kg\n")
    assert (table.names, values(table)) == (names, [[161, 67], [180, 80]])


def test_how_it_was_read_is_data():
    """A dialect of its own, with all that was found."""
    table = read_csv("# two\n# lines\n;Preis;ja\n1;1.234,5 €;1\n2;2 €;0\n")
    assert table.dialect == Dialect(";", ",", ".", "#", has_header=True, has_row_names=True)
    assert (table.comments, table.marks, table.lines) == (2, (("Preis", "€"),), (4, 5))
    assert table.ways == (replace(table.dialect, comment="", has_row_names=False),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04\x14\x00", "This is a spreadsheet's own file .xlsx.. In the spreadsheet, save the table as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1", "This is a spreadsheet's own file .xls.. In the spreadsheet, save the table as CSV"),
        ('{"a": [1, 2]}', "This is JSON, which is not read as a table. Save the table as CSV"),
        ('[{"a": 1}]', "This is JSON, which is not read as a table. Save the table as CSV"),
        *(
            (text, "This is a Python dictionary, which is not read as a table. Paste the text that pandas makes of it")
            for text in (
                "{'a': [1, 2, 3], 'y': [0, 1, 0]}",
                "data = {\n    'a': [1, 2],\n    'y': [0, 1],\n}",
                "df = pd.DataFrame({'a': [1, 2], 'y': [0, 1]})",
                "[{'a': 1, 'y': 0}, {'a': 2, 'y': 1}]",
            )
        ),
        ("<!DOCTYPE html><table>", "This is a web page, or XML, not a table."),
        ("[[0 1]\n ...\n [1 0]]", "The array was printed in short"),
        ("[[[0 1]\n  [1 0]]]", "This begins as an array, but is not one of rows in brackets."),
        ("np.array([[0, 1", "This begins as an array, but is not one of rows in brackets."),
        ("X = [[1, 2], [3, 4]]\ny = [1, 2, 3]", "One array has 2 rows, but another has 3. Give both the same number."),
        ("[[]]", "There is nothing in it."),
        ("[[1, 2], [3]]", "Line 2 has 1 value, but line 1 has 2."),
    ],
)
def test_what_cannot_be_read_is_told_with_the_remedy(data, message):
    with pytest.raises(InvalidCsv, match=message):
        read_csv(data)


@pytest.mark.parametrize(
    "header", ["[mV],y", "PK,y", "{x},y", "#,y", "#a,y", "#a,1", "#0,#1", "f([0]),y", "%,y", "sep=,y", "-|-,y"]
)
def test_names_that_begin_as_something_else_are_names(header):
    assert read_csv(f"{header}\n1,0\n3,1").names == tuple(header.split(","))


@pytest.mark.parametrize(
    "printed",
    [
        "               mpg cyl disp\nMazda RX4     21.0   6  160\nMazda RX4 Wag 21.0   6  160\nFiat 128 32.4 4 78.7\n",
        "   sepal length (cm)  sepal width (cm)  y\n0                5.1               3.5  0\n1  4.9  3.0  1\n",
    ],
)
def test_a_print_that_has_spaces_within_names_is_told_with_how_to_save_the_table(printed):
    with pytest.raises(
        InvalidCsv, match=r"If R or pandas printed this, save the table as CSV instead: write\.csv.*to_csv"
    ):
        read_csv(printed)


@pytest.mark.parametrize("above", ["", "# A tibble: 2 × 3\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_types_that_a_tibble_prints_are_no_row(above, end):
    printed = f"{above}      a     b     y\n  <dbl> <int> <dbl>\n1   1.5     2     0\n2   2.5     3     1\n"
    table = read_csv(printed.replace("\n", end))
    assert (table.names, values(table)) == (("row", "a", "b", "y"), [[1, 1.5, 2, 0], [2, 2.5, 3, 1]])
    assert table.row_names == "row"


def test_a_title_is_told_as_a_comment():
    table = read_csv("Sales 2024,,\na,b,y\n1,2,0\n3,4,1")
    assert (table.comments, table.lines) == (1, (3, 4))


def test_words_that_begin_as_a_comment_are_words():
    """They are as many in their lines as in all others."""
    table = read_csv("#x,0\n#x,1\nno,0\n#x,1")
    assert (table.cells, table.comments) == ((("#x", "0"), ("#x", "1"), ("no", "0"), ("#x", "1")), 0)


@given(rows_of_numbers)
def test_arrays_that_a_notebook_prints_are_read_to_the_last_bit(rows):
    """As Python's list, as NumPy's repr, and as it prints them, whose lines are broken."""
    array = np.array(rows)
    with np.printoptions(floatmode="unique", threshold=sys.maxsize):
        for text in repr(rows), repr(array), str(array), f"x = np.{array!r}":
            assert values(read_csv(text, has_header=False)) == array.tolist()


@given(rows_of_numbers, st.sampled_from([" ", "\t", ","]))
def test_what_numpy_saves_is_read_to_the_last_bit(rows, delimiter):
    """Names behind a comment sign."""
    file = io.StringIO()
    names = list("abcd")[: len(rows[0])]
    np.savetxt(file, rows, fmt="%.17g", delimiter=delimiter, header=delimiter.join(names))
    table = read_csv(file.getvalue())
    assert (list(table.names), values(table)) == (names, rows)


@given(rows_of_numbers, st.sampled_from([",.", ";.", ";,", "\t.", "\t,", "|."]))
def test_what_pandas_writes_with_its_index_is_read_to_the_last_bit(rows, marks):
    """Its index is told from the inputs."""
    frame = pd.DataFrame(rows, columns=list("abcd")[: len(rows[0])]).assign(y=0.5)
    table = read_csv(frame.to_csv(sep=marks[0], decimal=marks[1]))
    assert table.row_names == table.names[0] == "row"
    assert to_dataset(table, ["y"], frame.columns[:-1]) == Dataset(rows, frame["y"], frame.columns[:-1])


@given(
    st.lists(st.floats(1000, 1e9).map(lambda number: round(number, 2)), min_size=2, max_size=6),
    st.sampled_from([",.", ".,", " ,", "\u00a0,", "\u202f,", "'."]),
    st.sampled_from([";", "\t", "|"]),
)
def test_thousands_are_read_as_they_are_written(numbers, marks, delimiter):
    """With any mark between them, and any decimal mark."""
    written = [f"{number:,.2f}".translate({44: marks[0], 46: marks[1]}) for number in numbers]
    table = read_csv(f"a{delimiter}y\n" + "".join(f"{number}{delimiter}1\n" for number in written))
    assert list(map(float, columns(table)["a"])) == numbers


@pytest.mark.parametrize(
    "text", ["[" * 99_999, " " * 500_000 + "x", "[" + " ,\n" * 99_999 + "x", '"' * 99_999 + "\tx y", "1," * 99_999]
)
def test_a_text_made_to_take_long_takes_a_moment(text):
    """Brackets, spaces and quotation marks without end: the time grows as the text does, not as its square."""
    start = time.process_time()
    with suppress(InvalidCsv):
        read_csv(text)
    assert time.process_time() - start < 10
