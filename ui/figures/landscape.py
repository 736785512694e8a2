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
from ui.figures.parts import AS_BEFORE, INVISIBLE, Trace
from ui.figures.style import BLUE, GRAY, VIOLET, Figure, escape, number_format
from ui.text import OBJECTIVE_NAMES, digits_text

HEIGHT, SMALL_HEIGHT = 490, 420  # pixels,
BELOW = 96  # of it for the axis and the colours below the plot
DARK, PALE = "#08243f", "#ffffff"  # of what is drawn on the ground, which looks the same in both themes
COLORS: Final = [[0, DARK], [0.25, "#14508a"], [0.5, "#2f7fc1"], [0.75, "#86b8e0"], [1, "#e6f1fa"]]
CONTOURS: Final = 16
LINES: Final = {"width": 1, "color": "rgba(255, 255, 255, 0.4)"}
CHIP: Final = {"bgcolor": "rgba(8, 36, 63, 0.8)", "font": {"color": PALE, "size": 12}, "borderpad": 2}
CHIP_APART: Final = 20  # pixels, from what it names
LEAST_HEIGHT: Final = 1e-12  # of the highest, on a logarithmic scale, which has no 0
MOST_TICKS: Final = 6
FEWEST_TICKS: Final = 2
SMALL_TICKS = 3  # of a picture of the small height, which is narrow, too
WIDE: Final = 20  # times as high as the lowest, from where on powers of ten are named
LONGEST_ARROW, SHORTEST_ARROW = 0.18, 0.07  # of an axis; the margin around the path has room for the longest
TINY_ARROW: Final = 1e-12  # of an axis: nothing to be drawn
LARGEST_SHORT: Final = 1e30  # of heights, that are sent as float32
LIFT: Final = 0.015  # of a surface's height: what lies on it would sink into its facets
FLATNESS, EYE, EYE_HEIGHT = 0.62, 1.95, 1.3  # of a surface's box, and from where it is seen
CENTER: Final = {"x": 0, "y": 0, "z": -0.12}  # of what is looked at
UNSEEN: Final = INVISIBLE | {"selected": INVISIBLE, "unselected": INVISIBLE}
STILL: Final = {"showlegend": False, "hovermode": "closest", "dragmode": False}


@dataclass(frozen=True)
class Look:
    """How a landscape is drawn."""

    is_log: bool = False
    is_surface: bool = False  # rather than contours, if there are two weights
    has_path: bool = True  # or only the state that is looked at
    height: int = HEIGHT  # pixels
    turn: int = 0  # degrees, by which a surface is seen from further round than along the run's way


@dataclass(frozen=True, eq=False)
class _Picture:
    """One loss of a landscape, over the weights of these names."""

    ground: Landscape
    objective: ObjectiveName
    names: Sequence[str]
    look: Look

    @property
    def title(self) -> str:
        return OBJECTIVE_NAMES[self.objective]

    @property
    def heights(self) -> npt.NDArray[Any]:
        """The heights, row by row of the second weight if there are two; half the bytes where nobody sees it."""
        heights = self.ground.heights[self.objective].T
        return heights.astype(np.float32) if heights.max() < LARGEST_SHORT else heights

    @property
    def under_path(self) -> Array:
        return self.ground.under_path[self.objective]

    @property
    def in_run(self) -> Array:
        """The losses of the path's states in the run."""
        return self.ground.run.losses[self.objective][self.ground.states]

    @property
    def here(self) -> float:
        """The height of the state that is looked at."""
        return float(self.ground.run.losses[self.objective][self.ground.k])

    @property
    def step(self) -> Array:
        """The next step (chosen,), as long as it is drawn."""
        return arrow_factor(self.ground, self.objective) * self.ground.step(self.objective)

    def scaled(self, heights: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return heights as they are drawn: their powers of ten on a logarithmic scale."""
        if not self.look.is_log:
            return heights
        least = LEAST_HEIGHT * float(self.ground.heights[self.objective].max()) or LEAST_HEIGHT
        return np.asarray(np.log10(np.maximum(heights, least)))


def landscape_figure(ground: Landscape, objective: ObjectiveName, names: Sequence[str], look: Look) -> Figure:
    """Draw a loss over the chosen weights, which have these names: over one as a curve, over two as the look says."""
    draw = _curve if len(ground.places) == 1 else _surface if look.is_surface else _contours
    return draw(_Picture(ground, objective, names, look))


def arrow_factor(ground: Landscape, objective: ObjectiveName) -> float:
    """Return how many times as long as it is the next step is drawn, so that it is seen; 0 if it is far too short."""
    return round_factor(hypot(*(ground.step(objective) / (ground.axes[0][-1] - ground.axes[0][0]))))


def round_factor(share: float) -> float:
    """Return what brings an arrow that is so long, as a share of the axis, to a length that is seen, as `arrow_factor`.

    It is 1, 2 or 5 times a power of ten.
    """
    if share < TINY_ARROW:
        return 0.0
    if SHORTEST_ARROW <= share <= LONGEST_ARROW:
        return 1.0
    power = 10.0 ** floor(log10(LONGEST_ARROW / share))
    return next((digit * power for digit in (5, 2) if digit * power * share <= LONGEST_ARROW), power)


def _contours(picture: _Picture) -> Figure:
    ground, look = picture.ground, picture.look
    x, y = ground.axes
    heights = _heights(picture)
    bar = {"orientation": "h", "thickness": 12, "len": 1, "yref": "container", "y": 0, "yanchor": "bottom"}
    map_ = heights | {
        "type": "contour",
        "contours": {"coloring": "heatmap", "showlines": True} | _levels(heights["z"]),
        "line": LINES,
        "colorbar": bar | {"title": {"text": picture.title}, "outlinewidth": 0} | _ticks(picture),
    }
    path = [_halo(ground), *_ends(ground.path[[0, -1]]), _path(picture)] if look.has_path else []
    names = _names_of_ends(ground.path[[0, -1]]) if look.has_path else []
    axis = {"fixedrange": True, "showgrid": False, "zeroline": False, "constrain": "domain"}
    return {
        "data": [map_, *path, _ring(ground.here)],
        "layout": STILL
        | {
            "height": look.height,
            "margin": {"l": 0, "r": 8, "t": 8, "b": BELOW},
            "xaxis": axis | {"title": {"text": escape(picture.names[0])}, "range": [x[0], x[-1]]},
            "yaxis": axis
            | {"title": {"text": escape(picture.names[1])}, "range": [y[0], y[-1]]}
            | {"scaleanchor": "x", "constraintoward": "top"},
            "annotations": [*_arrows(ground.here, picture.step), *names],
        },
    }


def _surface(picture: _Picture) -> Figure:
    ground = picture.ground
    heights = _heights(picture)
    lift = LIFT * float(np.ptp(heights["z"]))
    surface = heights | {
        "type": "surface",
        "contours": {"z": LINES | {"show": True, "highlight": False} | _levels(heights["z"])},
        "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.08, "roughness": 0.9},
        "showscale": False,
    }
    way = np.column_stack([ground.path, picture.scaled(picture.under_path) + lift])
    here = np.append(ground.here, picture.scaled(np.array([picture.here])) + lift)
    x, y, z = way.T
    path = {"type": "scatter3d", "x": x, "y": y, "z": z, "mode": "lines", "line": {"color": PALE, "width": 6}}
    path |= _states(picture)
    marks = [
        _mark_in_space(way[0], "circle", PALE),
        _mark_in_space(way[-1], "square", PALE),
        _mark_in_space(here, "circle", VIOLET),
    ]
    across, up = ground.path[-1] - ground.path[0]
    side = atan2(up, across) + radians(picture.look.turn)
    axis = {"showspikes": False, "gridcolor": GRAY, "zeroline": False, "showbackground": False}
    return {
        "data": [surface, path, *marks, *_arrow_in_space(here, picture.step)],
        "layout": STILL
        | {
            "height": picture.look.height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "dragmode": "turntable",
            "scene": {
                "xaxis": axis | {"title": {"text": escape(picture.names[0])}},
                "yaxis": axis | {"title": {"text": escape(picture.names[1])}},
                "zaxis": axis | {"title": {"text": picture.title}} | _ticks(picture),
                "aspectmode": "manual",
                "aspectratio": {"x": 1, "y": 1, "z": FLATNESS},
                "annotations": _names_of_ends(way[[0, -1]]),
                "camera": {"eye": {"x": EYE * cos(side), "y": EYE * sin(side), "z": EYE_HEIGHT}, "center": CENTER},
            },
        },
    }


def _curve(picture: _Picture) -> Figure:
    ground, look = picture.ground, picture.look
    (x,), heights = ground.axes, ground.heights[picture.objective]
    line = {"mode": "lines", "hoverinfo": "skip"}
    is_on_way = (x >= ground.path.min()) & (x <= ground.path.max())
    way = line | {"x": x[is_on_way], "y": heights[is_on_way], "line": {"color": GRAY, "width": 8, "simplify": False}}
    curve = line | {
        "x": x,
        "y": heights,
        "line": {"color": BLUE, "width": 2, "simplify": False},
        "hoverinfo": None,
        "hovertemplate": f"{escape(picture.names[0])} %{{x:{number_format(x, 3)}}}<br>{picture.title} "
        f"%{{y:{number_format(heights, 6)}}}<extra></extra>",
    }
    ends = np.column_stack([ground.path, picture.under_path])[[0, -1]]
    names = np.column_stack([ground.path, picture.scaled(picture.under_path)])[[0, -1]]  # placed by a power of ten
    here = np.append(ground.here, picture.scaled(np.array([picture.here])))
    scale = {"type": "log"} if look.is_log else {"type": "linear", "rangemode": "tozero"}
    states = {"x": ground.path[:, 0], "y": picture.under_path, "mode": "markers"} | UNSEEN | _states(picture)
    return {
        "data": [
            *([way] if look.has_path else []),
            curve,
            *([*_ends(ends), states] if look.has_path else []),
            _ring(np.append(ground.here, picture.here)),
        ],
        "layout": STILL
        | {
            "height": look.height,
            "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
            "xaxis": {"title": {"text": escape(picture.names[0])}, "range": [x[0], x[-1]], "fixedrange": True},
            "yaxis": scale | {"title": {"text": picture.title}, "fixedrange": True},
            "annotations": [
                *_arrows(here, np.append(picture.step, 0.0)),
                *(_names_of_ends(names) if look.has_path else []),
            ],
        },
    }


def _heights(picture: _Picture) -> Trace:
    """Return what contours and surface share."""
    x, y = picture.ground.axes
    heights, is_log = picture.heights, picture.look.is_log
    first, second = (
        f"{escape(name)} %{{{axis}:{number_format(values, 3)}}}"
        for name, axis, values in zip(picture.names, "xy", (x, y), strict=True)
    )
    height = f"%{{{'customdata' if is_log else 'z'}:{number_format(heights, 6)}}}"
    return {
        "x": x,
        "y": y,
        "z": picture.scaled(heights),
        "customdata": heights if is_log else None,
        "colorscale": COLORS,
        "hovertemplate": f"{first}<br>{second}<br>{picture.title} {height}<extra></extra>",
    }


def _levels(drawn: npt.NDArray[Any]) -> dict[str, float]:
    """Return between which heights, and how far apart, contours are drawn: evenly spread."""
    lowest, highest = float(drawn.min()), float(drawn.max())
    apart = (highest - lowest) / CONTOURS or 1.0
    return {"start": lowest + apart / 2, "end": highest, "size": apart}


def _ticks(picture: _Picture) -> dict[str, object]:
    """Return round heights to be named, and where they are: at least two, unless there is only one height."""
    heights, is_log = picture.ground.heights[picture.objective], picture.look.is_log
    most = MOST_TICKS if picture.look.height > SMALL_HEIGHT else SMALL_TICKS
    highest = float(heights.max())
    lowest = max(float(heights.min()), LEAST_HEIGHT * highest) if is_log else float(heights.min())
    if is_log and highest > WIDE * lowest:
        named = _powers(lowest, highest, most)
    else:
        apart = _round_up((highest - lowest) / most)
        named = _multiples(apart, lowest, highest)
        if len(named) < FEWEST_TICKS:
            named = _multiples(_round_up(apart / 3), lowest, highest)  # the next smaller round distance
    return {"tickvals": picture.scaled(np.array(named)).tolist(), "ticktext": _told_apart(named)}


def _told_apart(heights: Sequence[float]) -> list[str]:
    """Return heights in three digits, or in as many more as tell them apart."""
    for digits in range(3, 16):
        texts = [digits_text(height, digits) for height in heights]
        if len(set(texts)) == len(texts):
            break
    return texts


def _powers(lowest: float, highest: float, most: int) -> list[float]:
    """Return at most so many powers of ten between two heights, with 2 and 5 times them if there is only one."""
    powers = range(floor(log10(lowest)), floor(log10(highest)) + 1)
    for digits in ((1,), (1, 2, 5)):
        named = [digit * 10.0**power for power in powers for digit in digits]
        within = [number for number in named if lowest <= number <= highest]
        if len(within) >= FEWEST_TICKS:
            break
    return within[:: ceil(len(within) / most)]


def _multiples(apart: float, lowest: float, highest: float) -> list[float]:
    return [apart * number for number in range(ceil(lowest / apart), floor(highest / apart) + 1)]


def _round_up(number: float) -> float:
    """Return the next larger of 1, 2 and 5 times a power of ten; 1 for 0."""
    if not number:
        return 1.0
    power = 10.0 ** floor(log10(number))
    return next((digit * power for digit in (1, 2, 5) if digit * power >= number), 10 * power)


def _line(ground: Landscape) -> Trace:
    return {"x": ground.path[:, 0], "y": ground.path[:, 1], "mode": "lines"}


def _path(picture: _Picture) -> Trace:
    """Return the run's way. Its markers are there to be clicked: Plotly selects no point of a bare line."""
    line = {"mode": "lines+markers", "line": {"color": PALE, "width": 2.5}}
    return _line(picture.ground) | UNSEEN | line | _states(picture)


def _states(picture: _Picture) -> Trace:
    """Return the path's states with their numbers, their losses in the run and those under them, for pointing at them.

    They are lists: rows of an array would come back from a click as something else.
    """
    form = number_format(np.append(picture.in_run, picture.under_path), 6)
    numbers = (picture.ground.states, picture.in_run, picture.under_path)
    return {
        "customdata": list(map(list, zip(*(values.tolist() for values in numbers), strict=True))),
        "hovertemplate": f"state %{{customdata[0]:,}}<br>in the run %{{customdata[1]:{form}}}<br>"
        f"in the picture %{{customdata[2]:{form}}}<extra></extra>",
    }


def _halo(ground: Landscape) -> Trace:
    """Return the dark edge by which the pale line is told from pale ground."""
    return _line(ground) | {"line": {"color": DARK, "width": 6}, "opacity": 0.7, "hoverinfo": "skip"}


def _ends(ends: Array) -> list[Trace]:
    """Return the marks of the path's ends (2, 2)."""
    return [
        {
            "x": [x],
            "y": [y],
            "mode": "markers",
            "marker": {"symbol": symbol, "size": 11, "color": PALE, "line": {"color": DARK, "width": 2}},
            "hoverinfo": "skip",
            **AS_BEFORE,
        }
        for symbol, (x, y) in zip(("circle", "square"), ends.tolist(), strict=True)
    ]


def _names_of_ends(ends: Array) -> list[dict[str, object]]:
    """Return the words at the path's ends (2, axes): one above, one below, so that they do not meet."""
    return [
        CHIP | dict(zip("xyz", end, strict=False)) | {"text": name, "showarrow": False, "yshift": shift}
        for name, shift, end in zip(("start", "end"), (CHIP_APART, -CHIP_APART), ends.tolist(), strict=True)
    ]


def _ring(here: Array) -> Trace:
    """Return the mark of the state that is looked at."""
    x, y = here.tolist()
    return {
        "x": [x],
        "y": [y],
        "mode": "markers",
        "marker": {"symbol": "circle-open", "size": 16, "color": VIOLET, "line": {"width": 3}},
        "hoverinfo": "skip",
        **AS_BEFORE,
    }


def _arrows(start: Array, step: Array) -> list[dict[str, object]]:
    """Return the next step as an arrow; none if there is none."""
    if not step.any():
        return []
    (x, y), (end_x, end_y) = start.tolist(), (start + step).tolist()
    tail = {"ax": x, "ay": y, "axref": "x", "ayref": "y", "arrowhead": 2, "arrowsize": 1, "arrowwidth": 3}
    return [tail | {"x": end_x, "y": end_y, "text": "", "showarrow": True, "arrowcolor": VIOLET}]


def _mark_in_space(position: Array, symbol: str, color: str) -> Trace:
    x, y, z = position.tolist()
    return {
        "type": "scatter3d",
        "x": [x],
        "y": [y],
        "z": [z],
        "mode": "markers",
        "marker": {"symbol": symbol, "size": 7, "color": color, "line": {"color": DARK, "width": 2}},
        "hoverinfo": "skip",
    }


def _arrow_in_space(here: Array, step: Array) -> list[Trace]:
    """Return the next step as a level line with a point; none if there is none."""
    if not step.any():
        return []
    end = here + np.append(step, 0.0)
    x, y, z = np.column_stack([here, end])
    shaft = {"type": "scatter3d", "x": x, "y": y, "z": z, "mode": "lines", "line": {"color": VIOLET, "width": 9}}
    return [shaft | {"hoverinfo": "skip"}, _mark_in_space(end, "diamond", VIOLET)]
