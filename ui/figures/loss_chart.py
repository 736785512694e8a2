"""The loss chart."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from core import Run
from core.arrays import Array
from ui.figures.axis import loss_axis, updates_axis
from ui.figures.parts import INVISIBLE, LEGEND_BELOW
from ui.figures.style import BLUE, Figure, number_format, shortened
from ui.text import count_text, digits_text, update_word

MOST_POINTS = 2_000
HEIGHT = 300
# Those of kept runs are no colours of anything else. To colour-blind eyes some are alike: these have other dashes.
KEPT_COLOURS = ("#fa4ba8", "#067f06", "#624bfa", "#e50b0b", "#946507", "#ca0cfa", "#579e86", "#9e5790")
KEPT_DASHES = ("dash", "dot", "dashdot", "18px,4px")
KEPT_LINES = [{"color": colour, "dash": dash} for colour, dash in zip(KEPT_COLOURS, KEPT_DASHES * 2, strict=True)]
HELD_OUT_LINE = {"color": BLUE, "width": 2, "dash": "3px,3px"}
LONGEST_NAME, LEGEND_LINE = 45, 20  # characters, pixels


def loss_chart(run: Run, kept: Sequence[tuple[str, Array]] = (), *, is_log: bool = False) -> Figure:
    """Draw the cross-entropy of every state against the number of updates made, over that of kept runs.

    Of a kept run, `kept` holds its name and its cross-entropy (states,). The markers are there to be
    clicked: Plotly selects no point of a bare line.
    """
    held_out = [run.held_out_losses["cross_entropy"]] if run.held_out_losses else []
    points = MOST_POINTS // (1 + len(held_out) + len(kept))
    current = _loss_curve(run.cross_entropy, points, {"color": BLUE, "width": 2}, update_word(run.experiment))
    if kept or held_out:
        current |= _named("rows learned from" if held_out else "this run", run.cross_entropy, rank=0)
    curves = [
        _loss_curve(losses, points, {"width": 1.5, **KEPT_LINES[index % len(KEPT_LINES)]})
        | _named(name, losses, rank=index + 2)
        for index, (name, losses) in enumerate(kept)
    ]
    curves += [
        _loss_curve(losses, points, HELD_OUT_LINE) | _named("rows held out", losses, rank=1) for losses in held_out
    ]
    last = max([run.experiment.updates, *(len(losses) - 1 for _, losses in kept)])
    is_by_epoch = run.experiment.updates_per_epoch == 1 and not kept
    layout = {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 16, "t": 8, "b": 0},
        "hovermode": "x",
        "dragmode": "zoom",
        "xaxis": {"title": {"text": "epoch: updates made" if is_by_epoch else "updates made"}} | updates_axis(last),
        "yaxis": {"title": {"text": "mean cross-entropy"}} | loss_axis(is_log=is_log),
    }
    return {"data": [*curves, current], "layout": layout | (_legend_below(len(curves) + 1) if curves else {})}


def loss_in_words(run: Run) -> str:
    """Say which way the loss goes, and by way of which peak if there is one."""
    losses = run.cross_entropy
    first, last = (digits_text(loss, digits=4) for loss in (losses[0], losses[-1]))
    way = "stays at" if first == last else f"{'falls' if losses[-1] < losses[0] else 'rises'} from {first} to"
    highest = int(losses.argmax())
    word, ends = update_word(run.experiment), (first, last)
    peak = digits_text(losses[highest], digits=4)
    by_way = "" if peak in ends else f", by way of {peak} after {count_text(highest, word)}"
    return f"the loss {way} {last} in {count_text(len(losses) - 1, word)}{by_way}"


def _loss_curve(losses: Array, most: int, line: dict[str, object], word: str = "update") -> dict[str, object]:
    states = thin(losses, most)
    return {
        "type": "scatter",
        "x": states,
        "y": losses[states],
        "mode": "lines+markers",
        "line": line,
        **INVISIBLE,
        "selected": INVISIBLE,
        "unselected": INVISIBLE,
        "hovertemplate": f"{word} %{{x:,}}<br>loss %{{y:{number_format(losses, 8)}}}<extra></extra>",
    }


def _named(name: str, losses: Array, rank: int) -> dict[str, object]:
    """Return what names a curve; Plotly would read the reader's text as HTML."""
    return {
        "name": shortened(name, LONGEST_NAME),
        "legendrank": rank,
        "marker": {"color": "rgba(0,0,0,0)", "opacity": 0},  # the legend would show one of no opacity
        "hovertemplate": f"%{{y:{number_format(losses, 8)}}}<extra>%{{fullData.name}}</extra>",
    }


def _legend_below(curves: int) -> dict[str, object]:
    """Return a legend below the plot, and a figure as much higher as it needs where each name takes a line."""
    return {
        "height": HEIGHT + LEGEND_LINE * curves,
        "showlegend": True,
        "legend": LEGEND_BELOW | {"itemwidth": 50},
    }


def thin(values: Array, most: int) -> npt.NDArray[np.int64]:
    """Choose at most `most` positions of `values` to draw, so that its line looks as if all were drawn.

    Of each stretch of equal length the lowest and the highest value are kept, so no spike is lost,
    and of the whole the first and the last.
    """
    if len(values) <= most:
        return np.arange(len(values))
    edges = np.linspace(0, len(values), (most - 2) // 2 + 1).astype(int)
    stretches = [np.arange(start, end) for start, end in pairwise(edges)]
    lowest = [stretch[np.argmin(values[stretch])] for stretch in stretches]
    highest = [stretch[np.argmax(values[stretch])] for stretch in stretches]
    return np.unique([0, *lowest, *highest, len(values) - 1])
