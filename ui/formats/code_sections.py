"""The sections of the code that does what an experiment does and nothing else, each with a sentence that says why."""

from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Final, NamedTuple

from core import Experiment
from core.arrays import Array
from core.scaling import Scaling
from ui.formats.code_literals import LINE_LENGTH, as_written, literal, matrix
from ui.formats.code_passes import backward, batch_prefix, forward, layers

MOST_PRINTED: Final = 1_000  # numbers; of a larger array NumPy prints the ends only, unless told otherwise

SIGMOID: Final = """\
def sigmoid(logit):
    with np.errstate(over="ignore"):  # where e^-logit is infinite, 0 is right
        return 1 / (1 + np.exp(-logit))"""

IN_UNITS: Final = """\
y = (y - low) / (high - low)


def in_units(output):
    return low + (high - low) * output"""

BIAS: Final = """\
def with_ones(inputs):
    return np.hstack([inputs, np.ones((len(inputs), 1))])"""

PLOT: Final = """\
plt.plot(loss)
plt.title("Cross entropy (binary) loss")
plt.xlabel("{}")
plt.ylabel("Loss")
plt.show()"""


class Section(NamedTuple):
    """A part of the code, and what it is for."""

    sentence: str  # a comment in the script, Markdown in the notebook
    code: str


def sections(experiment: Experiment, *, plotted: bool) -> Iterator[Section]:
    """Yield the sections of the whole code, which also plots the loss if so asked."""
    yield from given(experiment, plotted=plotted)
    yield training(experiment, backward(experiment), plotted=plotted)
    yield from results(experiment, plotted=plotted)


def given(experiment: Experiment, *, plotted: bool) -> Iterator[Section]:
    """Yield what comes before the training."""
    yield _imports(experiment, plotted=plotted)
    yield Section("The sigmoid turns a logit, any number, into an output between 0 and 1.", SIGMOID)
    if experiment.has_biases:
        kept = " No update changes it." if experiment.biases == "fixed" else ""
        yield Section(f"A bias is the weight of one more input, always 1: the last row of the weights.{kept}", BIAS)
    yield _data(experiment)
    if experiment.dataset.target_range is not None:
        yield _scaled_targets(*experiment.dataset.target_range, keeps_given=experiment.held_out > 0)
    if experiment.scaling:
        yield _standardised(experiment.scaling)
    if experiment.held_out:
        yield _held_out(experiment)
    yield _starting_weights(experiment)


def _imports(experiment: Experiment, *, plotted: bool) -> Section:
    largest = max(experiment.dataset.targets.size, experiment.weight_count)
    options = 'formatter={"float": lambda x: f"{round(float(x), 8) + 0: .8f}"}'
    if largest > MOST_PRINTED:
        options = f"\n    {options}, threshold=np.inf\n"
    code = f"import numpy as np\n\nnp.set_printoptions({options})"
    if plotted:
        code = f"import matplotlib.pyplot as plt\n{code}"
    return Section("NumPy prints eight decimals, and a 0 without a sign, as the page does.", code)


def _data(experiment: Experiment) -> Section:
    dataset = experiment.dataset
    plural = "s" if len(dataset.target_names) > 1 else ""
    column = f"y = np.array({literal(dataset.given_targets.tolist())}, dtype=float).reshape(-1, 1)"
    code = [
        # repr escapes every character that could end the comment or not be written.
        f"# Inputs: {', '.join(map(repr, dataset.input_names))}",
        matrix("X", dataset.inputs),
        f"# Target{plural}: {', '.join(map(repr, dataset.target_names))}",
        matrix("y", dataset.given_targets) if plural else as_written([column]),
    ]
    sentence = f"Each row of X is an example; the same row of y says what its output{plural} should be."
    return Section(sentence, "\n".join(code))


def _scaled_targets(low: Array, high: Array, *, keeps_given: bool) -> Section:
    sentence = (
        "Scaled: the least target of a column becomes 0, the largest 1. Outputs are printed in the targets' units."
    )
    code = [as_written([f"{name} = np.array({literal(end.tolist())})"]) for name, end in (("low", low), ("high", high))]
    code += ["given_y = y"] if keeps_given else []
    return Section(sentence, "\n".join([*code, IN_UNITS]))


def _standardised(scaling: Scaling) -> Section:
    code = [
        as_written([f"{name} = np.array({literal(numbers.tolist())})"])
        for name, numbers in (("means", scaling.means), ("deviations", scaling.deviations))
    ]
    sentence = "Standardised: each column less its mean, over its standard deviation. A constant one stays as it is."
    return Section(sentence, "\n".join([*code, "X = (X - means) / deviations"]))


def _held_out(experiment: Experiment) -> Section:
    draw = f"np.random.RandomState({experiment.seed}).permutation(len(X))[:{len(experiment.held_out_rows)}]"
    targets = "given_y" if experiment.scale_targets else "y"  # to be printed, and scaled ones lose digits
    code = [
        f"held_out = np.sort({draw})",
        f"held_out_X, held_out_y = X[held_out], {targets}[held_out]",
        "X, y = np.delete(X, held_out, axis=0), np.delete(y, held_out, axis=0)",
    ]
    sentence = "Some rows, drawn by the seed, are held out: training never sees them."
    return Section(sentence, "\n".join(code))


def _starting_weights(experiment: Experiment) -> Section:
    names = [layer.weights for layer in layers(experiment)]
    by_layer = list(zip(names, experiment.weights_before, strict=True))
    if experiment.starting_weights:
        return Section("The starting weights are given.", "\n".join(matrix(name, layer) for name, layer in by_layer))
    code = [f"np.random.seed({experiment.seed})"]
    code += [f"{name} = 2 * np.random.random({layer.shape}) - 1" for name, layer in by_layer]
    return Section("The starting weights are random, from -1 to 1, but the same for the same seed.", "\n".join(code))


def training(experiment: Experiment, backward_lines: Iterable[str], *, plotted: bool) -> Section:
    """Return the training, of which these lines are the backward pass."""
    rate, batches = experiment.learning_rate, experiment.updates_per_epoch
    before = [f"learning_rate = {literal(rate)}"] if rate != 1 else []
    loop = f"for epoch in range({experiment.epochs}):"
    sentence = "Each epoch predicts y in a forward pass and changes the weights in a backward one."
    if experiment.batch_size:
        before.append(f"batch_size = {experiment.batch_size}")
        loop = f"for update in range({experiment.epochs} * {batches}):"
        sentence = f"Each update learns from a batch of rows, in the table's order. {batches} updates make an epoch."
    if plotted:
        before.append("loss = []")
    steps = indent("\n".join([*_forward(experiment, plotted=plotted), *backward_lines]), "    ")
    return Section(sentence, "\n".join([*before, loop, steps]))


def is_first_update(experiment: Experiment) -> str:
    """Return the line that begins what only the first update does."""
    return f"if {'update' if experiment.batch_size else 'epoch'} == 0:"


def _forward(experiment: Experiment, *, plotted: bool) -> Iterator[str]:
    """Yield the lines of what an epoch does before its backward pass; with batches, of what an update does."""
    comment = "# Forward: a row's logit is the sum of its inputs, each times its weight."
    if experiment.hidden_units:
        comment = "# Forward: the inputs give the hidden units' outputs, and these the logit."
    batch = batch_prefix(experiment)
    yield "# All rows: what is their output before this update?" if batch else comment
    yield from forward(experiment)
    yield is_first_update(experiment)
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
        yield comment
        yield from forward(experiment, batch)
        yield ""


def results(experiment: Experiment, *, plotted: bool) -> Iterator[Section]:
    """Yield what comes after the training."""
    code = [
        _printed(experiment, "Output after training", "output"),
        *forward(experiment),
        _printed(experiment, "Output with the final weights", "output"),
        call("print", ['"Weights after training:"', *(layer.weights for layer in layers(experiment)), 'sep="\\n"']),
    ]
    if experiment.held_out:
        code += [
            *forward(experiment, "held_out_"),
            'print("Targets of the rows held out:", held_out_y, sep="\\n")',
            _printed(experiment, "Output of the rows held out", "held_out_output"),
        ]
    when = "of all rows before the last update" if experiment.batch_size else "of the last epoch, before its update"
    yield Section(f"The output after training is that {when}.", "\n".join(code))
    if plotted:
        step = "update" if experiment.batch_size else "epoch"
        sentence = f"The loss says how far from the targets the outputs were before each {step}."
        yield Section(sentence, PLOT.format(step.capitalize()))


def call(function: str, arguments: Iterable[str], *, margin: int = 0) -> str:
    """Write a call, `margin` characters from the left: on one line, or with a line for each argument."""
    line = f"{function}({', '.join(arguments)})"
    if margin + len(line) <= LINE_LENGTH:
        return line
    return "\n".join([f"{function}(", *(f"    {argument}," for argument in arguments), ")"])


def _printed(experiment: Experiment, title: str, array: str) -> str:
    """Print an array under a title, in the targets' units."""
    numbers = f"in_units({array})" if experiment.scale_targets else array
    return f'print("{title}:", {numbers}, sep="\\n")'
