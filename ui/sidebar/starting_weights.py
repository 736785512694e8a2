"""The starting weights as the reader types them, one table a layer: a row an input, the bias's last, a column a neuron.

The cells are text, as those of the data table are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from core import Experiment
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
    input_names: tuple[str, ...]


def start_from(layers: tuple[Cells, ...], input_names: tuple[str, ...] = ()) -> Start[TypedWeights]:
    """Let the editors start from `layers`, whatever is in them; without layers, from those drawn."""
    st.session_state[LATEST] = layers
    return begin(WEIGHTS, TypedWeights(layers, input_names))


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


def choose_weights(network: Experiment) -> tuple[Cells, ...]:
    """Show an editor a layer of a network; where it has changed, they start from what still fits.

    So they do where they were hidden for a while: Streamlit forgets the edits of a hidden editor. Each
    shape of the network keeps its own weights: chosen again, it brings them back.
    """
    start, by_network = _start(), st.session_state[BY_NETWORK]
    shape = network.hidden_layers, network.sizes[-1], network.has_biases
    rows = [tuple(distinct(names)) for names in source_names(network)]
    typed = start.value
    shapes = [(len(layer), len(layer[0])) for layer in typed.layers]
    is_another = (shapes, typed.input_names) != (network.shapes, rows[0])
    were_hidden = start.key() not in st.session_state and typed.layers != latest()
    if is_another or were_hidden:
        old = by_network.get(shape) or TypedWeights(latest(), typed.input_names)
        kept = _by_name(old.layers, old.input_names, rows[0])
        start = start_from(_fitted(kept, _drawn(network)), rows[0])
    elif _has_foreign_edits(start):
        start = start_from(latest(), rows[0])
    edited = tuple(
        _edited(layer, start.key(number), *names)
        for number, (layer, *names) in enumerate(
            zip(start.value.layers, rows, neuron_names(network.sizes), strict=True)
        )
    )
    st.session_state[LATEST] = edited
    by_network[shape] = TypedWeights(edited, rows[0])
    return edited


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


def _drawn(network: Experiment) -> tuple[Cells, ...]:
    return tuple(map(cells_of, network.weights_before))


def _by_name(typed: tuple[Cells, ...], before: Sequence[str], now: Sequence[str]) -> tuple[Cells, ...]:
    """Return the weights with those of each input in its new place; as many inputs as before were renamed at most."""
    if not typed or not before or len(before) == len(now):
        return typed
    rows = dict(zip(before, typed[0], strict=True))
    return (tuple(rows.get(name, ()) for name in now), *typed[1:])


def _fitted(typed: tuple[Cells, ...], drawn: tuple[Cells, ...]) -> tuple[Cells, ...]:
    """Return the drawn weights with the typed ones in their places, as far as these still exist."""
    if len(typed) != len(drawn):
        return drawn
    return tuple(
        tuple(old[: len(new)] + new[len(old) :] for old, new in zip(before, now, strict=False)) + now[len(before) :]
        for before, now in zip(typed, drawn, strict=True)
    )
