"""The code of an experiment with the formulas of its backward pass left to the reader, and checks of what they give."""

from collections.abc import Iterable, Iterator
from typing import Final

from core import Run, backward, forward
from core.arrays import Array
from ui.formats import code_sections
from ui.formats.code_literals import as_written, literal
from ui.formats.code_passes import layers as layers_of
from ui.formats.code_passes import learned, stages
from ui.formats.code_sections import Section, call, is_first_update

MOST_ROWS: Final = 4  # of the first update whose errors, slopes and deltas are checked; its changes are of all rows
FIRST_DIGITS, FINAL_DIGITS = 6, 3  # that must be right, of the first update and of the final weights

TASK: Final = (
    "The backward pass is left to you: from the first to the last, replace each your_turn(…) by a formula, and run all "
    "the code again. Your numbers of the first update are checked at once, the final weights at the end."
)

CHECK: Final = """\
def your_turn(name):
    what = f'Replace your_turn("{name}") by its formula.'
    raise SystemExit(f"Still to do: {name}. {what}")


def check(least_digits, **numbers):
    for name, mine in numbers.items():
        wanted = right[name]
        mine = np.atleast_2d(mine)[: len(wanted)]
        off = np.max(np.abs(mine - wanted)) if mine.shape == wanted.shape else np.inf
        size = np.max(np.abs(wanted))
        rounding = 1e-15
        if not off <= size * 10.0**-least_digits + rounding:
            np.set_printoptions(formatter={"float": "{: .8g}".format})
            wrong = f"{name} is not right yet:\\n{mine}"
            raise SystemExit(f"{wrong}\\nIt should be:\\n{wanted}")
        digits = int(-np.log10(max(off / size, 1e-16))) if size else 16
        how_far = f"to {digits} digits"
        if digits < least_digits:
            how_far = "but for rounding"
        print(f"{name} is right {how_far}.")"""

FOR_JUPYTER: Final = f"""\
class Stop(Exception):
    def _render_traceback_(self):  # what Jupyter shows of it
        return [str(self)]


{CHECK.replace("SystemExit", "Stop")}"""


def sections(run: Run, *, plotted: bool) -> Iterator[Section]:
    """Yield the sections of the code to be filled in, which also plots the loss if so asked."""
    yield from code_sections.given(run.experiment, plotted=plotted)
    yield _checks(run, FOR_JUPYTER if plotted else CHECK)
    yield code_sections.training(run.experiment, _lines(run), plotted=plotted)
    yield from code_sections.results(run.experiment, plotted=plotted)
    sentence = (
        f"Are these the weights that the page ends with? To {FINAL_DIGITS} digits: over many updates, sums that are "
        "added up in another order can change the others."
    )
    yield Section(sentence, _checked(FINAL_DIGITS, _final_weights(run)))


def _checks(run: Run, functions: str) -> Section:
    rows = min(MOST_ROWS, len(_first_batch(run)))
    code = ["right = {}"]
    for name, numbers in (_first_update(run) | _final_weights(run)).items():
        code.append(as_written([f'right["{name}"] = np.array({literal(numbers.tolist())})']))
    whose = "its rows" if rows == len(_first_batch(run)) else f"its first {rows} rows"
    sentence = f"What is right: the numbers of the first update, of {whose}, its changes, and the final weights."
    return Section(sentence, "\n".join([*code, "", "", functions]))


def _first_batch(run: Run) -> Array:
    """Return the inputs (rows, features) that the first update learns from."""
    return run.experiment.inputs[run.experiment.batch(0)]


def _first_update(run: Run) -> dict[str, Array]:
    """Return what is left to the reader, by name, in the first update: (rows, units), or changes (inputs, units)."""
    experiment = run.experiment
    ahead, targets = forward(_first_batch(run), experiment.weights_before), experiment.target_columns
    steps = backward(ahead, targets[experiment.batch(0)], experiment.objective, experiment.learning_rate)
    numbers = {}
    for layer, step in zip(layers_of(experiment), steps, strict=True):
        for quantity in ("error", "slope", "delta"):
            numbers[layer.called(quantity)] = getattr(step, quantity)[:MOST_ROWS]
        numbers[layer.called("change")] = step.update
    return {name: numbers[name] for stage in stages(experiment) for name in stage.formulas}


def _final_weights(run: Run) -> dict[str, Array]:
    return {layer.weights: numbers for layer, numbers in zip(layers_of(run.experiment), run.weights, strict=True)}


def _lines(run: Run) -> Iterator[str]:
    """Yield the lines of the backward pass: a place for each number, checks of the first update, the new weights."""
    for stage in stages(run.experiment):
        yield stage.comment
        for name in stage.formulas:
            yield f'{name} = your_turn("{name}")'
        yield is_first_update(run.experiment)
        yield from (f"    {line}" for line in _checked(FIRST_DIGITS, stage.formulas, margin=8).splitlines())
        yield ""
    yield from learned(run.experiment)


def _checked(digits: int, names: Iterable[str], margin: int = 0) -> str:
    return call("check", [f"{digits}", *(f"{name}={name}" for name in names)], margin=margin)
