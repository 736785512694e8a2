"""Many seeds' losses as a fan, and each seed's final loss beside it."""

from typing import Final

import numpy as np
import numpy.typing as npt

from core import Experiment, Run, Spread
from core.arrays import Array, Rows
from ui.figures.axis import loss_axis, updates_axis
from ui.figures.parts import INVISIBLE, LEGEND_BELOW, UNDER_TOOLBAR, Trace
from ui.figures.style import BLUE, GRAY, Figure, number_format
from ui.text import exact_text, update_word

HEIGHT: Final = 410
SHARES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)  # of the seeds, whose loss is below
LIGHT, DARK = "rgba(122, 127, 140, 0.2)", "rgba(122, 127, 140, 0.4)"  # bands, one over the other
MOST_SINGLE: Final = 100  # seeds that are drawn one by one
MOST_POINTS: Final = 101  # of each
RANKED: Final[Trace] = {"xaxis": "x2", "yaxis": "y2"}
AROUND_EQUAL: Final = np.array([0.5, 1.5])  # times equal losses, on their axis
FAN_WIDTH, RANKED_AT = 0.7, 0.74  # of the figure's width


def bands(spread: Spread) -> Array:
    """Return the losses (5, states) below which 5, 25, 50, 75 and 95 % of the seeds are in each state."""
    return np.asarray(np.quantile(spread.cross_entropy, SHARES, axis=0))


def end_alike(spread: Spread) -> bool:
    """Tell whether all seeds end with the same loss, to the digits that are shown."""
    return exact_text(spread.final_loss.min()) == exact_text(spread.final_loss.max())


def _in_order(spread: Spread) -> Rows:
    """Return the positions of the seeds by their final loss, the smallest first, or as they are where all are alike."""
    return np.arange(len(spread.seeds)) if end_alike(spread) else spread.ranking


def fan_chart(spread: Spread, run: Run, *, single: bool = False, is_log: bool = False) -> Figure:
    """Draw the bands that the seeds' losses are in, `run` over them, and the seeds by their final loss.

    With `single` some seeds' own curves are drawn, too. A curve's or a ranked point's `customdata` is its seed.
    """
    curves = [*_bands(spread), *([_single(spread)] if single else []), _median(spread), _this(spread, run)]
    ranked = [_ranked(spread, learned=True), _ranked(spread, learned=False), _this_ranked(spread, run)]
    return {"data": [*curves, *ranked], "layout": _layout(spread, is_log=is_log)}


def _line(x: npt.ArrayLike, y: Array, name: str, rank: int, line: Trace) -> Trace:
    return {"x": x, "y": y, "mode": "lines", "name": name, "legendrank": rank, "line": line, "hoverinfo": "skip"}


def _bands(spread: Spread) -> list[Trace]:
    lowest, low, _, high, highest = bands(spread)
    bare = {"width": 0, "color": GRAY}
    edges = [(lowest, highest, "90 % of the seeds", LIGHT, 4), (low, high, "half of the seeds", DARK, 3)]
    traces = []
    for lower, upper, name, color, rank in edges:
        traces.append(_line(spread.states, lower, name, rank, bare) | {"showlegend": False})
        traces.append(_line(spread.states, upper, name, rank, bare) | {"fill": "tonexty", "fillcolor": color})
    return traces


def _median(spread: Spread) -> Trace:
    lowest, low, median, high, highest = bands(spread)
    word, loss = update_word(spread.experiment), number_format(spread.cross_entropy, 4)
    return _line(spread.states, median, "median", 2, {"color": GRAY, "width": 2, "dash": "dash"}) | {
        "customdata": np.column_stack([low, high, lowest, highest]).tolist(),
        "hoverinfo": None,
        "hovertemplate": f"{word} %{{x:,}}<br>median %{{y:{loss}}}<br>half: %{{customdata[0]:{loss}}} to "
        f"%{{customdata[1]:{loss}}}<br>90 %: %{{customdata[2]:{loss}}} to %{{customdata[3]:{loss}}}<extra></extra>",
    }


def drawn_alone(spread: Spread) -> list[int]:
    """Return the positions of the seeds that are drawn one by one: all, or some, evenly spread over their order."""
    seeds = len(spread.seeds)
    places = np.linspace(0, seeds - 1, min(seeds, MOST_SINGLE)).round().astype(int)
    return [int(position) for position in _in_order(spread)[places]]


def _single(spread: Spread) -> Trace:
    """Return some seeds' curves as one, with gaps; its invisible markers can be clicked."""
    every = -(-len(spread.states) // MOST_POINTS)
    states = np.append(spread.states[:-1:every], spread.states[-1])
    losses = np.column_stack([spread.cross_entropy[:, :-1:every], spread.final_loss])
    chosen = drawn_alone(spread)
    gap = np.full((len(chosen), 1), np.nan)
    seeds = [[spread.seeds[position]] for position in chosen for _ in range(len(states) + 1)]
    word, loss = update_word(spread.experiment), number_format(losses, 4)
    return {
        "x": np.tile(np.append(states, np.nan), len(chosen)).astype(np.float32),
        "y": np.column_stack([losses[chosen], gap]).ravel().astype(np.float32),
        "mode": "lines+markers",
        "line": {"color": GRAY, "width": 0.7},
        "name": "single seeds",
        "legendrank": 5,
        "customdata": seeds,
        "hovertemplate": f"seed %{{customdata[0]}}<br>{word} %{{x:,}}<br>loss %{{y:{loss}}}<extra></extra>",
        **INVISIBLE,
        "selected": INVISIBLE,
        "unselected": INVISIBLE,
    }


def _this(spread: Spread, run: Run) -> Trace:
    """Return the curve of the run that the page shows."""
    losses = run.cross_entropy[spread.states]
    word, loss = update_word(run.experiment), number_format(losses, 8)
    return _line(spread.states, losses, "this run", 1, {"color": BLUE, "width": 2}) | {
        "hoverinfo": None,
        "hovertemplate": f"this run<br>{word} %{{x:,}}<br>loss %{{y:{loss}}}<extra></extra>",
    }


def _ranked(spread: Spread, *, learned: bool) -> Trace:
    """Return a point a seed by its rank: filled with all rows right in the end, else hollow."""
    chosen = [
        (rank, position) for rank, position in enumerate(_in_order(spread), 1) if spread.learned[position] == learned
    ]
    rows, loss = len(spread.experiment.inputs), number_format(spread.final_loss, 8)
    right = "" if spread.experiment.scale_targets else f"<br>%{{customdata[1]:,}} of {rows:,} rows right"
    return RANKED | {
        "x": [rank for rank, _ in chosen],
        "y": spread.final_loss[[position for _, position in chosen]] if chosen else [],
        "mode": "markers",
        "name": learned_name(spread.experiment, learned=learned),
        "legendrank": 6 if learned else 7,
        "showlegend": bool(chosen),
        "marker": {"color": GRAY, "size": 6, "symbol": "circle" if learned else "circle-open", "opacity": 1},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "customdata": [[spread.seeds[position], int(spread.rows_right[position])] for _, position in chosen],
        "hovertemplate": f"seed %{{customdata[0]}}<br>final loss %{{y:{loss}}}{right}<extra></extra>",
    }


def learned_name(experiment: Experiment, *, learned: bool) -> str:
    """Return what the points of seeds are called with all rows right in the end, or not; amounts are neither."""
    if experiment.scale_targets:
        return "seeds"
    return "all rows right" if learned else "not all right"


def _this_ranked(spread: Spread, run: Run) -> Trace:
    """Return a ring around the point of the run that the page shows, if its seed is among them."""
    seed = run.experiment.seed
    ranks = [rank for rank, position in enumerate(_in_order(spread), 1) if spread.seeds[position] == seed]
    return RANKED | {
        "x": ranks,
        "y": [float(run.cross_entropy[-1])] * len(ranks),
        "mode": "markers",
        "marker": {"color": BLUE, "size": 14, "symbol": "circle-open", "line": {"width": 2.5}},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _layout(spread: Spread, *, is_log: bool) -> Trace:
    is_by_epoch = spread.experiment.updates_per_epoch == 1
    seeds, last = len(spread.seeds), int(spread.states[-1])
    return {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": UNDER_TOOLBAR, "b": 0},
        "hovermode": "closest",
        "dragmode": "zoom",
        "xaxis": {
            "title": {"text": "epoch: updates made" if is_by_epoch else "updates made"},
            "domain": [0, FAN_WIDTH],
        }
        | updates_axis(last),
        "xaxis2": {
            "title": {"text": "seeds" if end_alike(spread) else "seeds by final loss"},
            "range": [0, seeds + 1],
            "domain": [RANKED_AT, 1],
            "anchor": "y2",
            "tickvals": [(seeds + 1) // 2, seeds],
            "showgrid": False,
        },
        "yaxis": {"title": {"text": "mean cross-entropy"}, "exponentformat": "power"} | loss_axis(is_log=is_log),
        "yaxis2": {"title": {"text": "final loss"}, "side": "right", "anchor": "x2", "nticks": 5, "tickformat": "~g"}
        | _axis_of_ends(spread, is_log=is_log),
        "showlegend": True,
        "legend": LEGEND_BELOW | {"traceorder": "normal"},
    }


def _axis_of_ends(spread: Spread, *, is_log: bool) -> Trace:
    """Return the axis of the final losses: none is below 0; where all are alike they are in its middle."""
    axis: Trace = {"type": "log"} if is_log else {"type": "linear", "rangemode": "nonnegative"}
    loss = float(spread.final_loss.max())
    if loss and end_alike(spread):
        around = AROUND_EQUAL * loss
        return axis | {"range": np.log10(around).tolist() if is_log else around.tolist()}
    return axis
