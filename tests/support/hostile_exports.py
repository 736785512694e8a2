"""Every file of an experiment at random, and what the page promises of each."""

import io
import json
import re
import zipfile
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree as ET

import nbformat
import numpy as np
from exported import PageReader, SheetReader, code_of, digits, digits_of_the_page, filled_in, formulas, run_here
from hostile_settings import any_experiment
from strategies import is_moderate

from core import train
from ui.formats.csv import read_csv, to_dataset
from ui.formats.link import from_query, to_query
from ui.formats.opendocument import reference
from ui.formats.saved import settings_from_json
from ui.formats.spreadsheet import MOST_CELLS, cell_count, step_cells, step_spreadsheet
from ui.names import output_columns
from ui.results.findings import explanations
from ui.settings import experiment_from, plain
from ui.tabs.tabs import LABELS
from ui.tabs.take_home import MOST_STEPS, RESULTS, SOURCES, TO_FILL_IN, Worksheet, worksheet
from ui.training import Shown
from ui.view import MOST_DECIMALS, MOST_LEVELS, Place, View
from ui.worked.step import step_at

MOST_WORKED_OUT, LARGE = 600, 50  # cells of a spreadsheet, and its weights
WEIGHTS = re.compile(r"(hidden_|output_)?weights(_\d)?")


def exports(chance):
    """Draw an experiment, say what went wrong in it, make all of its files, and read, run or work out each."""
    settings, experiment = any_experiment(chance)
    run = train(experiment)
    assert all(text for _, text in explanations(run))
    shown = Shown(run, settings, experiment)
    files = {file.file_name: file.content(shown) for file in (*RESULTS, *SOURCES, *TO_FILL_IN)}
    _check_experiment(files["experiment.json"], settings, experiment)
    _check_results(files, run)
    _check_code(files, run)
    _check_worksheet(shown, chance)
    k = chance.randint(0, experiment.updates)
    if cell_count(experiment, k) <= MOST_CELLS:
        _check_spreadsheet(step_at(run, Place(k, 0, (0, 0))), chance.choice([settings.title, "]]>&\x00"]))


def _check_experiment(file, settings, experiment):
    again = settings_from_json(file)
    assert experiment_from(again) == experiment
    assert again.title == settings.title
    assert from_query(to_query(again, View()), LABELS)[0] == plain(again)


def _check_results(files, run):
    experiment = run.experiment
    dataset = experiment.dataset
    table = read_csv(files["data.csv"], has_header=True)
    read = to_dataset(table, dataset.target_names, dataset.input_names, scale_targets=dataset.scale_targets)
    assert read.inputs.tobytes() == dataset.inputs.tobytes()
    predictions = read_csv(files["predictions.csv"], has_header=True)
    cells = np.array(predictions.cells, dtype=float)
    first = dataset.inputs.shape[1] + len(dataset.target_names)
    outputs = np.column_stack([*map(dataset.in_units, (run.before, run.last_pass, run.after))])
    end = first + len(output_columns(dataset.target_names))
    assert cells[:, first:end].tobytes() == outputs.tobytes()
    if experiment.held_out:
        assert np.flatnonzero(cells[:, end]).tolist() == experiment.held_out_rows.tolist()
    losses = np.array(read_csv(files["loss.csv"], has_header=True).cells, dtype=float)
    assert losses[:, 0].tolist() == list(range(experiment.updates + 1))
    assert losses[:, 1].tobytes() == run.cross_entropy.tobytes()
    for name in ("weights.json", "run.json"):
        weights = [np.array(layer) for layer in json.loads(files[name])["final_weights"]]
        assert [layer.tobytes() for layer in weights] == [layer.tobytes() for layer in run.weights]


def _check_code(files, run):
    """Hold scripts, and the code of notebooks, to the digits of the page; those to fill in as they are and filled."""
    experiment = run.experiment
    with TemporaryDirectory() as folder:
        run_code = partial(run_here, folder=Path(folder))
        printed, variables = run_code(files["neural_network.py"])
        assert digits(printed) == digits_of_the_page(experiment)
        _check_weights(variables, run)
        to_fill_in = files["neural_network_to_fill_in.py"]
        for code in (to_fill_in, _code_alone(files["neural_network_to_fill_in.ipynb"])):
            _, variables = run_code(filled_in(code, formulas(experiment)))
            _check_weights(variables, run)
        try:
            run_code(to_fill_in)
        except SystemExit as end:
            assert str(end).startswith("Still to do: ")  # noqa: PT017 - what a reader sees of it
        else:
            raise AssertionError(to_fill_in)
        _, variables = run_code(_code_alone(files["neural_network.ipynb"]))
        _check_weights(variables, run)


def _code_alone(notebook):
    """Return a notebook's code without its plot, once it is one that Jupyter opens."""
    nbformat.validate(nbformat.reads(notebook, as_version=4))
    return "\n".join(line for line in code_of(notebook).splitlines() if "plt" not in line)


def _check_weights(variables, run):
    weights = [value for name, value in variables.items() if WEIGHTS.fullmatch(name)]
    assert [layer.tobytes() for layer in weights] == [layer.tobytes() for layer in run.weights]


def _check_worksheet(shown, chance):
    sheet = Worksheet(
        chance.randint(1, MOST_STEPS),
        chance.choice([1, 2, 3]),
        chance.randint(1, MOST_LEVELS),
        chance.randint(4, MOST_DECIMALS),
    )
    reader = PageReader(worksheet(shown, sheet, lambda view: f"http://x/?{urlencode(to_query(shown.settings, view))}"))
    assert len(reader.sections) == sheet.versions + 1
    assert reader.tags.isdisjoint({"script", "img", "link", "iframe", "object", "u"})
    for link in reader.links[:2]:
        settings, view, problems = from_query(dict(parse_qsl(urlsplit(link).query)), LABELS)
        assert (settings, view.tab, view.level, problems) == (plain(shown.settings), "turn", sheet.level, [])


def _check_spreadsheet(step, title):
    with zipfile.ZipFile(io.BytesIO(step_spreadsheet(title, step))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith(".xml"):
                ET.fromstring(archive.read(name))  # noqa: S314 - our own
    cells = step_cells(title, step)
    if (
        len(cells) > MOST_WORKED_OUT
        or not is_moderate(step.run.experiment)
        or max(np.abs(layer).max() for layer in step.run.weights_after(step.k)) > LARGE
    ):
        return  # where the order of a sum changes its digits, or it takes long
    reader = SheetReader(cells)
    for place, cell in cells.items():
        if cell.formula:
            worked_out = reader.value(reference(*place).strip("[.]"))
            assert np.isclose(worked_out, cell.value, rtol=1e-9, atol=1e-12), (place, cell)
