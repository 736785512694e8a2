"""Whatever is too long to be read is quoted by its beginning, whoever reads it, and the message stays short."""

import json
from contextlib import suppress

import pytest
from app import opened, settled
from hypothesis import given
from hypothesis import strategies as st

from core import NOTEBOOK, InvalidDataset
from ui.formats.csv import InvalidCsv, read_csv, to_dataset
from ui.formats.link import KNOWN, from_query
from ui.formats.saved import InvalidExperimentFile, experiment_json, settings_from_json
from ui.formats.table_text import encode_table
from ui.question import InvalidInputs, read_inputs
from ui.settings import SETTINGS, dataset_of
from ui.sidebar.upload import IS_OPEN

LONGEST = 300  # characters of a message
NUMBER, WORD = "9" * 400, "w" * 400
LONG = {"number": NUMBER, "word": WORD, "both": f"1{WORD}", "minus": f"-{NUMBER}", "emoji": "🚀" * 400}
PARTS = [*(setting.name for setting in SETTINGS), "version", "example", "starting_weights"]
PARTS += ["input_names", "target_name", "inputs", "targets"]


def of_csv(text, target=None):
    try:
        table = read_csv(text)
        to_dataset(table, [target or table.names[-1]], table.names[:-1])
    except (InvalidCsv, InvalidDataset) as error:
        return [str(error)]
    return []


def of_cells(names, rows):
    try:
        dataset_of(names, 1, rows)
    except InvalidDataset as error:
        return [str(error)]
    return []


def of_file(**parts):
    try:
        settings_from_json(json.dumps(json.loads(experiment_json(NOTEBOOK, "notebook")) | parts))
    except InvalidExperimentFile as error:
        return [str(error)]
    return []


def of_fields(names, texts):
    try:
        read_inputs(names, texts)
    except InvalidInputs as error:
        return str(error).splitlines()
    return []


def of_link(**query):
    return from_query(query, {"step": "Step through"})[2]


def readers(long):
    """Yield what each reader says of a long text, wherever it stands."""
    yield of_csv(f"a,y\n{long},0\n1,1\n")
    yield of_csv(f"a,y\n1,{long}\n1,1\n2,2\n")
    yield of_csv(f"{long},y\nx,0\ny,1\nz,1\n")
    yield of_csv(f"a,{long}\n1,3\n1,2\n1,4\n")
    yield of_cells((long, "y"), (("x", "0"),))
    yield of_cells((long, long), (("1", "0"),))
    yield of_cells(("a", "y"), ((long, "0"),))
    yield of_cells(("a", "y"), (("1", long),))
    for part in PARTS:
        yield of_file(**{part: long})
        yield of_file(**{part: [long]})
        yield of_file(**{part: [[long]]})
        yield of_file(**{part: [[[long]]]})
        with suppress(ValueError):
            yield of_file(**{part: int(long)})
            yield of_file(**{part: [int(long)]})
            yield of_file(**{part: [[[int(long)]] * 3]})
    yield of_file(**{long: 1})
    yield of_fields([long], ["x"])
    yield of_fields(["a"], [long])
    for name in KNOWN:
        yield of_link(**{name: long})
    yield of_link(**{long: "1"})
    yield of_link(table=encode_table([long, "y"], [["x", "0"]]))


@pytest.mark.parametrize("long", LONG.values(), ids=LONG)
def test_no_reader_quotes_what_is_long_whole(long):
    """Nor is any message longer than what is read at a glance."""
    messages = [message for said in readers(long) for message in said]
    assert len(messages) > 40
    for message in messages:
        assert long[:100] not in message
        assert len(message) <= LONGEST


@given(st.text(min_size=100, max_size=500))
def test_messages_are_short_whatever_is_read(long):
    """Of any characters."""
    assert all(len(message) <= LONGEST for said in readers(long) for message in said)


@pytest.mark.parametrize("value", [" " * 400, "\t" * 99], ids=["spaces", "tabs"])
def test_a_long_blank_is_blank(value):
    """It is not quoted."""
    assert "the cell is blank" in of_cells(("a", "y"), ((value, "0"),))[0]


def test_the_page_tells_how_a_long_file_was_read_in_short():
    """The two words of a column, its name, and the name of an experiment's file."""
    app = opened(tab="take")
    app.session_state[IS_OPEN] = True
    settled(app.run())
    app.sidebar.file_uploader[0].set_value(("t.csv", f"a,{WORD}\n1,{WORD}a\n2,{WORD}b\n".encode(), "text/csv"))
    file = (f"{WORD}.json", experiment_json(NOTEBOOK, "notebook").encode(), "application/json")
    app.main.file_uploader[0].set_value(file)
    settled(app.run())
    said = [text.value for kind in (app.markdown, app.toast, app.caption, app.error) for text in kind]
    assert any(": 0 = w" in text for text in said)
    assert any(text.endswith(("is open\\.", "is open.")) for text in said)
    assert not any(WORD[:100] in text for text in said)
