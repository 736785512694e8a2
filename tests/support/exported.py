"""Experiments of every kind as files to take home, and what comes of running and reading them."""

import contextlib
import io
import json
import math
import re
import runpy
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np

from core import NOTEBOOK, Dataset, Experiment, train
from ui.formats.opendocument import reference
from ui.formats.script import python_script
from ui.table import EXACT

PLACE = re.compile(r'^( +)(\w+) = your_turn\("\w+"\)$', re.MULTILINE)
VOID = {"meta", "line", "circle", "br"}

NASTY_NAMES = ("%cd /", 'x?\n!echo "', "'''\"\"\"\r\x0c\u2028# coding: utf-7")

XOR = Dataset(NOTEBOOK.dataset.inputs, [0, 1, 1, 0])
HIDDEN = Experiment(
    Dataset(XOR.inputs, XOR.targets, NASTY_NAMES, "\nraise SystemExit"),
    seed=7,
    epochs=300,
    learning_rate=0.5,
    objective="cross_entropy",
    hidden_units=4,
)
NIELSEN = Experiment(
    Dataset([[1, 1]], [0]), epochs=300, learning_rate=0.15, starting_weights=[[[2], [2]]], objective="cross_entropy"
)
TYPED_HIDDEN = replace(HIDDEN, starting_weights=[layer / 3 for layer in HIDDEN.weights_before])
SATURATED = Experiment(Dataset([[1e50, -1e50], [-3e5, 0.1], [1, 2]], [1, 0, 0.3]), epochs=5, hidden_units=2)
DEEP = replace(HIDDEN, hidden_units=(4, 3), biases="learned")
# M. Mazur, "A Step by Step Backpropagation Example" (2015): its biases stay.
MAZUR = Experiment(
    Dataset([[0.05, 0.1]], [[0.01, 0.99]]),
    epochs=1,
    learning_rate=0.5,
    hidden_units=2,
    starting_weights=([[0.15, 0.25], [0.2, 0.3], [0.35, 0.35]], [[0.4, 0.5], [0.45, 0.55], [0.6, 0.6]]),
    biases="fixed",
)
ROW_BY_ROW = replace(NOTEBOOK, batch_size=1)
IN_BATCHES = Experiment(
    Dataset(XOR.inputs, [[0, 0.5], [1, 0.25], [1, 1], [0, 0]]), epochs=40, hidden_units=(3, 2, 2), batch_size=3
)
STANDARDISED = Experiment(
    Dataset([[20_500, 0.1, 1], [31_000, 0.7, 1], [18_250, 1 / 3, 1]], [0.2, 1, 0]), standardise=True
)
HELD_OUT = replace(IN_BATCHES, held_out=0.25, standardise=True, seed=5)
AMOUNTS = Experiment(
    Dataset([[60, 1], [85, 2], [110, 4]], [[199.5, -3], [305, 2], [412.25, 2]], scale_targets=True),
    epochs=50,
    standardise=True,
    held_out=0.3,
)
EXPERIMENTS = [
    *(NOTEBOOK, HIDDEN, NIELSEN, TYPED_HIDDEN, SATURATED, DEEP),
    *(MAZUR, ROW_BY_ROW, IN_BATCHES, STANDARDISED, HELD_OUT, AMOUNTS),
]


def run_here(code, folder):
    """Run a script; return what it prints and its variables."""
    path = folder / "script.py"
    path.write_text(code, encoding="utf-8")
    with np.printoptions(), contextlib.redirect_stdout(io.StringIO()) as printed:
        variables = runpy.run_path(str(path))
    return printed.getvalue(), variables


def run_alone(code, folder):
    """Run a script in a Python of its own, where every warning is an error."""
    path = folder / "script.py"
    path.write_text(code, encoding="utf-8")
    command = [sys.executable, "-I", "-W", "error", path]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def code_of(notebook):
    """Return the code of all cells."""
    cells = json.loads(notebook)["cells"]
    return "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")


def digits(printed):
    """Return the numbers under each heading, as they are written."""
    _, *parts = re.split(r"^(.+):$", printed, flags=re.MULTILINE)
    return {
        heading: re.findall(r"[^\s\[\]]+", numbers) for heading, numbers in zip(parts[::2], parts[1::2], strict=True)
    }


def digits_of_the_page(experiment):
    """Return what the page shows for an experiment, under the script's headings."""
    run, learned_from, held_out = train(experiment), experiment.training_rows, experiment.held_out_rows
    before, last_pass, after = map(experiment.dataset.in_units, (run.before, run.last_pass, run.after))
    shown = {
        "Output before training": before[learned_from],
        "Output after training": last_pass[learned_from],
        "Output with the final weights": after[learned_from],
        "Weights after training": np.concatenate([layer.ravel() for layer in run.weights]),
    }
    if experiment.held_out:
        shown["Targets of the rows held out"] = experiment.dataset.given_targets[held_out]
        shown["Output of the rows held out"] = after[held_out]
    return {heading: [EXACT(number) for number in numbers.ravel()] for heading, numbers in shown.items()}


def formulas(experiment):
    """Return what the whole script works out in the places that are left out, by name."""
    of = dict(re.findall(r"^ +(\w*(?:error|slope|delta|change)\w*) = (.*)$", python_script(experiment), re.MULTILINE))
    for weights, change in re.findall(r"^ +(\w*weights\w*) \+= (.*)$", python_script(experiment), re.MULTILINE):
        name = "change" if weights in {"weights", "output_weights"} else weights.replace("weights", "change")
        of.setdefault(name, change)
    return of


def filled_in(code, answers):
    """Put formulas in the places of their names."""
    return PLACE.sub(
        lambda place: f"{place[1]}{place[2]} = {answers[place[2]]}" if place[2] in answers else place[0], code
    )


class SheetReader:
    """What a spreadsheet program would make of the formulas, in a few lines."""

    def __init__(self, cells):
        self.cells = {reference(*place).strip("[.]"): cell for place, cell in cells.items()}
        self.known = {}

    def value(self, place):
        if place not in self.known:
            cell = self.cells[place]
            self.known[place] = self.result(cell.formula) if cell.formula else cell.value
        return self.known[place]

    def column(self, first, last):
        (one, top), (other, bottom) = (re.fullmatch(r"([A-Z]+)(\d+)", place).groups() for place in (first, last))
        places = [place for place in self.cells if is_between(place, one, other, int(top), int(bottom))]
        return np.array([self.value(place) for place in sorted(places, key=lambda place: (len(place), place))])

    def result(self, formula):
        python = formula.replace("$", "").replace(";", ",").replace("^", "**")
        python = re.sub(r"\[\.([A-Z]+\d+):\.([A-Z]+\d+)\]", r"column('\1', '\2')", python)
        python = re.sub(r"\[\.([A-Z]+\d+)\]", r"value('\1')", python)
        functions = {"EXP": math.exp, "LN": math.log, "ABS": abs, "MIN": min, "MAX": max}
        functions |= {"SUM": math.fsum, "SUMPRODUCT": np.dot, "value": self.value, "column": self.column}
        return float(eval(python, {"__builtins__": {}}, functions))  # noqa: S307 - formulas that we wrote


def is_between(place, one, other, top, bottom):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
    order = [(len(name), name) for name in (one, letters, other)]
    return order == sorted(order) and top <= int(row) <= bottom


class PageReader(HTMLParser):
    """What a browser would see: texts by section, links, and tags that do not close."""

    def __init__(self, text):
        super().__init__()
        self.open: list[str] = []
        self.sections: list[str] = []
        self.links: list[str] = []
        self.blanks: list[int] = []  # in each section
        self.tags: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "section":
            self.sections.append("")
            self.blanks.append(0)
        if ("class", "blank") in attributes:
            self.blanks[-1] += 1
        self.links += [value for name, value in attributes if name in {"href", "src", "data"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.sections:
            self.sections[-1] = " ".join([*self.sections[-1].split(), *data.split()])
