"""The network as it treats one row: nodes with their values, the target, the error."""

from collections.abc import Sequence

from core import Experiment
from core.arrays import Weights
from core.network import BackwardLayer, ForwardLayer
from ui.figures.parts import (
    AS_BEFORE,
    LABEL_AT,
    NODE_SIZE,
    ROOM_BELOW,
    ROOM_FOR_VALUES,
    Position,
    Trace,
    drawn_sizes,
    fitting,
    hidden_axis,
    line_style,
    name_size,
    node_circles,
    node_positions,
    node_size_of,
    spacing_of,
    strokes,
    weight_labels,
)
from ui.figures.style import GRAY, GREEN, VIOLET, Figure, escape
from ui.text import exact_text, input_text
from ui.view import Neuron

MOST_POINTED_AT = 200  # connections that can be pointed at all along; of more, in one place
TO_TARGET = 1.2  # as far as from layer to layer: all digits of an error have room, also on a phone
MORE_PLACES = (0.24, 0.6, 0.78)  # of a connection's length, that can be pointed at


def network_figure(
    experiment: Experiment,
    layers: Sequence[ForwardLayer],
    steps: Sequence[BackwardLayer],
    row: int,
    chosen: Neuron,
) -> Figure:
    """Draw the network as it treats one row, the `chosen` neuron (layer, unit) ringed.

    The layers run from left to right, one apart; up and down is in pixels. Behind each output stands its
    target, the error between them.
    """
    sizes = drawn_sizes(experiment)
    nodes = node_positions(sizes)
    weights = tuple(layer.weights for layer in layers)
    height = round(max(spacing_of(size) * size for size in sizes)) + ROOM_BELOW
    targets_at = [(x + TO_TARGET, y) for x, y in nodes[-1]]
    errors = zip(nodes[-1], targets_at, steps[-1].error[row], strict=True)
    texts = [_inputs(experiment, row), *_answers(layers, steps, row)]
    if experiment.has_biases:
        texts[:-1] = [[*texts_of_layer, ""] for texts_of_layer in texts[:-1]]
    targets = [input_text(target) for target in experiment.dataset.target_columns[row]]
    is_sparse = experiment.weight_count <= MOST_POINTED_AT
    traces = [
        *connection_lines(nodes, weights),
        *(_error(*ends) for ends in errors),
        weight_labels(experiment, weights, places=(LABEL_AT, *(MORE_PLACES if is_sparse else ()))),
        node_circles(experiment, chosen),
        _values([*texts, targets], [*nodes, targets_at]),
        _targets(experiment.dataset.target_names, targets_at),
    ]
    return {"data": traces, "layout": layout(height, len(nodes) - 1 + TO_TARGET)}


def layout(height: int, columns: float) -> dict[str, object]:
    """Return the layout of a drawing without axes, in which nothing zooms."""
    return {
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": hidden_axis() | {"range": [-0.3, columns + 0.3]},
        "yaxis": hidden_axis() | {"range": [-height / 2, height / 2]},
    }


def connection_lines(nodes: Sequence[Sequence[Position]], weights: Weights) -> list[Trace]:
    """Return a trace for each way of drawing that occurs."""
    return [
        line_style(stroke) | {"x": points[:, 0], "y": points[:, 1]}
        for stroke, points in strokes(nodes, weights).items()
    ]


def _inputs(experiment: Experiment, row: int) -> list[str]:
    """Return the inputs as the network is given them, under the table's numbers where those are standardised."""
    raw, scaling = experiment.dataset.inputs[row], experiment.scaling
    if not scaling:
        return [input_text(number) for number in raw]
    return [
        f"{_colored(GRAY, input_text(number))}<br>{exact_text(given)}" if changes else input_text(number)
        for number, given, changes in zip(raw, experiment.given(raw), scaling.changes, strict=True)
    ]


def _answers(layers: Sequence[ForwardLayer], steps: Sequence[BackwardLayer], row: int) -> list[list[str]]:
    """Return the neurons' outputs and deltas, layer by layer."""
    return [
        [
            f"{exact_text(output)}<br>{_colored(VIOLET, f'δ {exact_text(delta)}')}"
            for output, delta in zip(layer.activation[row], step.delta[row], strict=True)
        ]
        for layer, step in zip(layers, steps, strict=True)
    ]


def _values(texts: Sequence[Sequence[str]], nodes: Sequence[Sequence[Position]]) -> Trace:
    """Return what stands under the nodes, layer by layer; the targets' are the last."""
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
        "text": [text for layer in texts for text in layer],
        "textposition": places,
        "textfont": {"color": [GREEN] * (len(at) - len(texts[-1])) + [GRAY] * len(texts[-1]), "size": 12},
        "hoverinfo": "skip",
    }


def _targets(names: Sequence[str], at: Sequence[Position]) -> Trace:
    written = fitting(names, NODE_SIZE)
    return {
        "x": [x for x, _ in at],
        "y": [y for _, y in at],
        "mode": "markers+text",
        "marker": {"size": NODE_SIZE, "color": GRAY, "symbol": "square"},
        "text": written,
        "textfont": {"color": "white", "size": [name_size(text) for text in written]},
        "hovertext": [f"target {escape(name)}" for name in names],
        "hoverinfo": "text",
        **AS_BEFORE,
    }


def _error(output_at: Position, target_at: Position, error: float) -> Trace:
    """Return a line from an output to its target, the error's number in its middle."""
    return {
        "x": [output_at[0], (output_at[0] + target_at[0]) / 2, target_at[0]],
        "y": [output_at[1]] * 3,
        "mode": "lines+text",
        "line": {"color": VIOLET, "width": 2, "dash": "dot"},
        "text": ["", f"error<br>{exact_text(error)}", ""],
        "textposition": "top center",
        "textfont": {"color": VIOLET, "size": 12},
        "hoverinfo": "skip",
    }


def _colored(color: str, text: str) -> str:
    return f'<span style="color:{color}">{text}</span>'
