"""The starting weights as the reader types them, one table a layer: a row an input, a column a neuron.

The cells are text, as those of the data table are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd
import streamlit as st

from core import initial_weights
from ui.markup import distinct
from ui.settings import Cells, cells_of, neuron_names

WEIGHTS: Final = "weights"
LATEST: Final = "latest_weights"


@dataclass(frozen=True)
class TypedWeights:
    """What the editors start from; a new version makes new editors."""

    layers: tuple[Cells, ...]
    input_names: tuple[str, ...]
    version: int

    def key(self, layer: int) -> str:
        """Return the key of a layer's editor."""
        return f"{WEIGHTS}_{self.version}_{layer}"


def start_from(layers: tuple[Cells, ...], input_names: tuple[str, ...] = ()) -> TypedWeights:
    """Let the editors start from `layers`, whatever was typed before; without layers, from those drawn."""
    previous: TypedWeights | None = st.session_state.get(WEIGHTS)
    typed = TypedWeights(layers, input_names, previous.version + 1 if previous else 0)
    st.session_state[WEIGHTS], st.session_state[LATEST] = typed, layers
    return typed


def keys() -> list[str]:
    """Return the keys of the editors."""
    typed: TypedWeights = st.session_state[WEIGHTS]
    return [typed.key(layer) for layer in range(len(typed.layers))]


def latest() -> tuple[Cells, ...]:
    """Return what was typed last."""
    typed: tuple[Cells, ...] = st.session_state[LATEST]
    return typed


def choose_weights(sizes: Sequence[int], input_names: Sequence[str], seed: int) -> tuple[Cells, ...]:
    """Show an editor a layer; where the network has changed, they start from what still fits.

    So they do where they were hidden for a while: Streamlit forgets the edits of a hidden editor.
    """
    typed: TypedWeights = st.session_state[WEIGHTS]
    shapes = [(len(layer), len(layer[0])) for layer in typed.layers]
    is_another = (shapes, typed.input_names) != (list(pairwise(sizes)), tuple(input_names))
    were_hidden = typed.key(0) not in st.session_state and typed.layers != latest()
    if is_another or were_hidden:
        kept = _by_name(latest(), typed.input_names, input_names)
        typed = start_from(_fitted(kept, _drawn(seed, sizes)), tuple(input_names))
    output, *hidden = neuron_names(sizes[1] if len(sizes) > 2 else 0)
    names = [layer for layer in (input_names, hidden, [output]) if layer]
    edited = tuple(
        _edited(layer, typed.key(index), rows, columns)
        for index, (layer, (rows, columns)) in enumerate(zip(typed.layers, pairwise(names), strict=True))
    )
    st.session_state[LATEST] = edited
    return edited


def _edited(layer: Cells, key: str, rows: Sequence[str], columns: Sequence[str]) -> Cells:
    frame = pd.DataFrame(layer, index=distinct(rows), columns=list(columns), dtype="str")
    edited = st.data_editor(
        frame,
        key=key,
        disabled=["_index"],
        placeholder="",
        column_config={name: st.column_config.TextColumn(name, alignment="left", width=90) for name in columns},
        alt=f"Starting weights from {rows[0]} … to {columns[0]} …",
    )
    return tuple(tuple("" if pd.isna(cell) else str(cell) for cell in row) for row in edited.to_numpy(dtype=object))


def _drawn(seed: int, sizes: Sequence[int]) -> tuple[Cells, ...]:
    return tuple(map(cells_of, initial_weights(seed, sizes)))


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
