"""What a curve and a map of what a network computes share: their size, axes and legend, and texts upon them."""

from ui.figures.computed import Computed
from ui.figures.parts import Trace
from ui.figures.style import shortened

HEIGHT = 380  # pixels,
UNDER = 88  # of it below the plot, for the axis and the legend
MOST_TICKS = 6
STANDOFF = 16  # pixels between an axis and its title
LONGEST_TITLE = 30  # letters of an axis
LONGEST_NAME = 14  # letters of a target's name in the legend and on the plot
LEGEND = {"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom", "itemsizing": "constant"}
PILL = {
    "showarrow": False,
    "bgcolor": "rgba(255,255,255,0.85)",
    "font": {"color": "#22252b", "size": 12},
    "borderpad": 2,
}


def layout(computed: Computed) -> Trace:
    """Return the layout of a plot that does not zoom, its x-axis the first input of the slice."""
    return {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 8, "t": 8, "b": UNDER},
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": True,
        "legend": LEGEND,
        "xaxis": input_axis(computed, 0),
    }


def input_axis(computed: Computed, place: int) -> Trace:
    """Return the axis of a slice's first or second input."""
    values, name = computed.over.axes[place], computed.experiment.dataset.input_names[computed.over.columns[place]]
    return still_axis(shortened(name, LONGEST_TITLE), values[0], values[-1])


def still_axis(title: str, low: float, high: float) -> Trace:
    """Return an axis with a title that does not zoom."""
    return {
        "title": {"text": title, "standoff": STANDOFF},
        "range": [low, high],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "nticks": MOST_TICKS,
    }


def pill(text: str, x: float, y: float, within: tuple[float, float]) -> Trace:
    """Return a text at a point; near an edge it stands on the inner side. `within` is the point's share of the axes."""
    across, up = (min(2, int(3 * share)) for share in within)
    return PILL | {
        "text": text,
        "x": x,
        "y": y,
        "xanchor": ("left", "center", "right")[across],
        "yanchor": ("bottom", "middle", "top")[up],
    }
