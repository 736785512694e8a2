"""The run as files for other programs, in CSV and JSON, and the experiment as a file to open again.

All numbers are exact: read back as float64, each is the same to the last bit.
"""

import csv
import json
from dataclasses import replace
from types import NoneType
from typing import Any, Final

import numpy as np
import pandas as pd

from core import EXAMPLES, Dataset, Experiment, InvalidDataset, InvalidExperiment, Run
from core.arrays import Array, Weights
from core.messages import shown
from core.objectives import ObjectiveName
from ui.formats.csv import written_name
from ui.kinds import Choice, Layers, NumberOrWord, RealNumber, Switch, WholeNumber
from ui.names import first_free, numbered, output_columns
from ui.settings import MOST_COLUMNS, MOST_TARGETS, SETTINGS, Settings, settings_from, title_of
from ui.text import update_word

VERSION: Final = 1
HELD_OUT: Final = "held out"
DEFAULT_EXAMPLE: Final = "notebook"  # whose variant an experiment is if its file names no other
LARGEST_FILE: Final = 10_000_000  # bytes; an uploaded table of full length, of long numbers, takes 7 million

_KIND_NAMES: Final = {
    WholeNumber: "a whole number",
    NumberOrWord: "a whole number or null",
    Layers: "a whole number or a list",
    RealNumber: "a number",
    Choice: "text",
    Switch: "true or false",
}
# What an experiment's file holds beside its version, and what its lists are lists of.
_KINDS: Final = {
    "example": "text",
    "title": "text",
    **{setting.name: _KIND_NAMES[type(setting.kind)] for setting in SETTINGS},
    "starting_weights": "a list or null",
    "input_names": "a list",
    "target_name": "text or a list",
    "inputs": "a list",
    "targets": "a list",
}
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "a whole number": (int,),
    "a whole number or null": (int, NoneType),
    "a whole number or a list": (int, list),
    "a number": (int, float),
    "true or false": (bool,),
    "text": (str,),
    "text or a list": (str, list),
    "a list": (list,),
    "a list or null": (list, NoneType),
}
_LEVELS: Final = {"inputs": ("row", "column"), "starting_weights": ("layer", "row", "column")}
_DATASET: Final = ("inputs", "targets", "input_names", "target_name", "scale_targets")


class InvalidExperimentFile(ValueError):
    """A file that holds no experiment; the message names the part, its value and the remedy."""


def predictions_csv(run: Run) -> str:
    """Return the page's table of predictions: inputs, target, and the output before, in the last pass and final.

    Outputs are in the units of the targets. Where rows are held out, a last column says of each whether it is: 1, or 0.
    The columns' names are the reader's, as `ui.formats.csv` writes them: no spreadsheet runs one as a formula.
    """
    dataset = run.experiment.dataset
    outputs = map(dataset.in_units, (run.before, run.last_pass, run.after))
    columns = np.column_stack([dataset.inputs, dataset.given_targets, *outputs])
    names = [*_names(dataset), *output_columns(dataset.target_names)]
    table = pd.DataFrame(columns, columns=list(map(written_name, names)))
    if run.experiment.held_out:
        is_held_out = np.isin(np.arange(len(table)), run.experiment.held_out_rows).astype(int)
        table.insert(len(names), first_free(numbered(HELD_OUT), table.columns), is_held_out)
    return _csv(table)


def table_csv(dataset: Dataset) -> str:
    """Return the data table: inputs and target, as `ui.formats.csv.read_csv` reads them too."""
    columns = np.column_stack([dataset.inputs, dataset.given_targets])
    return _csv(pd.DataFrame(columns, columns=list(map(written_name, _names(dataset)))))


def _names(dataset: Dataset) -> tuple[str, ...]:
    return (*dataset.input_names, *dataset.target_names)


def loss_csv(run: Run) -> str:
    """Return cross_entropy and squared_error of the states 0 … updates, each after its number, about 50 bytes a state.

    The number is called epoch, or update where an epoch makes several. Those of rows held out stand beside them.
    """
    return _csv(pd.DataFrame(_losses(run)), index=update_word(run.experiment))


def _losses(run: Run) -> dict[str, Array]:
    """Return the losses by what they are called; those of the rows held out, if any are, last."""
    names: tuple[ObjectiveName, ...] = ("cross_entropy", "squared_error")
    losses: dict[str, Array] = {name: run.losses[name] for name in names}
    return losses | {f"held_out_{name}": run.held_out_losses[name] for name in names if run.held_out_losses}


def weights_json(run: Run) -> str:
    """Return starting and final weights: a list a layer, in it one a row of (inputs, units)."""
    return _json(_weights(run))


def run_json(run: Run, example: str, title: str = "") -> str:
    """Return the experiment, its losses in the states 0 … updates, weights and outputs.

    That is about 50 bytes a state, 50 MB for a million updates. Outputs are in the units of the targets.
    """
    return _json(
        {
            "experiment": _experiment(run.experiment, example, title),
            **{name: losses.tolist() for name, losses in _losses(run).items()},
            **_weights(run),
            "outputs": {
                name: run.experiment.dataset.in_units(outputs).tolist()
                for name, outputs in (("before", run.before), ("last_pass", run.last_pass), ("final", run.after))
            },
        }
    )


def experiment_json(experiment: Experiment, example: str, title: str = "") -> str:
    """Return an experiment, a variant of an example or on a table with a title, as `experiment_from_json` reads it."""
    return _json(_experiment(experiment, example, title))


def experiment_from_json(text: str | bytes) -> tuple[Experiment, str]:
    """Read what `experiment_json` wrote, to the last bit; settings left out have their default.

    Raises `InvalidExperimentFile`, whatever the text.
    """
    return _opened(text)[:2]


def _opened(text: str | bytes) -> tuple[Experiment, str, str]:
    """Return a file's experiment, its example and its table's title."""
    if len(text) > LARGEST_FILE:
        raise InvalidExperimentFile(
            f"The file has {len(text):,} bytes; the limit is {LARGEST_FILE:,}. Use a table with fewer rows."
        )
    try:
        parts = _checked(_parsed(text))
        example, title = parts.pop("example", DEFAULT_EXAMPLE), title_of(parts.pop("title", ""))
        dataset = Dataset(**{name: parts.pop(name) for name in _DATASET if name in parts})
        return Experiment(dataset, **parts), example, title
    except (InvalidDataset, InvalidExperiment) as error:
        raise InvalidExperimentFile(str(error)) from error
    except RecursionError as error:
        raise InvalidExperimentFile(
            "The file holds lists that are nested too deeply to be read. Choose one saved by this page."
        ) from error


def settings_from_json(text: str | bytes) -> Settings:
    """Read what `experiment_json` wrote as the page's controls. Raises `InvalidExperimentFile`."""
    experiment, example, title = _opened(text)
    for setting in SETTINGS:
        value = getattr(experiment, setting.name)
        if not setting.kind.has(value):
            raise InvalidExperimentFile(
                f"“{setting.name}” is {shown(value)}; this page takes {setting.kind.range}. Write that into the file."
            )
    targets = len(experiment.dataset.target_names)
    columns = experiment.dataset.inputs.shape[1] + targets
    for number, most, what in ((columns, MOST_COLUMNS, "columns"), (targets, MOST_TARGETS, "targets")):
        if number > most:
            raise InvalidExperimentFile(
                f"The file's table has {number:,} {what}; this page has at most {most}. Leave some out."
            )
    return replace(settings_from(experiment, example), title=title)


def _csv(table: pd.DataFrame, index: str | None = None) -> str:
    """Write a table with quoted names, so that none can break a line, and the shortest exact numbers."""
    text: str = table.to_csv(
        index=index is not None, index_label=index, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n"
    )
    return text


def _json(parts: dict[str, Any]) -> str:
    """Write an object with one line a part."""
    return "{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(part)}" for name, part in parts.items()) + "\n}\n"


def _lists(layers: Weights) -> list[list[list[float]]]:
    return [layer.tolist() for layer in layers]


def _weights(run: Run) -> dict[str, Any]:
    return {"starting_weights": _lists(run.weights_after(0)), "final_weights": _lists(run.weights)}


def _experiment(experiment: Experiment, example: str, title: str) -> dict[str, Any]:
    dataset, weights = experiment.dataset, experiment.starting_weights
    return {
        "version": VERSION,
        "example": example,
        **({"title": title} if title else {}),
        **{setting.name: getattr(experiment, setting.name) for setting in SETTINGS},
        "starting_weights": _lists(weights) if weights else None,
        "input_names": dataset.input_names,
        "target_name": dataset.target_name,
        "inputs": dataset.inputs.tolist(),
        "targets": dataset.given_targets.tolist(),
    }


def _parsed(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InvalidExperimentFile(
            f"The file is not JSON: line {error.lineno}, column {error.colno}: {error.msg}. "
            "Choose one saved by this page."
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidExperimentFile("The file is not text. Choose one saved by this page.") from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise InvalidExperimentFile("The file holds a number that is too long. Write it shorter.") from error


def _checked(document: object) -> dict[str, Any]:
    """Return the parts of an experiment's file, each of its type."""
    if not isinstance(document, dict):
        raise InvalidExperimentFile(
            f"The file holds {shown(document, json.dumps)} instead of an experiment. Choose one saved by this page."
        )
    parts = dict(document)
    version = parts.pop("version", None)
    if type(version) is not int or version != VERSION:
        raise InvalidExperimentFile(
            f"“version” is {shown(version, json.dumps)}; this page reads version {VERSION}. "
            "Save the experiment again from this page."
        )
    for name, value in parts.items():
        _check_type(name, value)
    if parts.get("example", DEFAULT_EXAMPLE) not in EXAMPLES:
        raise InvalidExperimentFile(
            f"“example” is {shown(parts['example'], json.dumps)}, which is no example of this page. Take it out."
        )
    for name in ("inputs", "targets"):
        if name not in parts:
            raise InvalidExperimentFile(f"“{name}” is missing. Add it.")
    for name, levels in _LEVELS.items():
        if parts.get(name) is not None:
            _check_numbers(f"“{name}”", parts[name], levels)
    is_several = any(isinstance(target, list) for target in parts["targets"])
    _check_numbers("“targets”", parts["targets"], ("row", "column") if is_several else ("row",))
    return parts


def _check_type(name: str, value: object) -> None:
    if name not in _KINDS:
        raise InvalidExperimentFile(f"{shown(name, json.dumps)} is not known. Take it out, or correct its name.")
    if type(value) not in _TYPES[_KINDS[name]]:
        raise InvalidExperimentFile(f"“{name}” is {shown(value, json.dumps)}; it must be {_KINDS[name]}.")


def _check_numbers(place: str, value: object, levels: tuple[str, ...]) -> None:
    """Refuse what `Dataset` and `Experiment` would try to read as a number."""
    if not levels:
        if type(value) not in _TYPES["a number"]:
            raise InvalidExperimentFile(f"{place}: {shown(value, json.dumps)} is not a number. Write one.")
        return
    if not isinstance(value, list):
        raise InvalidExperimentFile(f"{place}: {shown(value, json.dumps)} is not a list. Write a list of numbers.")
    for number, item in enumerate(value, start=1):
        _check_numbers(f"{place}, {levels[0]} {number}", item, levels[1:])
