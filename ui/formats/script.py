"""The experiment as code to take home: a Python script and a Jupyter notebook that print the page's digits.

Both are made of the same sections. Their code does what the experiment does and nothing else, in the
arithmetic of `core.network`, so that every bit is the same. Either can be had with the backward pass left out.
"""

import json
from collections.abc import Iterable
from textwrap import fill
from typing import Final

from core import Experiment, Run
from core.sources import NIELSEN, TRASK
from ui.formats import fill_in
from ui.formats.code_literals import LINE_LENGTH
from ui.formats.code_sections import Section, sections
from ui.text import OBJECTIVE_NAMES, count_text

SOURCES: Final = f"After [{TRASK.title}]({TRASK.url}). The formulas are derived in [{NIELSEN.title}]({NIELSEN.url})."


def python_script(experiment: Experiment) -> str:
    """Return a script that needs NumPy only, trains as the page does and prints the page's digits."""
    return _script(_summary(experiment), sections(experiment, plotted=False))


def jupyter_notebook(experiment: Experiment) -> str:
    """Return the script as a notebook (nbformat 4.5, not yet run) that also plots the loss, with Matplotlib."""
    return _notebook(_summary(experiment), sections(experiment, plotted=True))


def script_to_fill_in(run: Run) -> str:
    """Return the script with the formulas of the backward pass left out, which checks what is filled in."""
    return _script(f"{_summary(run.experiment)} {fill_in.TASK}", fill_in.sections(run, plotted=False))


def notebook_to_fill_in(run: Run) -> str:
    """Return the notebook with the formulas of the backward pass left out, which checks what is filled in."""
    return _notebook(f"{_summary(run.experiment)} {fill_in.TASK}", fill_in.sections(run, plotted=True))


def _script(summary: str, parts: Iterable[Section]) -> str:
    texts = [
        fill(part.sentence, LINE_LENGTH, initial_indent="# ", subsequent_indent="# ") + "\n" + part.code
        for part in parts
    ]
    heading = fill(summary, LINE_LENGTH - len('"""'))
    return f'"""{heading}"""\n\n' + "\n\n\n".join(texts) + "\n"


def _notebook(summary: str, parts: Iterable[Section]) -> str:
    cells = [("markdown", f"# A basic neural network\n\n{summary}\n\n{SOURCES}")]
    for part in parts:
        cells += [("markdown", part.sentence), ("code", part.code)]
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": [_cell(number, kind, source) for number, (kind, source) in enumerate(cells, start=1)],
    }
    return json.dumps(notebook, indent=1) + "\n"


def _cell(number: int, kind: str, source: str) -> dict[str, object]:
    cell: dict[str, object] = {"cell_type": kind, "id": f"cell-{number}", "metadata": {}, "source": source}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell


def _summary(experiment: Experiment) -> str:
    *hidden, outputs = experiment.sizes[1:]
    inputs = count_text(experiment.sizes[0], "input")
    units = " + ".join(map("{:,}".format, hidden))
    parts = [f"{units} hidden unit{'' if hidden == [1] else 's'}"] if hidden else []
    parts += [count_text(outputs, "output")] if outputs > 1 else []
    network = f"A network of {', '.join([inputs, *parts[:-1]])} and {parts[-1]}" if parts else f"A neuron with {inputs}"
    rows, epochs = count_text(len(experiment.training_rows), "row"), count_text(experiment.epochs, "epoch")
    return f"{network}, trained on {rows} for {epochs}, to make the {OBJECTIVE_NAMES[experiment.objective]} small."
