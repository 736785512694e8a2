"""A run as a film: the connections, the rows' outputs and the loss, played by the browser alone."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise, product
from typing import Any

import numpy as np
import numpy.typing as npt

from core import Experiment, Run, forward
from core.arrays import Array, Weights, flat
from core.training import spread_states, update_from
from ui.figures.axis import updates_axis
from ui.figures.frame import LONGEST_NAME
from ui.figures.loss_chart import thin
from ui.figures.parts import (
    MOST_LABELLED,
    NODE_SIZE,
    Stroke,
    Trace,
    drawn_sizes,
    evenly_spread,
    hidden_axis,
    line_style,
    node_circles,
    node_positions,
    strokes,
    weight_labels,
)
from ui.figures.style import BLUE, GRAY, GREEN, VIOLET, Figure, number_format, shortened
from ui.text import exact_text, rounded_text, update_word

MOST_FRAMES = 60
MOST_BYTES = 430_000  # of all frames, of what stands beside the network, too,
FRAME_BYTES, NUMBER_BYTES = 2_100, 35  # that a frame takes of these, and each connection, arrow or output
MOST_FILMED_ROWS = 40
LOSS_POINTS = 120
TALLEST = 420  # pixels, of the drawing of the network
ABOVE, BELOW = 28, 274  # pixels above the network, for the largest change, and below it,
CHARTS, UNDER, LEFT = 230, 56, 60  # of which the charts take most; then what is under these, and left of them
MOST_PULLED = 200  # connections; more arrows would hide one another
PULLED_AT, LONGEST_PULL = 0.62, 0.24  # of the way from start to end: where an arrow begins, and how far it goes
NO_POINTS = np.empty((0, 2))
NOTHING = "rgba(0, 0, 0, 0)"
AT_ONCE = {"frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}, "mode": "immediate"}

ROW_AXES = {"xaxis": "x2", "yaxis": "y2"}
ERRORS = ROW_AXES | {"mode": "lines", "line": {"color": VIOLET, "width": 2, "dash": "dot"}, "hoverinfo": "skip"}
OUTPUTS = ROW_AXES | {
    "mode": "markers",
    "cliponaxis": False,
    "marker": {"color": GREEN, "size": 11},
    "hovertemplate": "%{text}<br>output %{y:.4f}<extra></extra>",
}
TARGETS = ROW_AXES | {
    "mode": "markers",
    "cliponaxis": False,
    "marker": {"color": GRAY, "size": 11, "symbol": "square-open", "line": {"width": 2}},
    "hovertemplate": "%{text}<br>target %{y}<extra></extra>",
}
APART = 0.7  # of the place of a row, that its outputs are spread over
LOSS = {
    "xaxis": "x3",
    "yaxis": "y3",
    "mode": "lines",
    "line": {"color": BLUE, "width": 2},
}


def drawn_rows(experiment: Experiment) -> npt.NDArray[np.int64]:
    """Return the rows that are drawn, counted from 0: all, or of many some that are evenly spread."""
    return evenly_spread(len(experiment.dataset.targets), MOST_FILMED_ROWS)


def film_states(experiment: Experiment, beside: float = 0) -> list[int]:
    """Return the states that have a frame, the fewer the larger one is: it has `beside` bytes beside the network."""
    connections = experiment.weight_count * (2 if is_pulled(experiment) else 1)
    numbers = connections + len(drawn_rows(experiment)) * experiment.sizes[-1]
    most = max(2, int(MOST_BYTES / (FRAME_BYTES + NUMBER_BYTES * numbers + beside)) - 1)  # the first is sent twice
    spreads = (spread_states(experiment.updates, frames) for frames in range(MOST_FRAMES, 1, -1))
    return next(states for states in spreads if len(states) <= most)


def learning_figure(run: Run, states: Sequence[int]) -> Figure:
    """Draw the first of some states, with a frame for each, named after it."""
    experiment = run.experiment
    weights = [run.weights_after(k) for k in states]
    nodes = node_positions(drawn_sizes(experiment))
    drawn = [strokes(nodes, layers) for layers in weights]
    used = sorted({stroke for lines in drawn for stroke in lines})
    losses = np.union1d(thin(run.cross_entropy, LOSS_POINTS), states)
    moving: list[list[Trace]] = [
        [
            *_connections(lines, used),
            *_pulls(run, layers, k),
            *_errors_and_outputs(run, layers),
            _loss_so_far(run, losses[losses <= k]),
            *_labels(run, layers),
        ]
        for k, lines, layers in zip(states, drawn, weights, strict=True)
    ]
    places = _output_places(experiment)
    errors, outputs = ERRORS | _across(np.repeat(places, 3)), OUTPUTS | _across(places) | _in_words(run)
    pulls = _pull_styles(experiment)
    styles: list[Trace] = [*map(line_style, used), *pulls, errors, outputs, LOSS | _loss_in_words(run), {}]
    first = [style | points for style, points in zip(styles, moving[0], strict=False)]
    still = [node_circles(experiment, scale=_scale(experiment)), _targets(run)]
    # The still ones are named in each frame, too: else Plotly would draw what moves over them.
    frames = [
        {"name": frame_name(k), "data": [*traces, {}, {}], "traces": [*range(len(traces) + len(still))]}
        for k, traces in zip(states, moving, strict=True)
    ]
    return {"data": [*first, *still], "layout": _layout(run, states), "frames": frames}


def frame_name(k: int) -> str:
    """Return what the frame of state k is called."""
    return f"{k:,}"


def _points(x: npt.ArrayLike, y: npt.ArrayLike) -> Trace:
    """Return places in the drawing, which nobody sees more exactly than in float32."""
    return _across(x) | _up(y)


def _across(x: npt.ArrayLike) -> Trace:
    return {"x": np.asarray(x, np.float32)}


def _up(y: npt.ArrayLike) -> Trace:
    return {"y": np.asarray(y, np.float32)}


def _connections(lines: Mapping[Stroke, Array], used: Sequence[Stroke]) -> list[Trace]:
    ends = [lines.get(stroke, NO_POINTS) for stroke in used]
    return [_points(points[:, 0], points[:, 1]) for points in ends]


def is_pulled(experiment: Experiment) -> bool:
    """Tell whether the connections are few enough for arrows on them."""
    return experiment.weight_count <= MOST_PULLED


def _pulls(run: Run, weights: Weights, k: int) -> list[Trace]:
    """Return an arrow on each connection, onward where the next update makes its weight larger, back where smaller.

    The longest is the largest change of the moment, which is written above.
    """
    experiment = run.experiment
    if not is_pulled(experiment):
        return []
    update = flat(update_from(experiment, weights, k))
    largest = np.abs(update).max()
    starts, ends = _ends_of_connections(experiment)
    lengths = LONGEST_PULL * (update / (largest or 1))[:, np.newaxis]
    tails = starts + PULLED_AT * (ends - starts)
    tips = tails + lengths * (ends - starts)
    tips[update == 0] = np.nan
    points = np.stack([np.full_like(tips, np.nan), tails, tips], axis=1).reshape(-1, 2)
    return [_points(points[:, 0], points[:, 1]), {"text": [f"largest change {exact_text(float(largest))}"]}]


def _ends_of_connections(experiment: Experiment) -> tuple[Array, Array]:
    """Return where each weight's connection starts and ends (weights, 2), in the order of the arrays."""
    nodes = node_positions(drawn_sizes(experiment))
    pairs = [
        (start, end)
        for (starts, ends), (inputs, units) in zip(pairwise(nodes), experiment.shapes, strict=True)
        for start, end in product(starts[:inputs], ends[:units])
    ]
    starts, ends = np.array(pairs).transpose(1, 0, 2)
    return starts, ends


def _pull_styles(experiment: Experiment) -> list[Trace]:
    if not is_pulled(experiment):
        return []
    sizes = [0, 0, 12] * experiment.weight_count
    arrow = {"symbol": "arrow", "angleref": "previous", "color": VIOLET, "size": sizes, "opacity": 1}
    pulls = {"mode": "lines+markers", "line": {"color": VIOLET, "width": 4}, "marker": arrow, "hoverinfo": "skip"}
    place = {"x": [len(experiment.sizes) - 0.7], "y": [_half_height(experiment)], "textposition": "bottom left"}
    return [pulls, place | {"mode": "text", "textfont": {"color": VIOLET, "size": 13}, "hoverinfo": "skip"}]


def _errors_and_outputs(run: Run, weights: Weights) -> tuple[Trace, Trace]:
    """Return how high a line from each of the drawn rows' outputs to its target goes, and each output is."""
    experiment = run.experiment
    rows = drawn_rows(experiment)
    outputs = forward(experiment.given(experiment.dataset.inputs[rows]), weights)[-1].activation.ravel()
    targets = experiment.dataset.target_columns[rows].ravel()
    ends = np.column_stack([np.full_like(outputs, np.nan), outputs, targets])
    return _up(ends.ravel()), _up(outputs)


def _output_places(experiment: Experiment) -> Array:
    """Return where the drawn rows' outputs, row by row, stand: several of a row side by side."""
    rows, outputs = drawn_rows(experiment) + 1, experiment.sizes[-1]
    place = len(experiment.dataset.targets) / len(rows)
    beside = APART * place * ((np.arange(outputs) + 0.5) / outputs - 0.5)
    return np.asarray((rows[:, np.newaxis] + beside).ravel())


def _in_words(run: Run) -> Trace:
    """Return what each output or target is, for pointing at it."""
    names, held_out = run.experiment.dataset.target_names, run.experiment.held_out_rows
    whose = [f", {shortened(name, LONGEST_NAME)}" for name in names] if len(names) > 1 else [""]
    rows = [f"row {row + 1}{', held out' if row in held_out else ''}" for row in drawn_rows(run.experiment)]
    return {"text": [f"{row}{which}" for row in rows for which in whose]}


def _loss_so_far(run: Run, states: npt.NDArray[np.int64]) -> Trace:
    """Return the loss in float64: that of inputs up to 1e50 is more than a float32 holds."""
    return {"x": np.asarray(states, np.float32), "y": run.cross_entropy[states]}


def _loss_in_words(run: Run) -> Trace:
    loss = number_format(run.cross_entropy, 4)
    return {"hovertemplate": f"{update_word(run.experiment)} %{{x:,}}<br>loss %{{y:{loss}}}<extra></extra>"}


def _labels(run: Run, weights: Weights) -> list[Trace]:
    """Return the weights' numbers, if there are few enough to be read."""
    experiment = run.experiment
    if experiment.weight_count > MOST_LABELLED:
        return []
    return [weight_labels(experiment, weights, partial(rounded_text, decimals=2))]


def _targets(run: Run) -> Trace:
    targets = run.experiment.dataset.target_columns[drawn_rows(run.experiment)].ravel()
    return TARGETS | _in_words(run) | _points(_output_places(run.experiment), targets)


def _half_height(experiment: Experiment) -> float:
    """Return how far up and down the network goes, in its own pixels."""
    return max(y for layer in node_positions(drawn_sizes(experiment)) for _, y in layer) + NODE_SIZE


def _scale(experiment: Experiment) -> float:
    """Return how much smaller the network is drawn than by itself."""
    return min(1.0, TALLEST / (2 * _half_height(experiment)))


def _layout(run: Run, states: Sequence[int]) -> dict[str, Any]:
    experiment = run.experiment
    rows = len(experiment.dataset.targets)
    half_height = _half_height(experiment)
    height = BELOW + 2 * half_height * _scale(experiment) + ABOVE
    network = {"x": [0.0, 1.0], "y": [BELOW / height, 1 - ABOVE / height]}
    outputs = {"x": [0.0, 0.42], "y": [0.0, CHARTS / height]}
    loss = {"x": [0.64, 1.0], "y": [0.0, CHARTS / height]}
    highest_loss = float(run.cross_entropy.max())
    fixed = {"fixedrange": True}
    return {
        "height": round(height + UNDER),
        "margin": {"l": LEFT, "r": 16, "t": 0, "b": UNDER, "autoexpand": False},  # which the unseen buttons would do
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": hidden_axis() | {"range": [-0.3, len(experiment.sizes) - 0.7], "domain": network["x"]},
        "yaxis": hidden_axis() | {"range": [-half_height, half_height], "domain": network["y"]},
        "xaxis2": fixed
        | {
            "title": {"text": "row"},
            "range": [0.5, rows + 0.5],
            "domain": outputs["x"],
            "anchor": "y2",
            "showgrid": False,
        }
        | {"tickformat": "d", "dtick": 1 if rows <= 10 else None},
        "yaxis2": fixed | {"title": {"text": "output"}, "range": [-0.05, 1.05], "domain": outputs["y"], "anchor": "x2"},
        "xaxis3": fixed
        | {
            "title": {"text": update_word(experiment)},
            "domain": loss["x"],
            "anchor": "y3",
        }
        | updates_axis(experiment.updates),
        "yaxis3": fixed
        | {"title": {"text": "loss"}, "range": [0, 1.05 * highest_loss or 1], "domain": loss["y"], "anchor": "x3"},
        "updatemenus": [unseen_buttons("animate", [[[frame_name(k)], AT_ONCE] for k in states])],
    }


def unseen_buttons(method: str, changes: Sequence[Sequence[object]]) -> dict[str, object]:
    """Return a button for each change, for `ui/player.py` to press; nobody sees them, on the page or in a picture."""
    buttons = [{"label": "", "method": method, "args": change} for change in changes]
    unseen = {"bgcolor": NOTHING, "bordercolor": NOTHING, "showactive": False}
    return unseen | {"type": "buttons", "buttons": buttons}
