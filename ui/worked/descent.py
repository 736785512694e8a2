"""The way down in numbers and words: the heights on it, the next step, and how steep both objectives are."""

from math import hypot
from typing import Final

import numpy as np

from core import Run, forward
from core.landscape import Landscape
from core.objectives import OBJECTIVES, ObjectiveName
from core.sources import NIELSEN
from ui.names import connection_names
from ui.table import Table
from ui.text import OBJECTIVE_NAMES, count_text, digits_text, escape, exact_text, number_text

CHOSEN: Final = 2  # weights at most
SAME: Final = 1e-9  # of a height: less is rounding
LARGEST_SLOPE: Final = 0.25  # of the sigmoid


def introduction(run: Run) -> str:
    """Say what the picture shows."""
    weights = run.experiment.weight_count
    points = "a value of the only weight" if weights == 1 else "a choice of two weights"
    others = ", while the others stay as they are in the state above" if weights > CHOSEN else ""
    formula = " ½(y − a)²" if run.experiment.objective == "squared_error" else ""
    return (
        f"Training goes downhill. The ground is the **{OBJECTIVE_NAMES[run.experiment.objective]}**{formula}, the mean "
        f"over {_rows_of_ground(run)}, and each of its points is {points}{others}. The line is the way that the run "
        "went: a click on it chooses a state."
    )


def chosen_names(ground: Landscape) -> list[str]:
    """Return what the chosen weights are called."""
    names = connection_names(ground.run.experiment)
    return [names[place] for place in ground.places]


def heights_table(ground: Landscape, objective: ObjectiveName) -> Table:
    """Return the objective at the start, in the state looked at and at the end: in the run, and in the picture."""
    last, in_run, under = ground.run.experiment.updates, ground.run.losses[objective], ground.under_path[objective]
    in_picture = {0: float(under[0]), last: float(under[-1])} | {ground.k: float(in_run[ground.k])}
    marks = {"start": 0, "ring": ground.k, "end": last}
    rows = [
        [
            f"{', '.join(mark for mark, state in marks.items() if state == k)}: state {k:,}",
            exact_text(float(in_run[k])),
            exact_text(in_picture[k]),
        ]
        for k in sorted(in_picture)
    ]
    return Table(["at", "in the run", "in the picture"], rows)


def heights_in_words(ground: Landscape, objective: ObjectiveName) -> str:
    """Say by how much the path's heights differ between the run and the picture, and why."""
    in_run, under = ground.run.losses[objective][ground.states], ground.under_path[objective]
    gaps = np.abs(in_run - under)
    if gaps.max() <= SAME * max(in_run.max(), under.max()):
        return "No other weight moved: the path lies on the ground as the run went over it."
    most = int(np.argmax(gaps))
    return (
        f"The two differ because in the run the other weights moved, too, and in the picture they stay as in state "
        f"{ground.k:,}. Along the line they differ most in state {ground.states[most]:,}: there the run had "
        f"{exact_text(float(in_run[most]))}, and the picture has {exact_text(float(under[most]))}."
    )


def step_in_words(ground: Landscape, objective: ObjectiveName, factor: float) -> str:
    """Say what the next step, drawn `factor` times as long, does to the chosen weights, and which rows it is for."""
    experiment, names = ground.run.experiment, list(map(escape, chosen_names(ground)))
    step = ground.step(objective).tolist()
    changes = " and ".join(f"{name} by {exact_text(change)}" for name, change in zip(names, step, strict=True))
    scaled = f" It is drawn {factor:,g} times as long as it is." if factor else " It is too short to be drawn."
    drawn = "" if factor == 1 else scaled
    ending = " The run ends here; one more update would make this step." if ground.k == experiment.updates else ""
    return f"The next step, the :violet[arrow], changes {changes}.{drawn}{ending}{_rows_of_step(ground)}"


def _rows_of_step(ground: Landscape) -> str:
    experiment = ground.run.experiment
    if experiment.updates_per_epoch == 1:
        return ""
    rows = experiment.training_rows[experiment.batch(ground.k)]
    which = f"row {rows[0] + 1:,}" if len(rows) == 1 else f"rows {rows[0] + 1:,} to {rows[-1] + 1:,}"
    if len(rows) < rows[-1] - rows[0] + 1:
        which += ", without those held out,"
    ground_of = _rows_of_ground(ground.run)
    return f" It learns from {which} alone, while the ground is that of {ground_of}: so it may go up as well as down."


def _rows_of_ground(run: Run) -> str:
    return "all rows but those held out" if run.experiment.held_out else "all rows"


def steepness_in_words(ground: Landscape) -> str:
    """Say how steep both objectives are for a single neuron in the state looked at, and what makes the difference."""
    slopes = {name: hypot(*ground.gradient(name)) for name in OBJECTIVES}
    squared, entropy = (slopes[name] for name in ("squared_error", "cross_entropy"))
    times = f", {digits_text(entropy / squared, 3)} times as much" if entropy > squared > 0 else ""
    run = ground.run
    outputs = forward(run.experiment.inputs, run.weights_after(ground.k))[-1].activation
    steepest = float((outputs * (1 - outputs)).max())
    return (
        "The arrows show which way each one's next step goes, and not how far: they are drawn so that both are seen. "
        f"At the ring, state {ground.k:,}, the squared error falls by {exact_text(squared)} for each 1 of the way "
        f"straight down, the cross-entropy by {exact_text(entropy)}{times}. In the squared error each row's "
        f"error is multiplied by the slope of the sigmoid where the row is: at most {LARGEST_SLOPE}, and here at most "
        f"{exact_text(steepest)}. Where that is near 0 the ground is a flat plain, however wrong the row. In the "
        f"cross-entropy the slope cancels out: the ground stays steep until the row is right ([Nielsen, chapter 3]"
        f"({NIELSEN.url}))."
    )


def picture_in_words(ground: Landscape, objective: ObjectiveName, *, has_path: bool) -> str:
    """Say what is seen in the picture, for those who do not see it."""
    names, name = chosen_names(ground), OBJECTIVE_NAMES[objective]
    heights, under = ground.heights[objective], ground.under_path[objective]
    lowest = np.unravel_index(int(np.argmin(heights)), heights.shape)
    over = " and ".join(
        f"{of} from {digits_text(float(axis[0]), 3)} to {digits_text(float(axis[-1]), 3)}"
        for of, axis in zip(names, ground.axes, strict=True)
    )

    def at(values: list[float]) -> str:
        return ", ".join(f"{of} {digits_text(value, 3)}" for of, value in zip(names, values, strict=True))

    start, end = (
        f"{at(ground.path[state].tolist())}, where the {name} is {digits_text(float(under[state]), 3)}"
        for state in (0, -1)
    )
    path = f" The path starts at {start}, and ends at {end}." if has_path else ""
    low = [float(axis[place]) for axis, place in zip(ground.axes, lowest, strict=True)]
    step = ground.step(objective).tolist()
    ways = ", ".join(f"{of} {'up' if change > 0 else 'down'}" for of, change in zip(names, step, strict=True) if change)
    return (
        f"The {name} over {over}: from {digits_text(float(heights.min()), 3)} at {at(low)} to "
        f"{digits_text(float(heights.max()), 3)}.{path} State {ground.k:,} is at {at(ground.here.tolist())}, with "
        f"{digits_text(float(ground.run.losses[objective][ground.k]), 3)}; its next step goes {ways or 'nowhere'}."
    )


def refusal(seconds: float, limit: float, rows: int) -> str:
    """Say why there is no picture, with the figure and the limit."""
    return (
        f"A picture of the ground would take about {seconds:,.1f} seconds each time, since {count_text(rows, 'row')} "
        f"would go through the network for each of its points; the limit is {number_text(limit)} seconds. Use "
        "fewer rows or hidden units."
    )
