"""The starting weights as the reader types them, one table a layer: a row an input, the bias's last, a column a neuron.

The cells are text, as those of the data table are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import pandas as pd
import streamlit as st

from core import Experiment
from core.arrays import LARGEST_NUMBER
from core.messages import shown
from ui.names import distinct, neuron_names, source_names
from ui.session import key
from ui.settings import Cells, cells_of
from ui.sidebar.editor import Start, begin, known

WEIGHTS: Final = "weights"
LATEST: Final = key("latest_weights")
BY_NETWORK: Final = key("weights_by_network")  # what was last typed for each: hidden units, outputs, with biases or not


@dataclass(frozen=True)
class TypedWeights:
    """What the editors, one a layer, start from."""

    layers: tuple[Cells, ...]
    input_names: tuple[str, ...]  # none where they are not known
    has_biases: bool  # whether each layer's last row is of biases


def start_from(layers: tuple[Cells, ...]) -> Start[TypedWeights]:
    """Let the editors start from `layers`, whatever is in them; without layers, from those drawn."""
    return _start_from(TypedWeights(layers, (), has_biases=False))


def _start_from(typed: TypedWeights) -> Start[TypedWeights]:
    st.session_state[LATEST] = typed.layers
    return begin(WEIGHTS, typed)


def forget() -> None:
    """Forget what was typed for other networks: it belonged to another experiment."""
    st.session_state[BY_NETWORK] = {}


def keys() -> list[str]:
    """Return the keys of the editors."""
    start = _start()
    return [start.key(layer) for layer in range(len(start.value.layers))]


def latest() -> tuple[Cells, ...]:
    """Return what was typed last."""
    typed: tuple[Cells, ...] = st.session_state[LATEST]
    return typed


def _start() -> Start[TypedWeights]:
    start: Start[TypedWeights] = st.session_state[key(WEIGHTS)]
    return start


def choose_weights(network: Experiment, *, is_shown: bool) -> tuple[Cells, ...]:
    """Show an editor a layer of a network, if they are shown; where it has changed, they start from what still fits.

    They start anew, too, from what was typed last, where they are folded away or hidden, and where they are
    shown again: Streamlit forgets an editor's edits meanwhile. Each
    shape of the network keeps its own weights: chosen again, it brings them back.
    """
    start, by_network = _start(), st.session_state[BY_NETWORK]
    shape = network.hidden_layers, network.sizes[-1], network.has_biases
    names, has_biases = network.dataset.input_names, network.has_biases
    typed = start.value
    shapes = [(len(layer), len(layer[0])) for layer in typed.layers]
    is_another = (shapes, typed.input_names, typed.has_biases) != (network.shapes, names, has_biases)
    has_edits = is_shown and start.key() in st.session_state
    if is_another or (not has_edits and typed.layers != latest()):
        old = by_network.get(shape) or TypedWeights(latest(), typed.input_names, typed.has_biases)
        if not old.input_names:  # of a link or a file, that were made for a network such as this
            old = TypedWeights(old.layers, names, has_biases)
        start = _start_from(TypedWeights(_fitted(old, network), names, has_biases))
    elif _has_foreign_edits(start):
        start = _start_from(TypedWeights(latest(), names, has_biases))
    edited = _all_edited(start, network) if is_shown else start.value.layers
    st.session_state[LATEST] = edited
    by_network[shape] = TypedWeights(edited, names, has_biases)
    return edited


def _all_edited(start: Start[TypedWeights], network: Experiment) -> tuple[Cells, ...]:
    rows = [distinct(sources) for sources in source_names(network)]
    return tuple(
        _edited(layer, start.key(number), *labels)
        for number, (layer, *labels) in enumerate(
            zip(start.value.layers, rows, neuron_names(network.sizes), strict=True)
        )
    )


def problem(network: Experiment, layers: tuple[Cells, ...]) -> str | None:
    """Say which of the typed weights of a network is no number, and the remedy; None if all are numbers."""
    cells = (cell for layer in layers for row in layer for cell in row)
    ends = zip(source_names(network), neuron_names(network.sizes), strict=True)
    places = (place for layer in ends for place in product(*layer))
    for cell, (source, neuron) in zip(cells, places, strict=False):
        if problem := _problem_of(cell):
            return f"Starting weights, row “{shown(source, str)}”, column “{neuron}”: {problem}"
    return None


def _problem_of(cell: str) -> str | None:
    if not cell.strip():
        return "the cell is blank. Type a number."
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if math.isnan(number):
        return f"“{shown(cell, str)}” is not a number. Type one, with a point for decimals, such as 0.5."
    if abs(number) > LARGEST_NUMBER:
        return f"the weight {shown(cell, str)} is too large. Type a number between -1e50 and 1e50."
    return None


def _has_foreign_edits(start: Start[TypedWeights]) -> bool:
    """Tell whether an edit is not one of these tables: all edits since the last run are left out then."""
    layers = start.value.layers
    columns = neuron_names([0, *(len(layer[0]) for layer in layers)])
    for number, (layer, names) in enumerate(zip(layers, columns, strict=True)):
        edits = st.session_state.get(start.key(number))
        if edits and known(edits, len(layer), names) != edits:
            return True
    return False


def _edited(layer: Cells, editor: str, rows: Sequence[str], columns: Sequence[str]) -> Cells:
    frame = pd.DataFrame(layer, index=list(rows), columns=list(columns), dtype="str")
    edited = st.data_editor(
        frame,
        key=editor,
        disabled=["_index"],
        placeholder="",
        column_config={name: st.column_config.TextColumn(name, alignment="left", width=90) for name in columns},
        alt=f"Starting weights from {shown(rows[0], str)} … to {columns[0]} …",
    )
    return tuple(tuple("" if pd.isna(cell) else str(cell) for cell in row) for row in edited.to_numpy(dtype=object))


def _fitted(typed: TypedWeights, network: Experiment) -> tuple[Cells, ...]:
    """Return the network's own weights with the typed ones in their places, as far as these still exist."""
    own = tuple(map(cells_of, network.weights_before))
    if len(typed.layers) != len(own):
        return own
    fitted = []
    for number, (before, now) in enumerate(zip(typed.layers, own, strict=True)):
        rows, bias = _parted(before, has_biases=typed.has_biases)
        own_rows, own_bias = _parted(now, has_biases=network.has_biases)
        if number == 0:
            rows = _by_name(rows, typed.input_names, network.dataset.input_names)
        fitted.append(_over(rows, own_rows) + _over(bias, own_bias))
    return tuple(fitted)


def _parted(layer: Cells, *, has_biases: bool) -> tuple[Cells, Cells]:
    """Return the rows of a layer's inputs, and that of its biases if there is one."""
    end = len(layer) - has_biases
    return layer[:end], layer[end:]


def _by_name(rows: Cells, before: Sequence[str], now: Sequence[str]) -> Cells:
    """Return the rows with that of each input in its new place; an input under a new name is still in its place."""
    by_name = dict(zip(before, rows, strict=False))

    def row(place: int, name: str) -> tuple[str, ...]:
        is_renamed = len(before) == len(now) and before[place] not in now
        return by_name.get(name, by_name.get(before[place], ()) if is_renamed else ())

    return tuple(row(place, name) for place, name in enumerate(now))


def _over(typed: Cells, own: Cells) -> Cells:
    """Return the rows `own` with what is typed over them, cell by cell."""
    return tuple(old[: len(new)] + new[len(old) :] for old, new in zip(typed, own, strict=False)) + own[len(typed) :]
