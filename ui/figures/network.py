"""The network as it treats one row: nodes with their values, the target, the error."""

from collections.abc import Sequence

from core import Experiment
from core.arrays import Weights
from core.network import BackwardLayer, ForwardLayer
from ui.figures.parts import (
    NODE_SIZE,
    ROOM_BELOW,
    ROOM_FOR_VALUES,
    Position,
    Trace,
    fitting,
    hidden_axis,
    line_style,
    node_circles,
    node_positions,
    node_size_of,
    spacing_of,
    strokes,
    weight_labels,
)
from ui.figures.style import GRAY, GREEN, VIOLET, Figure, escape
from ui.text import exact_text, input_text


def network_figure(
    experiment: Experiment,
    layers: Sequence[ForwardLayer],
    steps: Sequence[BackwardLayer],
    row: int,
    chosen: tuple[int, int],
) -> Figure:
    """Draw the network as it treats one row, the `chosen` neuron (layer, unit) ringed.

    The layers run from left to right, a unit apart; up and down is in pixels. The target stands behind
    the output, the error between them.
    """
    nodes = node_positions(experiment.sizes)
    weights = tuple(layer.weights for layer in layers)
    height = round(max(spacing_of(size) * size for size in experiment.sizes)) + ROOM_BELOW
    output_at, target_at = nodes[-1][0], (len(nodes), 0.0)
    traces = [
        *connection_lines(nodes, weights),
        _error(steps, output_at, target_at, row),
        weight_labels(experiment, weights),
        node_circles(experiment, chosen),
        _values(experiment, layers, steps, [*nodes, [target_at]], row),
        _target(experiment, target_at),
    ]
    return {"data": traces, "layout": layout(height, len(nodes))}


def layout(height: int, columns: int) -> dict[str, object]:
    """Return the layout of a drawing without axes, in which nothing zooms."""
    return {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "xaxis": hidden_axis() | {"range": [-0.3, columns + 0.3]},
        "yaxis": hidden_axis() | {"range": [-height / 2, height / 2]},
    }


def connection_lines(nodes: Sequence[Sequence[Position]], weights: Weights) -> list[Trace]:
    """Return a trace for each way of drawing that occurs."""
    return [
        line_style(stroke) | {"x": points[:, 0], "y": points[:, 1]}
        for stroke, points in strokes(nodes, weights).items()
    ]


def _values(
    experiment: Experiment,
    layers: Sequence[ForwardLayer],
    steps: Sequence[BackwardLayer],
    nodes: Sequence[Sequence[Position]],
    row: int,
) -> Trace:
    """Return what stands under the nodes: an input's value, a neuron's output and delta, the target."""
    texts = [input_text(value) for value in layers[0].inputs[row]]
    for layer, step in zip(layers, steps, strict=True):
        texts += [
            f"{exact_text(output)}<br>{_colored(VIOLET, f'δ {exact_text(delta)}')}"
            for output, delta in zip(layer.activation[row], step.delta[row], strict=True)
        ]
    texts.append(input_text(experiment.dataset.targets[row]))
    at, places = [], []
    for layer_nodes in nodes:
        below = spacing_of(len(layer_nodes)) >= ROOM_FOR_VALUES
        size = node_size_of(len(layer_nodes))
        at += [(x, y - size / 2 - 3) if below else (x - 0.06, y) for x, y in layer_nodes]
        places += ["bottom center" if below else "middle left"] * len(layer_nodes)
    return {
        "x": [x for x, _ in at],
        "y": [y for _, y in at],
        "mode": "text",
        "text": texts,
        "textposition": places,
        "textfont": {"color": [GREEN] * (len(texts) - 1) + [GRAY], "size": 12},
        "hoverinfo": "skip",
    }


def _target(experiment: Experiment, at: Position) -> Trace:
    (name,) = experiment.dataset.target_names
    return {
        "x": [at[0]],
        "y": [at[1]],
        "mode": "markers+text",
        "marker": {"size": NODE_SIZE, "color": GRAY, "symbol": "square"},
        "text": [fitting(name)],
        "textfont": {"color": "white", "size": 11},
        "hovertext": [f"target {escape(name)}"],
        "hoverinfo": "text",
    }


def _error(steps: Sequence[BackwardLayer], output_at: Position, target_at: Position, row: int) -> Trace:
    """Return a line from output to target, the error's number in its middle."""
    return {
        "x": [output_at[0], (output_at[0] + target_at[0]) / 2, target_at[0]],
        "y": [0, 0, 0],
        "mode": "lines+text",
        "line": {"color": VIOLET, "width": 2, "dash": "dot"},
        "text": ["", f"error<br>{exact_text(steps[-1].error[row, 0])}", ""],
        "textposition": "top center",
        "textfont": {"color": VIOLET, "size": 12},
        "hoverinfo": "skip",
    }


def _colored(color: str, text: str) -> str:
    return f'<span style="color:{color}">{text}</span>'
