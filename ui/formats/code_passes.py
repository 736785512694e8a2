"""The lines of code that lead forward and back through a network, in the arithmetic of `core.network`."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from core import Experiment
from core.objectives import OBJECTIVES


class Layer(NamedTuple):
    """What the code calls a layer's arrays."""

    given: str
    weights: str
    prefix: str  # of its errors, slopes, deltas and changes
    suffix: str

    def called(self, quantity: str) -> str:
        """Return what its errors, slopes, deltas or changes are called."""
        return f"{self.prefix}{quantity}{self.suffix}"


class Stage(NamedTuple):
    """A part of the backward pass: what it is for, and its numbers with their formulas, in order."""

    comment: str
    formulas: dict[str, str]


def layers(experiment: Experiment, batch: str = "") -> list[Layer]:
    """Name each layer's arrays, first layer first; the inputs are `X`, or with a prefix `batch_X`."""
    count = len(experiment.hidden_layers)
    suffixes = [""] if count == 1 else [f"_{number}" for number in range(1, count + 1)]
    given = [f"{batch}X", *(f"hidden{suffix}" for suffix in suffixes)]
    if experiment.has_biases:
        given = [f"with_ones({name})" for name in given]
    weights = [*(f"hidden_weights{suffix}" for suffix in suffixes), "output_weights" if suffixes else "weights"]
    prefixes = [*["hidden_"] * len(suffixes), ""]
    return list(map(Layer, given, weights, prefixes, [*suffixes, ""]))


def forward(experiment: Experiment, batch: str = "") -> Iterator[str]:
    """Yield the lines that lead from `X` to `output`, or from `batch_X` to `batch_output`."""
    *hidden, last = layers(experiment, batch)
    for layer in hidden:
        yield f"hidden{layer.suffix} = sigmoid({layer.given} @ {layer.weights})"
    yield f"logit = {last.given} @ {last.weights}"
    yield f"{batch}output = sigmoid(logit)"


def batch_prefix(experiment: Experiment) -> str:
    """Return what the names of the rows that an update learns from begin with, where these are not all rows."""
    return "batch_" if experiment.batch_size else ""


def stages(experiment: Experiment) -> list[Stage]:
    """Return the backward pass from the error to the deltas, last layer first; then the changes of the weights."""
    batch = batch_prefix(experiment)
    return [
        Stage("# Error: by how much should the output rise?", {"error": f"{batch}y - {batch}output"}),
        _output_delta(experiment, batch),
        *(_hidden_delta(experiment, *pair) for pair in reversed(list(pairwise(layers(experiment))))),
        _changes(experiment, batch),
    ]


def _output_delta(experiment: Experiment, batch: str) -> Stage:
    if OBJECTIVES[experiment.objective].delta_has_slope:
        return Stage(
            "# Delta: how far to move the logit? The error times the slope of the sigmoid.",
            {"slope": f"{batch}output * (1 - {batch}output)", "delta": "error * slope"},
        )
    return Stage("# Delta: how far to move the logit? For cross-entropy, by the error itself.", {"delta": "error"})


def _hidden_delta(experiment: Experiment, layer: Layer, after: Layer) -> Stage:
    rows = "[:-1]" if experiment.has_biases else ""  # a bias passes no error back
    error, slope, output = layer.called("error"), layer.called("slope"), f"hidden{layer.suffix}"
    return Stage(
        f"# Back through {after.weights}, each hidden unit gets its share of the error.",
        {
            error: f"{after.called('delta')} @ {after.weights}{rows}.T",
            slope: f"{output} * (1 - {output})",
            layer.called("delta"): f"{error} * {slope}",
        },
    )


def _changes(experiment: Experiment, batch: str) -> Stage:
    sums = {
        layer.called("change"): f"{layer.given}.T @ {layer.called('delta')}"
        for layer in reversed(layers(experiment, batch))
    }
    if experiment.learning_rate == 1:
        return Stage("# Update: change each weight by its input times the delta, summed over the rows.", sums)
    return Stage(
        "# Update: the learning rate times the sum, over the rows, of input times delta.",
        {change: f"learning_rate * ({sum_})" for change, sum_ in sums.items()},
    )


def backward(experiment: Experiment) -> Iterator[str]:
    """Yield the lines of the backward pass, to the new weights."""
    *to_deltas, changes = stages(experiment)
    for stage in to_deltas:
        yield stage.comment
        yield from _assigned(stage)
        yield ""
    yield changes.comment
    if experiment.biases == "fixed":
        yield from _assigned(changes)
        yield from learned(experiment)
    else:
        for layer in reversed(layers(experiment)):
            yield f"{layer.weights} += {changes.formulas[layer.called('change')]}"


def _assigned(stage: Stage) -> Iterator[str]:
    for name, formula in stage.formulas.items():
        yield f"{name} = {formula}"


def learned(experiment: Experiment) -> Iterator[str]:
    """Yield the lines that change the weights by changes that have their names."""
    for layer in reversed(layers(experiment)):
        if experiment.biases == "fixed":
            yield f"{layer.called('change')}[-1] = 0  # the biases stay"
        yield f"{layer.weights} += {layer.called('change')}"
