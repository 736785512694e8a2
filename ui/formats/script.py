"""The experiment as code to take home: a Python script and a Jupyter notebook that print the page's digits.

Both are made of the same sections. Their code does what the experiment does and nothing else, in the
arithmetic of `core.network`, so that every bit is the same.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import fill, indent
from typing import Final, NamedTuple

from core import Experiment
from core.arrays import Array
from core.objectives import OBJECTIVES
from core.scaling import Scaling
from core.sources import NIELSEN, TRASK
from ui.text import OBJECTIVE_NAMES, count_text

LINE_LENGTH: Final = 88  # as Python's formatters have it unless told otherwise
MOST_PRINTED: Final = 1_000  # numbers; of a larger array NumPy prints the ends only, unless told otherwise
_SURPLUS = re.compile(r"(?<!-0)\.0\b|\+")  # 1.0 is written 1, and 1e+20 1e20; but -0.0 would lose its sign


class _Section(NamedTuple):
    sentence: str  # a comment in the script, Markdown in the notebook
    code: str


class _Layer(NamedTuple):
    """What the code calls a layer's arrays."""

    given: str
    weights: str
    delta: str
    suffix: str  # of what only hidden layers have


def python_script(experiment: Experiment) -> str:
    """Return a script that needs NumPy only, trains as the page does and prints the page's digits."""
    sections = [
        fill(section.sentence, LINE_LENGTH, initial_indent="# ", subsequent_indent="# ") + "\n" + section.code
        for section in _sections(experiment, plotted=False)
    ]
    summary = fill(_summary(experiment), LINE_LENGTH - len('"""'))
    return f'"""{summary}"""\n\n' + "\n\n\n".join(sections) + "\n"


def jupyter_notebook(experiment: Experiment) -> str:
    """Return the script as a notebook (nbformat 4.5, not yet run) that also plots the loss, with Matplotlib."""
    cells = [("markdown", f"# A basic neural network\n\n{_summary(experiment)}\n\n{_SOURCES}")]
    for section in _sections(experiment, plotted=True):
        cells += [("markdown", section.sentence), ("code", section.code)]
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


def _sections(experiment: Experiment, *, plotted: bool) -> Iterator[_Section]:
    yield _imports(experiment, plotted=plotted)
    yield _Section("The sigmoid turns a logit, any number, into an output between 0 and 1.", _SIGMOID)
    if experiment.has_biases:
        kept = " No update changes it." if experiment.biases == "fixed" else ""
        yield _Section(f"A bias is the weight of one more input, always 1: the last row of the weights.{kept}", _BIAS)
    yield _data(experiment)
    if experiment.dataset.target_range is not None:
        yield _scaled_targets(*experiment.dataset.target_range)
    if experiment.scaling:
        yield _standardised(experiment.scaling)
    if experiment.held_out:
        yield _held_out(experiment)
    yield _starting_weights(experiment)
    yield _training(experiment, plotted=plotted)
    yield _results(experiment)
    if plotted:
        step = "update" if experiment.batch_size else "epoch"
        sentence = f"The loss says how far from the targets the outputs were before each {step}."
        yield _Section(sentence, _PLOT.format(step.capitalize()))


def _imports(experiment: Experiment, *, plotted: bool) -> _Section:
    largest = max(experiment.dataset.targets.size, experiment.weight_count)
    threshold = ", threshold=np.inf" if largest > MOST_PRINTED else ""
    code = f'import numpy as np\n\nnp.set_printoptions(formatter={{"float": "{{: .8f}}".format}}{threshold})'
    if plotted:
        code = f"import matplotlib.pyplot as plt\n{code}"
    return _Section("NumPy prints eight decimals, as the page does.", code)


def _data(experiment: Experiment) -> _Section:
    dataset = experiment.dataset
    plural = "s" if len(dataset.target_names) > 1 else ""
    column = f"y = np.array({_literal(dataset.given_targets.tolist())}, dtype=float).reshape(-1, 1)"
    code = [
        # repr escapes every character that could end the comment or not be written.
        f"# Inputs: {', '.join(map(repr, dataset.input_names))}",
        _matrix("X", dataset.inputs),
        f"# Target{plural}: {', '.join(map(repr, dataset.target_names))}",
        _matrix("y", dataset.given_targets) if plural else _as_written([column]),
    ]
    sentence = f"Each row of X is an example; the same row of y says what its output{plural} should be."
    return _Section(sentence, "\n".join(code))


def _scaled_targets(low: Array, high: Array) -> _Section:
    sentence = (
        "Scaled: the least target of a column becomes 0, the largest 1. Outputs are printed in the targets' units."
    )
    code = [
        _as_written([f"{name} = np.array({_literal(end.tolist())})"]) for name, end in (("low", low), ("high", high))
    ]
    return _Section(sentence, "\n".join([*code, _IN_UNITS]))


def _standardised(scaling: Scaling) -> _Section:
    code = [
        _as_written([f"{name} = np.array({_literal(numbers.tolist())})"])
        for name, numbers in (("means", scaling.means), ("deviations", scaling.deviations))
    ]
    sentence = "Standardised: each column less its mean, over its standard deviation. A constant one stays as it is."
    return _Section(sentence, "\n".join([*code, "X = (X - means) / deviations"]))


def _held_out(experiment: Experiment) -> _Section:
    draw = f"np.random.RandomState({experiment.seed}).permutation(len(X))[:{len(experiment.held_out_rows)}]"
    code = [
        f"held_out = np.sort({draw})",
        "held_out_X, held_out_y = X[held_out], y[held_out]",
        "X, y = np.delete(X, held_out, axis=0), np.delete(y, held_out, axis=0)",
    ]
    sentence = "Some rows, drawn by the seed, are held out: training never sees them."
    return _Section(sentence, "\n".join(code))


def _starting_weights(experiment: Experiment) -> _Section:
    names = [layer.weights for layer in _layers(experiment)]
    layers = list(zip(names, experiment.weights_before, strict=True))
    if experiment.starting_weights:
        return _Section("The starting weights are given.", "\n".join(_matrix(name, layer) for name, layer in layers))
    code = [f"np.random.seed({experiment.seed})"]
    code += [f"{name} = 2 * np.random.random({layer.shape}) - 1" for name, layer in layers]
    return _Section("The starting weights are random, from -1 to 1, but the same for the same seed.", "\n".join(code))


def _matrix(name: str, matrix: Array) -> str:
    """Assign a matrix, one row a line."""
    rows = [f"        {_literal(row)}," for row in matrix.tolist()]
    return _as_written([f"{name} = np.array(", "    [", *rows, "    ],", "    dtype=float,", ")"])


def _literal(numbers: float | list[float]) -> str:
    """Write a number, or a list of them, as short as reads back exactly."""
    return _SURPLUS.sub("", repr(numbers))


def _as_written(lines: Sequence[str]) -> str:
    """Join the lines of a statement, and keep formatters from giving every number of a long line its own."""
    return "\n".join(lines) + ("  # fmt: skip" if max(map(len, lines)) > LINE_LENGTH else "")


def _training(experiment: Experiment, *, plotted: bool) -> _Section:
    rate, batches = experiment.learning_rate, experiment.updates_per_epoch
    before = [f"learning_rate = {_literal(rate)}"] if rate != 1 else []
    loop = f"for epoch in range({experiment.epochs}):"
    sentence = "Each epoch predicts y in a forward pass and changes the weights in a backward one."
    if experiment.batch_size:
        before.append(f"batch_size = {experiment.batch_size}")
        loop = f"for update in range({experiment.epochs} * {batches}):"
        sentence = f"Each update learns from a batch of rows, in the table's order. {batches} updates make an epoch."
    if plotted:
        before.append("loss = []")
    steps = indent("\n".join(_steps(experiment, plotted=plotted)), "    ")
    return _Section(sentence, "\n".join([*before, loop, steps]))


def _steps(experiment: Experiment, *, plotted: bool) -> Iterator[str]:
    """Yield the lines of what an epoch does; with batches, of what an update does."""
    forward = "# Forward: a row's logit is the sum of its inputs, each times its weight."
    if experiment.hidden_units:
        forward = "# Forward: the inputs give the hidden units' outputs, and these the logit."
    step, batch = ("update", "batch_") if experiment.batch_size else ("epoch", "")
    yield "# All rows: what is their output before this update?" if batch else forward
    yield from _forward(experiment)
    yield f"if {step} == 0:"
    yield "    " + _printed(experiment, "Output before training", "output")
    yield ""
    if plotted:
        yield "# Loss: the mean of -y ln(output) - (1 - y) ln(1 - output), from the logit."
        yield "row_loss = y * np.logaddexp(0, -logit) + (1 - y) * np.logaddexp(0, logit)"
        if len(experiment.dataset.target_names) > 1:
            yield "row_loss = np.sum(row_loss, axis=1)  # over the outputs"
        yield "loss.append(np.mean(row_loss))"
        yield ""
    if batch:
        yield "# Batch: the next rows, and after the last ones the first again."
        yield f"first = update % {experiment.updates_per_epoch} * batch_size"
        yield "batch_X, batch_y = X[first : first + batch_size], y[first : first + batch_size]"
        yield ""
        yield forward
        yield from _forward(experiment, batch)
        yield ""
    yield "# Error: by how much should the output rise?"
    yield f"error = {batch}y - {batch}output"
    yield ""
    if OBJECTIVES[experiment.objective].delta_has_slope:
        yield "# Delta: how far to move the logit? An error counts as much as the sigmoid is steep."
        yield f"slope = {batch}output * (1 - {batch}output)"
        yield "delta = error * slope"
    else:
        yield "# Delta: how far to move the logit? For cross-entropy, by the error itself."
        yield "delta = error"
    yield ""
    yield from _backward(experiment, batch)


def _layers(experiment: Experiment, batch: str = "") -> list[_Layer]:
    """Name each layer's arrays, first layer first; the inputs are `X`, or with a prefix `batch_X`."""
    count = len(experiment.hidden_layers)
    suffixes = [""] if count == 1 else [f"_{number}" for number in range(1, count + 1)]
    given = [f"{batch}X", *(f"hidden{suffix}" for suffix in suffixes)]
    if experiment.has_biases:
        given = [f"with_ones({name})" for name in given]
    weights = [*(f"hidden_weights{suffix}" for suffix in suffixes), "output_weights" if suffixes else "weights"]
    deltas = [*(f"hidden_delta{suffix}" for suffix in suffixes), "delta"]
    return list(map(_Layer, given, weights, deltas, [*suffixes, ""]))


def _forward(experiment: Experiment, batch: str = "") -> Iterator[str]:
    """Yield the lines that lead from `X` to `output`, or from `batch_X` to `batch_output`."""
    *hidden, last = _layers(experiment, batch)
    for layer in hidden:
        yield f"hidden{layer.suffix} = sigmoid({layer.given} @ {layer.weights})"
    yield f"logit = {last.given} @ {last.weights}"
    yield f"{batch}output = sigmoid(logit)"


def _backward(experiment: Experiment, batch: str) -> Iterator[str]:
    """Yield the lines that lead from the output's delta to the hidden layers' and to all updates, last layer first."""
    layers = _layers(experiment, batch)
    rows = "[:-1]" if experiment.has_biases else ""  # a bias passes no error back
    for layer, after in reversed(list(pairwise(layers))):
        suffix = layer.suffix
        yield f"# Back through {after.weights}, each hidden unit gets its share of the error."
        yield f"hidden_error{suffix} = {after.delta} @ {after.weights}{rows}.T"
        yield f"hidden_slope{suffix} = hidden{suffix} * (1 - hidden{suffix})"
        yield f"{layer.delta} = hidden_error{suffix} * hidden_slope{suffix}"
        yield ""
    yield "# Update: change each weight by its input times the delta, summed over the rows."
    for layer in reversed(layers):
        change = f"{layer.given}.T @ {layer.delta}"
        if experiment.learning_rate != 1:
            change = f"learning_rate * ({change})"
        if experiment.biases == "fixed":
            yield f"change = {change}"
            yield "change[-1] = 0  # the biases stay"
            change = "change"
        yield f"{layer.weights} += {change}"


def _results(experiment: Experiment) -> _Section:
    arguments = ['"Weights after training:"', *(layer.weights for layer in _layers(experiment)), 'sep="\\n"']
    weights = f"print({', '.join(arguments)})"
    if len(weights) > LINE_LENGTH:
        weights = "\n".join(["print(", *(f"    {argument}," for argument in arguments), ")"])
    code = [
        _printed(experiment, "Output after training", "output"),
        *_forward(experiment),
        _printed(experiment, "Output with the final weights", "output"),
        weights,
    ]
    if experiment.held_out:
        code += [
            *_forward(experiment, "held_out_"),
            _printed(experiment, "Targets of the rows held out", "held_out_y"),
            _printed(experiment, "Output of the rows held out", "held_out_output"),
        ]
    when = "of all rows before the last update" if experiment.batch_size else "of the last epoch, before its update"
    return _Section(f"The output after training is that {when}.", "\n".join(code))


def _printed(experiment: Experiment, title: str, array: str) -> str:
    """Print an array under a title, in the targets' units."""
    numbers = f"in_units({array})" if experiment.scale_targets else array
    return f'print("{title}:", {numbers}, sep="\\n")'


_SOURCES = f"After [{TRASK.title}]({TRASK.url}). The formulas are derived in [{NIELSEN.title}]({NIELSEN.url})."

_SIGMOID = """\
def sigmoid(logit):
    with np.errstate(over="ignore"):  # where e^-logit is infinite, 0 is right
        return 1 / (1 + np.exp(-logit))"""

_IN_UNITS = """\
y = (y - low) / (high - low)


def in_units(output):
    return low + (high - low) * output"""

_BIAS = """\
def with_ones(inputs):
    return np.hstack([inputs, np.ones((len(inputs), 1))])"""

_PLOT = """\
plt.plot(loss)
plt.title("Cross entropy (binary) loss")
plt.xlabel("{}")
plt.ylabel("Loss")
plt.show()"""
