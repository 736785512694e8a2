"""The spreadsheet of a step: every number a formula of the shaded cells, and beside it what the page has."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from exported import AMOUNTS, HIDDEN, IN_BATCHES, MAZUR, SATURATED, SheetReader
from hypothesis import given
from hypothesis import strategies as st
from libreoffice import calculated
from steps import steps
from strategies import column_names

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, backward, forward, train
from core.dataset import column_name
from ui.formats.opendocument import Cell, reference, spreadsheet
from ui.formats.spreadsheet import cell_count, step_cells, step_spreadsheet
from ui.view import Place
from ui.worked.step import step_at

# Several hidden layers, outputs, a fixed and a learned bias, batches, rows held out, both objectives, scaled numbers,
# names of every kind, and outputs of exactly 0 and 1.
OPENED = {
    "notebook": (NOTEBOOK, 0),
    "xor": (EXAMPLES["xor-hidden"].experiment, 700),
    "mazur": (MAZUR, 0),
    "batch": (replace(IN_BATCHES, learning_rate=0.3), 5),
    "cross entropy": (replace(HIDDEN, biases="learned"), 300),
    "amounts": (AMOUNTS, 3),
    "saturated": (SATURATED, 1),
}


def step_in(experiment, k):
    return step_at(train(experiment), Place(k, 0, (0, 0)))


def numbers_of(cells, look):
    return {place: cell.value for place, cell in cells.items() if cell.look == look}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return the cells that LibreOffice shows of each sheet, by row and column, when it has worked them out itself."""
    sheets = {name: step_spreadsheet(name, step_in(*which)) for name, which in OPENED.items()}
    texts = calculated(sheets, tmp_path_factory.mktemp("sheets"))
    return {name: list(csv.reader(io.StringIO(text))) for name, text in texts.items()}


@pytest.mark.parametrize("name", OPENED)
def test_libreoffice_works_out_the_pages_numbers(opened, name):
    """Every one of them, from what is in the shaded cells."""
    cells = step_cells(name, step_in(*OPENED[name]))
    shown = {place: float(opened[name][place[0]][place[1]]) for place, cell in cells.items() if cell.formula}
    assert len(shown) > 20
    assert shown == pytest.approx({place: cells[place].value for place in shown}, rel=1e-11, abs=1e-14)
    texts = {place: " ".join(cell.value.split()) for place, cell in cells.items() if isinstance(cell.value, str)}
    assert {place: opened[name][place[0]][place[1]] for place in texts} == texts


@given(steps())
def test_every_formula_gives_what_is_stored_beside_it(step):
    cells = step_cells("", step)
    reader = SheetReader(cells)
    stored = {place: cell.value for place, cell in cells.items() if cell.formula}
    worked_out = {place: reader.value(reference(*place).strip("[.]")) for place in stored}
    assert worked_out == pytest.approx(stored, rel=1e-9, abs=1e-12)


@given(steps(), st.integers(0, 99), st.floats(0.01, 10))
def test_another_experiment_in_the_shaded_cells_gives_its_numbers(step, seed, learning_rate):
    """Whatever is changed in them, the rest follows: no formula holds a number of the experiment."""
    experiment = replace(step.run.experiment, held_out=0)
    other = replace(experiment, seed=seed, learning_rate=learning_rate)
    cells, wanted = (step_cells("", step_in(one, min(step.k, 1))) for one in (experiment, other))
    shaded = {place: cell for place, cell in wanted.items() if cell.look == "given"}
    assert shaded.keys() == numbers_of(cells, "given").keys()
    reader = SheetReader({**cells, **shaded})
    results = numbers_of(wanted, "result")
    worked_out = {place: reader.value(reference(*place).strip("[.]")) for place in results}
    assert worked_out == pytest.approx(results, rel=1e-9, abs=1e-12)


@given(steps())
def test_the_new_weights_are_those_of_the_next_state(step):
    """Neuron by neuron; a bias that is fixed has none."""
    experiment, cells = step.run.experiment, step_cells("", step)
    lines = [row for (row, column), cell in sorted(cells.items()) if column == 0 and cell.value == "new weight"]
    new = [[cell.value for (row, column), cell in sorted(cells.items()) if row == line and column] for line in lines]
    batch = experiment.batch(step.k)
    weights = step.run.weights_after(step.k)
    layers = forward(experiment.inputs[batch], weights)
    fixed = experiment.biases == "fixed"
    objective, rate = experiment.objective, experiment.learning_rate
    learned = backward(layers, experiment.target_columns[batch], objective, rate, fixed_biases=fixed)
    after = [layer + step_back.update for layer, step_back in zip(weights, learned, strict=True)]
    wanted = [column[: len(column) - fixed].tolist() for layer in after for column in layer.T]
    assert len(new) == len(wanted)
    for of_neuron, of_core in zip(new, wanted, strict=True):
        assert of_neuron == pytest.approx(of_core, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN, MAZUR])
@pytest.mark.parametrize("k", [0, 1])
def test_the_loss_is_that_of_the_page(experiment, k):
    """Where all rows are in the update."""
    (loss,) = (
        cells[place[0], 1].value
        for cells in [step_cells("", step_in(experiment, k))]
        for place, cell in cells.items()
        if cell.value == "loss" and place[1] == 0
    )
    assert loss == pytest.approx(train(experiment).loss[k], rel=1e-12)


def cells_in(content):
    """Return the texts in a file's cells, as XML has them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own
    return ["".join(text.itertext()) for text in root.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p")]


@given(st.lists(column_names, min_size=3, max_size=3, unique_by=column_name))
def test_names_are_written_to_the_letter(names):
    """But for white space, and for characters that XML has no way to write; in a neuron's table, maybe in quotes."""
    *inputs, target = names
    step = step_in(Experiment(Dataset([[0.5, 1], [1, 0]], [0, 1], inputs, target), epochs=1), 0)
    texts = cells_in(step_spreadsheet("<&>", step))
    assert texts[0] == "<&>"
    for name in step.run.experiment.dataset.input_names:
        written = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", " ".join(name.split()))
        assert written in texts
        assert not {f"{written} · δ", f"“{written}” · δ"}.isdisjoint(texts)


def test_an_input_called_a_is_told_from_the_activation():
    """It is in quotes in the neuron's table, and as it is in the data's."""
    step = step_in(EXAMPLES["xor-neuron"].experiment, 0)
    header = cells_in(step_spreadsheet("XOR", step))
    assert [header.count(name) for name in ("a", "“a”", "“a” · δ", "b", "b · δ")] == [2, 1, 1, 2, 1]


def test_the_same_step_makes_the_same_file():
    """Its first part, stored as it is, tells programs its kind."""
    content = step_spreadsheet("Notebook", step_in(NOTEBOOK, 0))
    assert content == step_spreadsheet("Notebook", step_in(NOTEBOOK, 0))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        first, *others = archive.infolist()
        assert {entry.filename for entry in others} == {"META-INF/manifest.xml", "content.xml", "styles.xml"}
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert content[38:].startswith(b"application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_columns_are_called_as_spreadsheets_call_them(column, name):
    assert reference(9, column) == f"[.{name}10]"
    assert reference(9, column, fixed=True) == f"[.${name}$10]"


def test_empty_cells_keep_their_place():
    content = spreadsheet("Sheet", {(2, 3): Cell("here", "text")})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("content.xml").decode()
    assert body.count("<table:table-row>") == 3
    assert "<table:table-cell/><table:table-cell/><table:table-cell/><table:table-cell table:style-name" in body


@pytest.mark.parametrize("key", ["notebook", "xor-hidden", "mazur", "iris", "challenger"])
def test_about_as_many_cells_are_announced(key):
    experiment = EXAMPLES[key].experiment
    made = len(step_cells("", step_in(replace(experiment, epochs=1), 0)))
    assert 0.7 * made < cell_count(experiment, 0) < 1.5 * made
