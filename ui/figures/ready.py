"""Figures as Streamlit sends them, without Plotly's look at every one of their properties.

That takes longer than drawing them, and the tests have it done: Plotly would make the same of every figure here.
"""

import base64
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from plotly.basedatatypes import BaseFigure
from plotly.graph_objects import Figure as ValidatedFigure
from plotly.io import templates

from core.arrays import Array
from ui.figures.parts import Trace
from ui.figures.style import Figure

WHOLE_NUMBERS: Final = (np.int8, np.int16, np.int32)


class ReadyFigure(BaseFigure):  # type: ignore[misc] # Plotly has no types
    """A figure that is what its dictionary says; Streamlit asks no other for its own."""

    def __init__(self, figure: Figure) -> None:
        data = _traces(figure["data"])
        template = _template(templates.default, frozenset(trace["type"] for trace in data))
        self._ready = {"data": data, "layout": _encoded(figure["layout"]) | {"template": template}}
        if "frames" in figure:
            self._ready["frames"] = [_encoded(frame) | {"data": _traces(frame["data"])} for frame in figure["frames"]]

    def to_dict(self) -> dict[str, Any]:
        """Return it."""
        return self._ready


@cache
def _template(_name: str, types: frozenset[str]) -> dict[str, Any]:
    """Return the template of this name, which is Streamlit's: what it says of layouts, and of these types of traces."""
    template: dict[str, Any] = ValidatedFigure().to_dict()["layout"]["template"]
    return template | {"data": {name: styles for name, styles in template["data"].items() if name in types}}


def _traces(traces: Sequence[Trace]) -> list[Trace]:
    return [{"type": "scatter"} | _encoded(trace) for trace in traces]


def _encoded(value: Any) -> Any:  # noqa: ANN401 - what a figure is made of
    """Return what JSON can hold: arrays as Plotly writes them, in base64."""
    if isinstance(value, dict):
        return {key: _encoded(item) for key, item in value.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_encoded(item) for item in value]
    return _written(value) if isinstance(value, np.ndarray) else value


def _written(numbers: Array) -> object:
    if not numbers.size:
        return []
    if numbers.dtype == np.int64:
        fitting = next(kind for kind in WHOLE_NUMBERS if np.abs(numbers).max() <= np.iinfo(kind).max)
        numbers = numbers.astype(fitting)
    name = f"{numbers.dtype.kind}{numbers.dtype.itemsize}"
    shape = {"shape": ", ".join(map(str, numbers.shape))} if numbers.ndim > 1 else {}
    return {"dtype": name, "bdata": base64.b64encode(numbers.tobytes()).decode("ascii")} | shape
