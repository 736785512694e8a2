"""The ground that training goes down: a loss over two weights as contours or as a surface, over one as a curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, ceil, cos, floor, hypot, log10, radians, sin
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.arrays import Array
from core.landscape import Landscape
from core.objectives import ObjectiveName
from ui.figures.parts import Trace
from ui.figures.style import BLUE, GRAY, VIOLET, Figure, escape, number_format
from ui.text import OBJECTIVE_NAMES, digits_text

HEIGHT, SMALL_HEIGHT, BELOW = 530, 430, 104  # pixels, of which so many below the plot, for its axis and its colours
DARK, PALE = "#08243f", "#ffffff"  # of what is drawn on the ground, which looks the same in both themes
GROUND: Final = [[0, DARK], [0.25, "#14508a"], [0.5, "#2f7fc1"], [0.75, "#86b8e0"], [1, "#e6f1fa"]]
LINES: Final = {"width": 1, "color": "rgba(255, 255, 255, 0.4)"}
CONTOURS = 16
CHIP: Final = {"bgcolor": "rgba(8, 36, 63, 0.8)", "font": {"color": PALE, "size": 12}, "borderpad": 2}
CHIP_APART = 20  # pixels, from what it names
LEAST_HEIGHT = 1e-12  # of the highest, on a logarithmic scale, which has no 0
MOST_TICKS, WIDE = 6, 20  # times as high as the lowest, from where on powers of ten are named
LONGEST_ARROW, SHORTEST_ARROW = 0.18, 0.06  # of an axis; the margin around the path has room for the longest
LARGEST_SHORT: Final = 1e30
LIFT = 0.015  # of the surface's height: what lies on it would sink into its facets
CENTER: Final = {"x": 0, "y": 0, "z": -0.12}
FLATNESS, EYE, EYE_HEIGHT = 0.62, 1.6, 1.1  # of the surface's box, and from where it is seen


@dataclass(frozen=True)
class Look:
    """How a landscape is drawn."""

    is_log: bool = False
    is_surface: bool = False  # rather than contours, if there are two weights
    has_path: bool = True  # or only the state that is looked at
    height: int = HEIGHT  # pixels
    turn: int = 0  # degrees, of a surface


def landscape_figure(ground: Landscape, objective: ObjectiveName, names: Sequence[str], look: Look) -> Figure:
    """Draw a loss over the chosen weights, which have these names: over one as a curve, over two as the look says."""
    draw = _curve if len(ground.places) == 1 else _surface if look.is_surface else _contours
    return draw(ground, objective, names, look)


def _contours(
    ground: Landscape,
    objective: ObjectiveName,
    names: Sequence[str],
    look: Look,
) -> Figure:
    """Draw a loss over two weights of these names from above, with the run's way if that is asked for."""
    x, y = ground.axes
    shown = _heights(ground, objective, is_log=look.is_log)
    map_ = {
        "type": "contour",
        "x": x,
        "y": y,
        **shown,
        "contours": {"coloring": "heatmap", "showlines": True} | _levels(shown["z"]),
        "line": LINES,
        "hovertemplate": _ground_hover(ground, objective, names, is_log=look.is_log),
    }
    shown["colorbar"] |= {
        "orientation": "h",
        "thickness": 12,
        "len": 1,
        "yref": "container",
        "y": 0,
        "yanchor": "bottom",
    }
    path = [_halo(ground), _path(ground, objective)] if look.has_path else []
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "constrain": "domain"}
    return {
        "data": [map_, *path, *(_ends(ground) if look.has_path else []), _ring(ground)],
        "layout": {
            "height": look.height,
            "margin": {"l": 0, "r": 8, "t": 8, "b": BELOW},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": axis | {"title": {"text": escape(names[0])}, "range": [x[0], x[-1]]},
            "yaxis": axis | {"title": {"text": escape(names[1])}, "range": [y[0], y[-1]], "scaleanchor": "x"},
            "annotations": [
                *_arrows(ground.here, drawn_step(ground, objective)),
                *(_names_of_ends(ground.path[[0, -1]]) if look.has_path else []),
            ],
        },
    }


def _surface(ground: Landscape, objective: ObjectiveName, names: Sequence[str], look: Look) -> Figure:
    """Draw a loss over two weights of these names as a surface, seen from a side: so many degrees further round."""
    x, y = ground.axes
    shown = _heights(ground, objective, is_log=look.is_log)
    surface = {
        "type": "surface",
        "x": x,
        "y": y,
        **shown,
        "contours": {"z": LINES | {"show": True, "highlight": False} | _levels(shown["z"])},
        "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.08, "roughness": 0.9},
        "hovertemplate": _ground_hover(ground, objective, names, is_log=look.is_log),
        "showscale": False,
    }
    lift = LIFT * float(np.ptp(shown["z"]))

    def above(heights: Array) -> Array:
        return _scaled(heights, ground, objective, is_log=look.is_log) + lift

    here = np.append(ground.here, above(np.array([ground.run.losses[objective][ground.k]])))
    ends = np.column_stack([ground.path, above(ground.under_path[objective])])[[0, -1]]
    way = _path(ground, objective) | {"type": "scatter3d", "z": above(ground.under_path[objective])}
    way |= {"line": {"color": PALE, "width": 6}}
    marks = [
        _mark_in_space(ends[0], "circle", PALE),
        _mark_in_space(ends[1], "square", PALE),
        _mark_in_space(here, "circle", VIOLET),
    ]
    side = atan2(*(ground.path[-1] - ground.path[0])[::-1]) + radians(look.turn)
    axis = {"showspikes": False, "gridcolor": GRAY, "zeroline": False, "showbackground": False}
    scale = {name: shown["colorbar"][name] for name in ("tickvals", "ticktext")}
    return {
        "data": [surface, way, *marks, *_arrow_in_space(ground, objective, here)],
        "layout": {
            "height": look.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "showlegend": False,
            "scene": {
                "xaxis": axis | {"title": {"text": escape(names[0])}},
                "yaxis": axis | {"title": {"text": escape(names[1])}},
                "zaxis": axis | {"title": {"text": OBJECTIVE_NAMES[objective]}} | scale,
                "aspectmode": "manual",
                "aspectratio": {"x": 1, "y": 1, "z": FLATNESS},
                "annotations": _names_of_ends(ends),
                "camera": {"eye": {"x": EYE * cos(side), "y": EYE * sin(side), "z": EYE_HEIGHT}, "center": CENTER},
            },
        },
    }


def _curve(
    ground: Landscape,
    objective: ObjectiveName,
    names: Sequence[str],
    look: Look,
) -> Figure:
    """Draw a loss over the only weight, of this name, with the run's way on it if that is asked for."""
    (x,) = ground.axes
    name, here = OBJECTIVE_NAMES[objective], float(ground.run.losses[objective][ground.k])
    curve = {
        "x": x,
        "y": ground.heights[objective],
        "mode": "lines",
        "line": {"color": BLUE, "width": 2},
        "hovertemplate": f"{escape(names[0])} %{{x:{number_format(x, 3)}}}<br>{name} "
        f"%{{y:{number_format(ground.heights[objective], 6)}}}<extra></extra>",
    }
    way = {**_path(ground, objective), "y": ground.under_path[objective], "line": {"color": GRAY, "width": 7}}
    ends = [
        end | {"y": ground.under_path[objective][[place]]} for end, place in zip(_ends(ground), (0, -1), strict=True)
    ]
    ring = _ring(ground) | {"y": [here]}
    at = np.append(ground.here, _scaled(np.array([here]), ground, objective, is_log=look.is_log))
    step = np.append(drawn_step(ground, objective), 0.0)
    named = np.column_stack(
        [ground.path, _scaled(ground.under_path[objective], ground, objective, is_log=look.is_log)]
    )[[0, -1]]
    return {
        "data": [*([way] if look.has_path else []), curve, *(ends if look.has_path else []), ring],
        "layout": {
            "height": look.height,
            "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": {"title": {"text": escape(names[0])}, "range": [x[0], x[-1]], "fixedrange": True},
            "yaxis": {"title": {"text": name}, "type": "log" if look.is_log else "linear", "fixedrange": True}
            | ({} if look.is_log else {"rangemode": "tozero"}),
            "annotations": [*_arrows(at, step), *(_names_of_ends(named) if look.has_path else [])],
        },
    }


def arrow_factor(ground: Landscape, objective: ObjectiveName) -> float:
    """Return how many times as long as it is the next step is drawn, so that it is seen; 0 if there is none."""
    axis = float(ground.axes[0][-1] - ground.axes[0][0])
    share = hypot(*(ground.step(objective) / axis))
    if not share:
        return 0.0
    if SHORTEST_ARROW <= share <= LONGEST_ARROW:
        return 1.0
    power = floor(log10(LONGEST_ARROW / share))
    digit = next(digit for digit in (5, 2, 1) if digit * 10.0**power * share <= LONGEST_ARROW)
    return float(digit * 10.0**power)


def drawn_step(ground: Landscape, objective: ObjectiveName) -> Array:
    """Return the next step (chosen,) as long as it is drawn."""
    return arrow_factor(ground, objective) * ground.step(objective)


def _heights(ground: Landscape, objective: ObjectiveName, *, is_log: bool) -> dict[str, Any]:
    """Return the heights as Plotly has them, row by row of the second weight, with their colours."""
    heights = _drawn(ground.heights[objective].T)
    title = {"title": {"text": OBJECTIVE_NAMES[objective]}, "outlinewidth": 0}
    shown = _scaled(heights, ground, objective, is_log=is_log)
    trace = {"z": shown, "colorscale": GROUND, "colorbar": title | _ticks(heights, is_log=is_log)}
    return trace | ({"customdata": heights} if is_log else {})


def _drawn(heights: Array) -> npt.NDArray[Any]:
    """Return heights in half as many bytes, which nobody sees; what a float32 does not hold as it is."""
    return heights.astype(np.float32) if heights.max() < LARGEST_SHORT else heights


def _scaled(heights: npt.NDArray[Any], ground: Landscape, objective: ObjectiveName, *, is_log: bool) -> Array:
    if not is_log:
        return heights
    least = LEAST_HEIGHT * float(ground.heights[objective].max()) or LEAST_HEIGHT
    return np.asarray(np.log10(np.maximum(heights, least)))


def _levels(shown: npt.NDArray[Any]) -> dict[str, float]:
    """Return between which heights, and how far apart, contours are drawn: evenly spread."""
    lowest, highest = float(shown.min()), float(shown.max())
    apart = (highest - lowest) / CONTOURS or 1.0
    return {"start": lowest + apart / 2, "end": highest, "size": apart}


def _ticks(heights: npt.NDArray[Any], *, is_log: bool) -> dict[str, object]:
    """Return round heights to be named, and where they are: on a wide logarithmic scale powers of ten."""
    lowest, highest = float(heights.min()), float(heights.max())
    if is_log and highest > WIDE * max(lowest, LEAST_HEIGHT * highest):
        exponents = range(ceil(log10(max(lowest, LEAST_HEIGHT * highest))), floor(log10(highest)) + 1)
        named = [10.0**exponent for exponent in exponents[:: ceil(len(exponents) / MOST_TICKS)]]
    else:
        apart = _round_up((highest - lowest) / MOST_TICKS)
        named = [apart * number for number in range(ceil(lowest / apart), floor(highest / apart) + 1)]
    places = [log10(height) for height in named if height > 0] if is_log else named
    return {"tickvals": places, "ticktext": [digits_text(height, 3) for height in named if height > 0 or not is_log]}


def _round_up(number: float) -> float:
    """Return the next larger of 1, 2 and 5 times a power of ten; 1 for 0."""
    if not number:
        return 1.0
    power = 10.0 ** floor(log10(number))
    return power * next(digit for digit in (1, 2, 5, 10) if digit * power >= number)


def _ground_hover(ground: Landscape, objective: ObjectiveName, names: Sequence[str], *, is_log: bool) -> str:
    x, y = (f"%{{{axis}:{number_format(values, 3)}}}" for axis, values in zip("xy", ground.axes, strict=True))
    height = f"%{{{'customdata' if is_log else 'z'}:{number_format(ground.heights[objective], 6)}}}"
    return f"{escape(names[0])} {x}<br>{escape(names[1])} {y}<br>{OBJECTIVE_NAMES[objective]} {height}<extra></extra>"


def _line(ground: Landscape) -> Trace:
    return {"mode": "lines"} | dict(zip("xy", ground.path.T, strict=False))


def _path(ground: Landscape, objective: ObjectiveName) -> Trace:
    """Return the run's way, each state with its number, its loss in the run and the one under it."""
    in_run, under = ground.run.losses[objective][ground.states], ground.under_path[objective]
    form = number_format(np.append(in_run, under), 6)
    return _line(ground) | {
        "line": {"color": PALE, "width": 2.5},
        "customdata": np.column_stack([ground.states, in_run, under]),
        "hovertemplate": f"state %{{customdata[0]:,}}<br>in the run %{{customdata[1]:{form}}}<br>"
        f"here %{{customdata[2]:{form}}}<extra></extra>",
    }


def _halo(ground: Landscape) -> Trace:
    """Return the dark edge by which the pale line is told from pale ground."""
    return _line(ground) | {"line": {"color": DARK, "width": 6}, "opacity": 0.7, "hoverinfo": "skip"}


def _ends(ground: Landscape) -> list[Trace]:
    ends = [("circle", ground.path[0]), ("square", ground.path[-1])]
    return [
        {
            **{axis: [value] for axis, value in zip("xy", end.tolist(), strict=False)},
            "mode": "markers",
            "marker": {"symbol": symbol, "size": 11, "color": PALE, "line": {"color": DARK, "width": 2}},
            "hoverinfo": "skip",
        }
        for symbol, end in ends
    ]


def _ring(ground: Landscape) -> Trace:
    """Return the mark of the state that is looked at."""
    return {
        **{axis: [value] for axis, value in zip("xy", ground.here.tolist(), strict=False)},
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 20, "color": VIOLET, "line": {"width": 4}},
        "hoverinfo": "skip",
    }


def _arrows(start: Array, step: Array) -> list[dict[str, object]]:
    """Return the next step as an arrow; none if there is none."""
    if not step.any():
        return []
    (x, y), (end_x, end_y) = start.tolist(), (start + step).tolist()
    tail = {"ax": x, "ay": y, "axref": "x", "ayref": "y", "arrowhead": 2, "arrowsize": 0.9, "arrowwidth": 4}
    return [tail | {"x": end_x, "y": end_y, "text": "", "showarrow": True, "arrowcolor": VIOLET}]


def _names_of_ends(ends: Array) -> list[dict[str, object]]:
    """Return the words at the ends of the path (2, axes): one above, one below, so that they do not meet."""
    return [
        dict(zip("xyz", end, strict=False)) | {"text": name, "showarrow": False, "yshift": shift} | CHIP
        for name, shift, end in zip(("start", "end"), (CHIP_APART, -CHIP_APART), ends.tolist(), strict=True)
    ]


def _mark_in_space(position: Array, symbol: str, color: str) -> Trace:
    return {
        "type": "scatter3d",
        **{axis: [value] for axis, value in zip("xyz", position.tolist(), strict=True)},
        "mode": "markers",
        "marker": {"symbol": symbol, "size": 7, "color": color, "line": {"color": DARK, "width": 2}},
        "hoverinfo": "skip",
    }


def _arrow_in_space(ground: Landscape, objective: ObjectiveName, here: Array) -> list[Trace]:
    """Return the next step as a line straight ahead, level, with a point: none if there is none."""
    step = drawn_step(ground, objective)
    if not step.any():
        return []
    end = here + np.append(step, 0.0)
    line = {axis: [a, b] for axis, a, b in zip("xyz", here.tolist(), end.tolist(), strict=True)}
    shaft = {"type": "scatter3d", **line, "mode": "lines", "line": {"color": VIOLET, "width": 9}, "hoverinfo": "skip"}
    return [shaft, _mark_in_space(end, "diamond", VIOLET)]
