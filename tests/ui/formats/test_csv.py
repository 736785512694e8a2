"""A reader's own table: read however it is written, or refused with line, column and remedy."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Dataset, InvalidDataset
from ui.formats.cell_numbers import may_be_missing
from ui.formats.csv import MOST_BYTES, InvalidCsv, coded_values, read_csv, to_dataset
from ui.settings import MOST_COLUMNS, MOST_ROWS

SMALL = "age,y\n1.5,0\n20,1\n"
BAD_CELL = "Line 2: a cell has a quotation mark at one end only, or over 131,072 characters. Mend or delete it."
PADDING = (" " * 99 + "\n") * (MOST_BYTES // 100)  # blank lines
letters = st.text(st.characters(exclude_categories=["Cs", "Nd"], exclude_characters="\0\r\n"), max_size=5)
words = letters.filter(lambda word: not may_be_missing(word.strip()))
csv_like = st.text(st.sampled_from('01.5,;\t\n\r" -aé'), max_size=40)


def rectangles(cells, **sizes):
    """Draw rows of equally many cells, two to four."""
    return st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), **sizes))


def written(rows, **dialect):
    """Return rows as the standard library writes them."""
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue()


def reading(table):
    """Return how a table was read."""
    return table.delimiter, table.encoding, table.decimal_comma, table.has_header


@pytest.mark.parametrize(
    ("data", "delimiter", "encoding", "decimal_comma"),
    [
        (SMALL, ",", None, False),
        (SMALL.encode(), ",", "UTF-8", False),
        ("\ufeff" + SMALL, ",", None, False),
        (SMALL.encode("utf-8-sig"), ",", "UTF-8", False),
        (SMALL.encode("utf-16"), ",", "UTF-16", False),
        ("\ufeff".encode("utf-16-be") + SMALL.encode("utf-16-be"), ",", "UTF-16", False),
        (SMALL.replace(",", ";"), ";", None, False),
        (SMALL.replace(",", "\t"), "\t", None, False),
        ("age;y\n1,5;0\n20;1", ";", None, True),
        ("age\ty\n1,5\t0\n20\t1", "\t", None, True),
        ('age,y\n"1,5",0\n20,1', ",", None, True),
        ('"age","y"\n"1.5","0"\n"20","1"', ",", None, False),
        (SMALL.replace("\n", "\r\n"), ",", None, False),
        (SMALL.replace("\n", "\r"), ",", None, False),
        (SMALL.replace("\n", "\n\n \n,\n"), ",", None, False),
        (SMALL.replace("\n", ",\n"), ",", None, False),
        ("age,y\n1.5,0,,\n20,1,", ",", None, False),
        (" age , y \n 1.5, 0\n20 ,1", ",", None, False),
        ('age, "y"\n1.5, "0"\n20, "1"', ",", None, False),
    ],
)
def test_the_same_table_may_be_written_in_many_ways(data, delimiter, encoding, decimal_comma):
    """Encoding, delimiter, decimal comma, line ends, quotes, blank lines and spaces are found out."""
    table = read_csv(data)
    assert (table.names, table.cells) == (("age", "y"), (("1.5", "0"), ("20", "1")))
    assert reading(table) == (delimiter, encoding, decimal_comma, True)


@pytest.mark.parametrize(
    ("data", "encoding", "names"),
    [
        ("âge,y\n1,0".encode("latin-1"), "Windows-1252", ("âge", "y")),
        ("€,y\n1,0".encode("cp1252"), "Windows-1252", ("€", "y")),
        (b"\x81\xe9,y\n1,0", "Latin-1", ("é", "y")),
        ("年,y\n1,0".encode(), "UTF-8", ("年", "y")),
    ],
)
def test_a_file_that_is_not_utf_8_is_taken_for_western_european(data, encoding, names):
    """Older spreadsheets write Windows-1252, and every byte means something in Latin-1."""
    table = read_csv(data)
    assert (table.encoding, table.names) == (encoding, names)


@given(
    rectangles(words, min_size=1, max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_cells_survive_whatever_dialect_they_are_written_in(rows, delimiter, quoting, lineterminator, encoding):
    """What the standard library writes is read back, but for space at the ends of cells and for blank rows."""
    names = tuple("abcd"[: len(rows[0])])
    rows[0][0] += "z"
    text = written([names, *rows], delimiter=delimiter, quoting=quoting, lineterminator=lineterminator)
    table = read_csv(text.encode(encoding), has_header=True)
    stripped = [tuple(cell.strip() for cell in row) for row in rows]
    assert (table.names, table.delimiter) == (names, delimiter)
    assert table.cells == tuple(row for row in stripped if any(row))


@given(rectangles(st.floats(-1e50, 1e50), min_size=1, max_size=6), st.sampled_from([",.", ";.", ";,", "\t.", "\t,"]))
def test_numbers_that_pandas_writes_are_read_to_the_last_bit(rows, marks):
    """With a decimal point or a decimal comma."""
    frame = pd.DataFrame(rows, columns=list("abcd")[: len(rows[0])]).assign(y=0.5)
    table = read_csv(frame.to_csv(index=False, sep=marks[0], decimal=marks[1]))
    dataset = to_dataset(table, ["y"], table.names[:-1])
    assert dataset == Dataset(rows, frame["y"], table.names[:-1])


@pytest.mark.parametrize("text", ['a,b\n"x, ""y""\nz",1\n\n,2\n', "a;b\n1;\n;2\n", "a\tb\nNA\tnull\n"])
def test_quotes_and_gaps_are_read_as_pandas_reads_them(text):
    """Quoted delimiters, quotation marks and line ends; a gap, or a word for one, is blank."""
    table = read_csv(text)
    frame = pd.read_csv(io.StringIO(text), sep=table.delimiter, dtype=str).fillna("")
    pd.testing.assert_frame_equal(pd.DataFrame(table.cells, columns=list(table.names), dtype="str"), frame)


@pytest.mark.parametrize(
    ("text", "has_header"),
    [
        ("x,y\n0,1", True),
        ("0,1\n1,0", False),
        ("0,1", False),
        ("yes,0\nno,1", False),
        ("name,y\nAnn,0\nBob,1", True),
        ("0,1,y\n5,6,0", True),
        ("Ann,2019\nBob,2020", False),
        ("Ann,Bob\nCid,Dan", True),
        ("rain,play\nyes,no\nno,yes", True),
        ("yes,no\nno,yes\nno,no", False),
        ("yes,no\nno,yes", False),
        (",y\n0,1\n1,0", True),
        (",1\n2,0", False),
        ("x,y\n,1\n2,0", True),
        ("x;y\n0,5;1", True),
        ("0,5;1\n0,7;0", False),
    ],
)
def test_a_first_line_of_names_is_told_from_one_of_values(text, has_header):
    """Unless the reader says which it is."""
    guessed, named, unnamed = (
        read_csv(text),
        read_csv(f"{text}\n{text}", has_header=True),
        read_csv(text, has_header=False),
    )
    assert guessed.has_header == has_header
    assert len(unnamed.cells) == len(guessed.cells) + has_header
    assert (named.has_header, unnamed.has_header) == (True, False)
    assert unnamed.names == tuple(f"x{place}" for place in range(1, len(unnamed.names) + 1))


def test_names_behind_a_comment_sign_are_left_out_where_there_are_to_be_none():
    table = read_csv("# a,y\n1,0\n3,1", has_header=False)
    assert (table.names, table.cells) == (("x1", "x2"), (("1", "0"), ("3", "1")))
    assert read_csv("# a,y\n1,0\n3,1").names == ("a", "y")


def test_a_comment_that_is_no_row_is_left_out():
    table = read_csv('# "Ann, 2019\n1,0\n3,1')
    assert (table.names, len(table.cells), table.comments) == (("x1", "x2"), 2, 1)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("age,,age", ("age", "x2", "age 2")),
        ("age,age,age 2", ("age", "age 3", "age 2")),
        (",x1,x1", ("x1 2", "x1", "x1 3")),
        ('"two\nlines",a  b,c', ("two lines", "a b", "c")),
    ],
)
def test_every_column_gets_a_name_of_its_own(header, names):
    """A name that the header gives is kept for the column it comes first in."""
    assert read_csv(f"{header}\n1,2,3").names == names


@pytest.mark.parametrize(
    ("text", "decimal_comma"),
    [
        ('a,b\n"1,234",0', False),
        ('a,b\n"1,234",0\n"1,5",1', True),
        ("a;b\n1,234;0", True),
        ("a;b\n1,5;0.5", False),
        ("a;b\nx,5;0", False),
        ("a;b\n-,5e-3;0", True),
    ],
)
def test_a_comma_is_decimal_only_where_it_can_be(text, decimal_comma):
    """Not in a thousand between commas, nor beside a decimal point."""
    assert read_csv(text).decimal_comma == decimal_comma


@pytest.mark.parametrize("cell", ["1,5", "x,5", "1,23,4"])
def test_a_comma_that_is_none_of_a_number_stays(cell):
    """Beside a decimal point, or a letter."""
    assert read_csv(f"a;b\n{cell};0.5").cells == ((cell, "0.5"),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "There is nothing in it. Give at least one line of values."),
        (b"\xff\xfe", "There is nothing in it. Give at least one line of values."),
        ("\n ,,\n", "There is nothing in it. Give at least one line of values."),
        ("x,y\n", "There is no line of values below the names. Add one, or say that the first line has no names."),
        (",x,y\n", "There is no line of values below the names. Add one, or say that the first line has no names."),
        ("x,y\n\n1,2\n3\n", "Line 4 has 1 value, but line 1 has 2. Give all lines the same number."),
        ('x,y\n"1\n",2\n1,2,3\n', "Line 1 has 2 values, but line 4 has 3. Give all lines the same number."),
        ('x,y\n1,"2\n3,4\n', BAD_CELL),
        ('x,y\n1,"2"3\n', BAD_CELL),
        ("x,y\n1," + "2" * 200_000, BAD_CELL),
        ("x,y\n1,\0", "This is not a text file. Save the table as CSV, in UTF-8."),
        (
            b"\xff\xfex\0,",
            "The file begins as UTF-16, but the rest of it is not. Save the table as CSV, in UTF-8.",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(data, message):
    """The message says where and what to do."""
    with pytest.raises(InvalidCsv, match=f"^{re.escape(message)}$"):
        read_csv(data)


@pytest.mark.parametrize(
    ("most", "message"),
    [
        ("0,1\n" * MOST_ROWS, "There are 10,001 rows; at most 10,000 can be read."),
        ("0" + ",0" * (MOST_COLUMNS - 1), "There are 33 columns; at most 32 can be read."),
        (b"0,1" + PADDING[3:].encode(), "There are 1,000,003 bytes; at most 1,000,000 can be read."),
        ("0,1" + PADDING[3:], "There are 1,000,003 characters; at most 1,000,000 can be read."),
    ],
)
def test_a_table_may_be_as_large_as_the_limit(most, message):
    """One row, column or byte more is refused, with the figure and the limit."""
    assert read_csv(most).cells
    with pytest.raises(InvalidCsv, match=message):
        read_csv(most + (",0\n" if isinstance(most, str) else b",0\n"))


@given(st.binary() | st.builds(str.encode, csv_like, st.sampled_from(["utf-8", "cp1252", "utf-16"])) | csv_like)
def test_any_bytes_are_read_or_refused(data):
    """By no other error than the typed ones, and what is read is a table of finite numbers."""
    try:
        table = read_csv(data)
        dataset = to_dataset(table, table.names[-1:], table.names[:-1])
    except (InvalidCsv, InvalidDataset):
        return
    assert dataset.inputs.shape == (len(table.cells), len(table.names) - 1)


def test_columns_are_chosen_by_name():
    """In the order of the choice; others are not looked at."""
    table = read_csv("note,b,y,a\nhi,1,0,3\n,2,0.5,4")
    assert to_dataset(table, ["y"], ["a", "b"]) == Dataset([[3, 1], [4, 2]], [0, 0.5], ["a", "b"], "y")


@pytest.mark.parametrize(
    ("target", "coded", "targets"),
    [
        ("yes no yes", ("no", "yes"), [1, 0, 1]),
        ("1 2 1", ("1", "2"), [0, 1, 0]),
        ("10 9 10.0", ("9", "10"), [1, 0, 1]),
        ("-1 1 1", ("-1", "1"), [0, 1, 1]),
        ("0 1.0 1", None, [0, 1, 1]),
        ("0.2 0.8 0.2", None, [0.2, 0.8, 0.2]),
    ],
)
def test_a_target_of_two_values_becomes_0_and_1(target, coded, targets):
    """Words by the alphabet, numbers by size, unless they are from 0 to 1 already."""
    table = read_csv("y,x\n" + "".join(f"{value},{place}\n" for place, value in enumerate(target.split())))
    assert coded_values(table, "y", is_target=True) == coded
    assert to_dataset(table, ["y"], ["x"]).targets.tolist() == targets


@pytest.mark.parametrize(
    "pair",
    [
        *("no yes", "n y", "false true", "negative positive", "neg pos", "nein ja", "n j", "falsch wahr", "non oui"),
        *("no si", "no sí", "NO Yes", "no YES", "- +", "Nein JA", "FALSE true"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_plain_yes_is_1_whatever_the_alphabet_says(pair, turned):
    """In the target and in an input, in whichever row it comes first."""
    no, yes = pair.split()
    cells = [yes, no] if turned else [no, yes]
    table = read_csv("a,y\n" + "".join(f"{cell},{cell}\n" for cell in [*cells, yes]), has_header=True)
    dataset = to_dataset(table, ["y"], ["a"])
    expected = [float(cell == yes) for cell in [*cells, yes]]
    assert (dataset.targets.tolist(), dataset.inputs[:, 0].tolist()) == (expected, expected)


def test_codes_are_swapped_where_it_is_asked():
    """Of the columns named alone, and of two numbers that a target tells."""
    table = read_csv("sex,y\nmale,1\nfemale,2\nmale,2")
    for swapped, inputs, targets in (
        ([], [1, 0, 1], [0, 1, 1]),
        (["sex"], [0, 1, 0], [0, 1, 1]),
        (["y"], [1, 0, 1], [1, 0, 0]),
    ):
        dataset = to_dataset(table, ["y"], ["sex"], swapped=swapped)
        assert (dataset.inputs[:, 0].tolist(), dataset.targets.tolist()) == (inputs, targets)


def test_an_input_of_two_words_becomes_0_and_1():
    """An input of two numbers stays as it is."""
    table = read_csv("sex,class,y\nmale,1,0\nfemale,3,1\nmale,1,1")
    dataset = to_dataset(table, ["y"], ["sex", "class"])
    assert (coded_values(table, "sex"), coded_values(table, "class")) == (("female", "male"), None)
    assert dataset.inputs.tolist() == [[1, 1], [0, 3], [1, 1]]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("1,,3", "Line 3, column “a”: the cell is blank."),
        ("yes,no,", "Line 4, column “a”: the cell is blank."),
        ("1,2,x", "Line 4, column “a”: “x” is not a number."),
        ("1,NA,1", "Line 3, column “a”: the cell is blank."),
        ("1,2 kg,2 kg", "Line 3, column “a”: “2 kg” is not a number."),
        ("3 kg,2 kg,2 lb", "Line 2, column “a”: “3 kg” is not a number."),
        ("2020-02-01,2020-02-02,?", "Line 2, column “a”: “2020-02-01” is a date or a time."),
        ("31.12.2020,1.1.2021,5", "Line 2, column “a”: “31.12.2020” is a date or a time."),
        ("red,green,blue", "Line 2, column “a”: “red” is not a number."),
        ("1,2,inf", "Line 4, column “a”: “inf” is not a number."),
        ("1,2,1e51", "Line 4, column “a”: 1e+51 is too large."),
    ],
)
def test_an_input_that_is_no_number_is_refused_with_line_and_column(column, message):
    """And with its value."""
    table = read_csv("a,y\n" + "".join(f"{cell},1\n" for cell in column.split(",")))
    with pytest.raises(InvalidCsv, match=re.escape(message)):
        to_dataset(table, ["y"], ["a"])


def test_a_target_outside_0_to_1_is_refused_with_line_and_column():
    """Unless it has two values."""
    table = read_csv("a,y\n0,0\n0,1\n\n0,37")
    with pytest.raises(InvalidCsv, match="Line 5, column “y”: the target 37 is outside 0 to 1"):
        to_dataset(table, ["y"], ["a"])


def test_a_choice_of_columns_that_makes_no_data_set_is_refused():
    """None at all, or the target among the inputs."""
    table = read_csv(SMALL)
    for inputs in [], ["age", "y"]:
        with pytest.raises(InvalidDataset):
            to_dataset(table, ["y"], inputs)
