"""Links, tables and files at random, most of them nearly right, and what the page promises of each."""

import json
import math
import string
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qsl, urlencode

import numpy as np
from hostile_settings import NAMES, any_settings, any_view

from core import EXAMPLES, Dataset, InvalidDataset, InvalidExperiment, train
from core.arrays import LARGEST_NUMBER
from ui.formats.csv import InvalidCsv, coded_values, read_csv, to_dataset
from ui.formats.kept import NamedSettings, decode, encode
from ui.formats.link import KNOWN, NOT_HERE, from_query, settings_query, to_query
from ui.formats.saved import InvalidExperimentFile, experiment_json, run_json, settings_from_json, table_csv
from ui.formats.script import python_script, script_to_fill_in
from ui.formats.spreadsheet import MOST_CELLS, cell_count, step_spreadsheet
from ui.kept_runs import MOST_KEPT
from ui.settings import MOST_TARGETS, PUBLISHED, SETTINGS, experiment_from, plain
from ui.tabs.tabs import LABELS
from ui.training import refusal
from ui.view import VIEW_SETTINGS, Place
from ui.worked.step import step_at

LONGEST_MESSAGE = 300
MOST_TRAINED = 20  # epochs
CELLS = ["", " ", "0", "-0", "1", "1.0", "0.5", "1,5", "1e50", "1.1e50", "-1e50", "1e-400", "1e400", "nan", "inf", "x"]
CELLS += [
    "9" * 400,
    "0." + "1" * 400,
    "5e-324",
    "1_0",
    "٣",
    "½",
    "0x1",
    "+1",
    " 1 ",
    "1\n",
    "\x00",
    "\ud800",
    "1e",
    "--1",
]
CELLS += [
    "true",
    "None",
    "=1",
    "'=1",
    "yes",
    "no",
    '"',
    '"a',
    "a,b",
    ";",
    "\t",
    "\u200b",
    "🚀",
    "1 000",
    "1.000,5",
    "-",
]
CELLS += ["12%", "$5", "\u22121", "1'234", "NA", "?", "2020-01-31", "#1", "[1]", "|", "%"]


def links(chance):
    """Draw an address and hold what the page makes of it to its promises."""
    query = any_query(chance)
    settings, view, problems = from_query(query, LABELS)
    for setting in SETTINGS:
        assert setting.kind.has(getattr(settings, setting.name))
    assert settings.names
    assert all(len(row) == len(settings.names) for row in settings.rows)
    for look in VIEW_SETTINGS:
        assert look.kind_in(settings).has(getattr(view, look.name))
    for problem in problems:
        assert_short(problem)
    _check_kept(settings, chance)
    again = dict(parse_qsl(urlencode(to_query(settings, view)), keep_blank_values=True))
    if not any(value.startswith(NOT_HERE) for value in again.values()):
        assert from_query(again, LABELS) == (plain(settings), view, [])
    _try(settings, chance)


def tables(chance):
    """Draw a table as it may be typed, and take it through every format."""
    names, rows = _table(chance)
    settings = replace(
        PUBLISHED[chance.choice(list(PUBLISHED))],
        names=names,
        rows=rows,
        targets=chance.randint(1, min(MOST_TARGETS, len(names))),
        biases=chance.choice(["none", "learned", "fixed"]),
        batch_size=chance.choice([None, 1, 2, 10_000]),
        standardise=chance.random() < 0.3,
        held_out=chance.choice([0.0, 0.0, 0.25, 0.9]),
        scale_targets=chance.random() < 0.2,
        hidden_units=chance.choice([0, 0, 1, 3, 32, (2, 1), (3, 1, 2)]),
        learning_rate=chance.choice([0.001, 1.0, 1000.0]),
        weights=chance.choice([None, None, (), (_cells(chance, len(names) - 1, 1),)]),
    )
    _try(settings, chance)


def uploads(chance):
    """Draw a file, of bytes or text, and read it as a table and as an experiment."""
    data = chance.choice([any_table_file, any_experiment_file, _noise])(chance)
    for read in (_read_table, _read_experiment):
        try:
            read(data, chance)
        except (InvalidCsv, InvalidDataset, InvalidExperimentFile) as error:
            assert_short(str(error))


def assert_short(message):
    """Hold a message to being one short line."""
    assert len(message) <= LONGEST_MESSAGE, message[:500]
    assert len(message.splitlines()) == 1, message
    message.encode()  # as the page sends it


def _try(settings, chance):
    """Make the experiment, or a message; train it a little; write all files and read them."""
    try:
        experiment = experiment_from(settings)
    except (InvalidDataset, InvalidExperiment) as error:
        assert_short(str(error))
        return
    experiment = replace(experiment, epochs=min(experiment.epochs, MOST_TRAINED))
    if refusal(experiment):
        return
    run = train(experiment)
    assert np.isfinite(run.cross_entropy).all()
    assert np.isfinite(run.squared_error).all()
    assert all(np.isfinite(layer).all() for layer in run.weights)
    assert ((run.after >= 0) & (run.after <= 1)).all()
    _check_files(run, settings.example)
    spelt = replace(settings, rows=_spelt(settings.rows, chance))
    assert settings_query(spelt) == settings_query(settings)


def _check_kept(settings, chance):
    """Hold the kept runs of an address to theirs: nearly right, each is read or explained; right, all are."""
    names = chance.sample(_sendable([NAMES])[0], chance.randint(0, 2))
    runs = [NamedSettings(name, any_settings(chance)) for name in names]
    text, left_out = encode([*runs, NamedSettings("this table", settings)], settings)
    for one, is_right in ((text, True), (_mutated(text, chance), False)):
        read, problems = decode(one, settings, MOST_KEPT)
        for problem in problems:
            assert_short(problem)
        assert len(read) == len(runs) + 1 - len(left_out) or not is_right


def _check_files(run, example):
    experiment = run.experiment
    dataset = experiment.dataset
    file = settings_from_json(experiment_json(experiment, example))
    assert experiment_from(file) == experiment
    json.loads(run_json(run, example))
    compile(python_script(experiment), "script", "exec")
    compile(script_to_fill_in(run), "script", "exec")
    if cell_count(experiment, 0) <= MOST_CELLS:
        step_spreadsheet(example, step_at(run, Place(0, 0, (0, 0))))
    table = read_csv(table_csv(dataset), has_header=True)
    assert table.names == (*dataset.input_names, *dataset.target_names)
    if all(coded_values(table, name, is_target=True) is None for name in dataset.target_names):
        scale = dataset.scale_targets
        assert to_dataset(table, dataset.target_names, dataset.input_names, scale_targets=scale) == dataset


def _spelt(rows, chance):
    """Return the rows with some numbers written otherwise."""
    return tuple(tuple(_other_spelling(cell) if chance.random() < 0.3 else cell for cell in row) for row in rows)


def _other_spelling(cell):
    try:
        number = float(cell)
    except ValueError:
        return cell
    return f" {number!r} " if math.isfinite(number) and abs(number) <= LARGEST_NUMBER else cell


def _read_table(data, chance):
    table = read_csv(data, has_header=chance.choice([None, True, False]))
    assert len(set(table.names)) == len(table.names)
    assert all(len(row) == len(table.names) for row in table.cells)
    *inputs, target = chance.sample(table.names, chance.randint(1, len(table.names)))
    dataset = to_dataset(table, [target], inputs)
    assert isinstance(dataset, Dataset)
    assert np.isfinite(dataset.inputs).all()


def _read_experiment(data, chance):
    settings = settings_from_json(data)
    _try(settings, chance)


def any_query(chance):
    """Draw the parameters of an address, most of them right."""
    published = PUBLISHED[chance.choice(list(PUBLISHED))]
    names, rows = _table(chance)
    weights = chance.choice([None, (), (_sendable(_cells(chance, 2, 1)),)])
    changed = replace(published, names=_sendable([names])[0], rows=_sendable(rows), weights=weights)
    settings = chance.choice([changed, published, any_settings(chance)])
    query = to_query(settings, any_view(settings, chance))
    for _ in range(chance.randint(0, 4)):
        name = chance.choice([*KNOWN, *KNOWN, *CELLS])
        query[name] = chance.choice(
            [_mutated(query.get(name, ""), chance), chance.choice(CELLS), _mutated(name, chance)]
        )
    return query


def _table(chance):
    columns = chance.choice([1, 2, 2, 3, 4, 32, 33])
    names = tuple(chance.choice([*NAMES, *(f"c{place}" for _ in range(20))]) for place in range(columns))
    rows = _cells(chance, chance.choice([0, 1, 2, 4, 9]), columns)
    if chance.random() < 0.6:  # most targets are right
        rows = tuple((*row[:-1], chance.choice(["0", "1", "0.5", "1.0", "-0"])) for row in rows)
    return names, rows


def _sendable(rows):
    """Return rows as a browser can send them: with no half a character."""
    return tuple(tuple(cell.encode("utf-8", "replace").decode() for cell in row) for row in rows)


def _cells(chance, rows, columns):
    """Draw text cells, in most tables numbers alone."""
    choices = (
        CELLS if chance.random() < 0.3 else ["0", "1", "-1", "0.5", "1e50", "-1e50", "1e-9", "-0", "1.0", "5e-324"]
    )
    return tuple(tuple(chance.choice(choices) for _ in range(columns)) for _ in range(rows))


def any_table_file(chance):
    """Draw a table as a file, of bytes or text."""
    names, rows = _table(chance)
    delimiter = chance.choice([",", ";", "\t", ", ", "|", " ", "  ", "│"])
    end = chance.choice(["\n", "\r\n", "\r", "\n\n"])
    text = end.join(delimiter.join(row) for row in [names, *rows])
    if chance.random() < 0.1:
        text = repr([list(row) for row in rows])
    if chance.random() < 0.3:
        text = chance.choice(["sep=;", "# made\n", "%a,b\n", "|-|-|\n", "np.array(", ",", "[", "[["]) + text
    if chance.random() < 0.4:
        text = _mutated(text, chance)
    return _encoded(text, chance)


def any_experiment_file(chance):
    """Draw an experiment as a file, of bytes or text."""
    document = json.loads(_published_file(chance.choice(list(EXAMPLES))))
    for _ in range(chance.randint(0, 3)):
        document[chance.choice([*document, "x"])] = _value(chance)
    text = json.dumps(document)
    return _encoded(_mutated(text, chance) if chance.random() < 0.3 else text, chance)


@cache
def _published_file(example):
    return experiment_json(EXAMPLES[example].experiment, example)


def _value(chance, depth=0):
    """Draw any value of JSON."""
    if depth < 3 and chance.random() < 0.5:
        return [_value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    if depth < 3 and chance.random() < 0.1:
        return {chance.choice(NAMES): _value(chance, depth + 1)}
    numbers = [0, 1, -1, 0.5, 10**400, -0.0, 1e50, 1e51, float("nan"), float("inf"), 2**32, 2**63]
    return chance.choice([None, True, False, *numbers, *numbers, *CELLS, *NAMES])


def _noise(chance):
    return chance.randbytes(chance.randint(0, 300))


def _encoded(text, chance):
    encoding = chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "utf-16-le", "text"])
    return text if encoding == "text" else text.encode(encoding, "replace")


def _mutated(text, chance):
    """Cut a text, double a part of it, or change some characters."""
    start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
    noise = "".join(chance.choice(string.printable + "é\u200b\ud800🚀") for _ in range(chance.randint(0, 5)))
    return chance.choice([text[:end], text[start:], text[:start] + noise + text[end:], text + text[start:end]])
