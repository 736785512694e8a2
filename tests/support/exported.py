"""Experiments of every kind as code to take home, and what comes of running it."""

import contextlib
import io
import json
import runpy
import subprocess
import sys
from dataclasses import replace

import numpy as np

from core import NOTEBOOK, Dataset, Experiment

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
