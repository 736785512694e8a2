"""What is seen on a curve or a map of what a network computes, in words: for captions, and for those who do not see."""

from collections.abc import Callable, Sequence

import numpy as np

from core import Dataset
from core.arrays import Array
from core.messages import shown as quoted
from ui.figures.computed import Computed, Subject, crossings, largest_along
from ui.figures.neurons import pictured
from ui.figures.units import half, written
from ui.names import neuron_names
from ui.text import list_text, place_text
from ui.view import Neuron

EVERYWHERE, NOWHERE, OF_IT = "everywhere", "nowhere", " of the picture"
MOST_TOLD = 4  # places where a curve is ½, or another output becomes the largest


def names_in(dataset: Dataset, written: Callable[[str], str]) -> tuple[list[str], list[str]]:
    """Return what inputs and targets are called in a sentence, as it is to be `written`; none has no name."""
    names = tuple(
        [written(quoted(name, str)) or f"{kind} {place}" for place, name in enumerate(columns, start=1)]
        for kind, columns in (("input", dataset.input_names), ("target", dataset.target_names))
    )
    return names[0], names[1]


def seen(computed: Computed, subject: Subject, targets: Sequence[str]) -> str:
    """Say how a neuron's output goes along an input, or where on a map it is above ½; or which output is the largest.

    `targets` are the names of the outputs' targets.
    """
    is_map = len(computed.over.axes) > 1
    if subject is None:
        if not (computed.advantage > 0).any():
            return "the largest output is shared everywhere."
        where = _largest_on_map(computed, targets) if is_map else _largest_along(computed, targets)
        return f"the largest output is {where}."
    output = computed.output(subject)
    if np.ptp(output) == 0:
        return f"{_named(computed, subject)} is {_written(computed, subject, output.flat[0])} everywhere."
    way = f"is {_above_half(computed, subject)}" if is_map else _way(computed, subject)
    return f"{_named(computed, subject)} {way}."


def read_aloud(computed: Computed, subject: Subject, inputs: Sequence[str], targets: Sequence[str]) -> str:
    """Say what is seen, over which inputs, and where a map is lowest and highest.

    `inputs` and `targets` are the names to say, one a column.
    """
    said = f"Over {list_text([inputs[column] for column in computed.over.columns])}, {seen(computed, subject, targets)}"
    if subject is None or len(computed.over.axes) == 1 or np.ptp(output := computed.output(subject)) == 0:
        return said
    ends = [
        f"{_written(computed, subject, output.flat[place])} at {_point(computed, inputs, int(place))}"
        for place in (output.argmin(), output.argmax())
    ]
    return f"{said} Its lowest is {ends[0]}, its highest {ends[1]}."


def neurons_in_words(computed: Computed) -> str:
    """Say between which outputs each neuron stays, and where it is above ½."""
    names = neuron_names(computed.experiment.sizes)
    parts = []
    for layer, unit in (neuron for line in pictured(computed.experiment) for neuron in line):
        output = computed.output((layer, unit))
        least, most = (_written(computed, (layer, unit), end) for end in (output.min(), output.max()))
        parts.append(f"{names[layer][unit]}: {least} to {most}, {_above_half(computed, (layer, unit))}")
    return f"{'; '.join(parts)}."


def _written(computed: Computed, neuron: Neuron, output: float) -> str:
    return written(computed.experiment, neuron, output)


def _named(computed: Computed, neuron: Neuron) -> str:
    """Return what a neuron's output is called within a sentence."""
    layer, unit = neuron
    name = neuron_names(computed.experiment.sizes)[layer][unit]
    return f"the {name}" if computed.outputs == [neuron] else f"the output of {name}"


def _way(computed: Computed, neuron: Neuron) -> str:
    (axis,), output, heights = computed.over.axes, computed.output(neuron), computed.height(neuron)
    first, last = (f"{_written(computed, neuron, output[place])} at {_at(axis, axis[place])}" for place in (0, -1))
    steps = np.diff(heights)
    least, most = (_written(computed, neuron, end) for end in (output.min(), output.max()))
    if least == most:
        way = f"is nearly {least} everywhere"
    elif np.all(steps >= 0) or np.all(steps <= 0):
        way = f"{'rises' if output[-1] > output[0] else 'falls'} from {first} to {last}"
    else:
        way = f"goes up and down between {least} and {most}, from {first} to {last}"
    return f"{way}; {_half(axis, heights, half(computed.experiment, neuron))}"


def _half(axis: Array, heights: Array, middle: str) -> str:
    """Say where an output is ½, which is called `middle`."""
    places = crossings(axis, heights)
    if not places.size:
        return f"it is {'above' if heights[0] > 0 else 'below'} {middle} all along"
    if len(places) > MOST_TOLD:
        return f"it is {middle} in {len(places)} places"
    return f"it is {middle} at {list_text([_at(axis, place) for place in places])}"


def _largest_along(computed: Computed, targets: Sequence[str]) -> str:
    (axis,) = computed.over.axes
    places, largest = largest_along(computed)
    parts = [f"{targets[unit]} up to {_at(axis, place)}" for unit, place in zip(largest, places, strict=False)]
    rest = f"{targets[largest[-1]]} {'to the end' if parts else 'all along'}"
    return ", then ".join([*parts, rest])


def _largest_on_map(computed: Computed, targets: Sequence[str]) -> str:
    shares = [_share(wins) for wins in np.moveaxis(computed.advantage, -1, 0)]
    parts = [f"{name} {share}" for name, share in zip(targets, shares, strict=True) if share != NOWHERE]
    return f"{list_text(parts)}{'' if EVERYWHERE in shares else OF_IT}"


def _share(heights: Array) -> str:
    """Say on how much of a picture heights are above 0; only what is all or nothing is said to be."""
    share = float(np.mean(heights > 0))
    if share in {0, 1}:
        return EVERYWHERE if share else NOWHERE
    return f"on {min(max(round(100 * share), 1), 99)} %"


def _above_half(computed: Computed, neuron: Neuron) -> str:
    share, middle = _share(computed.height(neuron)), half(computed.experiment, neuron)
    if share == NOWHERE:
        return f"{share} above {middle}"
    return f"above {middle} {share}{'' if share == EVERYWHERE else OF_IT}"


def _point(computed: Computed, inputs: Sequence[str], place: int) -> str:
    x, y = computed.over.axes
    row, column = divmod(place, len(x))
    across, up = computed.over.columns
    return f"{inputs[across]} {_at(x, x[column])} and {inputs[up]} {_at(y, y[row])}"


def _at(axis: Array, place: float) -> str:
    return place_text(place, float(axis[-1] - axis[0]))
