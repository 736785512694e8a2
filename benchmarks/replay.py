"""The reference for the page: a visit as it was recorded, shown again by the same Streamlit calls, with no work.

What the calls are given is prepared when the module is imported: figures as dictionaries.
"""

import json
import os
import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

RECORDING: Final = "BENCHMARK_RECORDING"  # names the variable that holds the file's path
SIDEBAR: Final = 1  # the first place in an element's path
Call: TypeAlias = Callable[[DeltaGenerator], object]


@dataclass
class Node:
    """A block or an element of the page, its call prepared, and what is in it."""

    path: tuple[int, ...] = ()
    fragment: str = ""  # the part of the page that is run anew by itself
    kind: str = ""
    proto: Any = None
    call: Call = DeltaGenerator.container
    children: dict[int, "Node"] = field(default_factory=dict)

    def at(self, path: Sequence[int]) -> "Node":
        """Return the node at a path below this one, made if it is not there."""
        if not path:
            return self
        child = self.children.setdefault(path[0], Node((*self.path, path[0])))
        return child.at(path[1:])


def tree(messages: Iterable[bytes]) -> Node:
    """Return the elements of one run."""
    root = Node()
    for message in map(ForwardMsg.FromString, messages):
        if message.WhichOneof("type") == "delta":
            _prepare(root.at(message.metadata.delta_path), message.delta)
    return root


def show(node: Node, place: DeltaGenerator) -> None:
    """Show what is in a node in its place."""
    for _, child in sorted(node.children.items()):
        if child.fragment != node.fragment:
            with place:
                _show_part(child.path)
        elif places := _several(child, place):
            for index, grandchild in child.children.items():
                show(grandchild, places[index])
        else:
            made = child.call(place)
            if isinstance(made, DeltaGenerator):
                show(child, made)


@st.fragment
def _show_part(path: tuple[int, ...]) -> None:
    """Show a part of the page; where it is run by itself, as it was in the next run of the recording."""
    if not st.session_state["is_whole"]:
        st.session_state["run"] += 1
    part = RUNS[st.session_state["run"]].at(path)
    show(part, st.container())


def show_next_run() -> None:
    """Show the visit's next run of the whole page."""
    st.session_state["is_whole"] = True
    st.session_state["run"] = st.session_state.get("run", -1) + 1
    run = RUNS[st.session_state["run"]]
    show(run.at([SIDEBAR]), st.sidebar)
    show(run.at([0]), st.container())
    st.session_state["is_whole"] = False


def _several(node: Node, place: DeltaGenerator) -> Sequence[DeltaGenerator]:
    """Make the places in a node whose places are made at once: columns and tabs."""
    kinds = {child.kind for child in node.children.values()}
    if kinds == {"column"}:
        return place.columns(len(node.children))
    if kinds == {"tab"}:
        labels = [child.proto.label for _, child in sorted(node.children.items())]
        return place.tabs(labels, on_change="rerun", key="tabs")
    return ()


def _prepare(node: Node, delta: Delta) -> None:
    """Note what a node is, and prepare its call."""
    content = delta.add_block if delta.WhichOneof("type") == "add_block" else delta.new_element
    node.fragment, node.kind = delta.fragment_id, content.WhichOneof("type") or ""
    node.proto = getattr(content, node.kind)
    prepare = BLOCKS.get(node.kind) if isinstance(content, Block) else ELEMENTS[node.kind]
    if prepare:
        node.call = prepare(node.proto, str(node.path))


def _container(proto: Any, _key: str) -> Call:
    is_horizontal = proto.direction == Block.FlexContainer.Direction.HORIZONTAL
    return lambda place: place.container(horizontal=is_horizontal)


def _markdown(proto: Any, _key: str) -> Call:
    show_it = DeltaGenerator.caption if proto.element_type == proto.Type.CAPTION else DeltaGenerator.markdown
    return lambda place: show_it(place, proto.body, help=proto.help or None)


def _editor(proto: Any, key: str) -> Call:
    frame, columns = pa.ipc.open_stream(proto.arrow_data.data).read_pandas(), json.loads(proto.columns)
    return lambda place: place.data_editor(
        frame, key=key, num_rows="dynamic", column_config=columns, hide_index=True, alt=proto.alt
    )


def _figure(proto: Any, key: str) -> Call:
    figure, config = json.loads(proto.spec), json.loads(proto.config)
    del figure["layout"]["template"]  # which Streamlit puts into every figure
    choice: Any = {"on_select": lambda: None, "selection_mode": "points"} if proto.selection_mode else {}
    return lambda place: place.plotly_chart(figure, key=key, config=config, alt=proto.alt, **choice)


def _number(proto: Any, key: str) -> Call:
    kind = int if proto.data_type == proto.INT else float
    least, most, step = (kind(value) for value in (proto.min, proto.max, proto.step))
    default: Any = kind(proto.default) if proto.HasField("default") else None
    return lambda place: place.number_input(
        proto.label, least, most, default, step, key=key, help=proto.help or None, format=proto.format or None
    )


def _slider(proto: Any, key: str) -> Call:
    least, most, default = (int(value) for value in (proto.min, proto.max, proto.default[0]))
    return lambda place: place.slider(proto.label, least, most, default, key=key, help=proto.help or None)


def _choice(method: Callable[..., object]) -> Callable[[Any, str], Call]:
    def prepare(proto: Any, key: str) -> Call:
        options = list(proto.options)
        return lambda place: method(place, proto.label, options, key=key, help=proto.help or None)

    return prepare


def _labelled(method: Callable[..., object]) -> Callable[[Any, str], Call]:
    """Return what prepares an element of a label, with a key and a help."""
    return lambda proto, key: lambda place: method(place, proto.label, key=key, help=proto.help or None)


BLOCKS: Final[dict[str, Callable[[Any, str], Call]]] = {
    "flex_container": _container,
    "expandable": lambda proto, _: lambda place: place.expander(proto.label, expanded=proto.expanded),
}
ELEMENTS: Final[dict[str, Callable[[Any, str], Call]]] = {
    "alert": lambda proto, _: lambda place: place.info(proto.body),
    "bidi_component": lambda proto, _: lambda place: place.markdown(proto.component_name),
    "button": _labelled(DeltaGenerator.button),
    "checkbox": _labelled(DeltaGenerator.toggle),
    "dataframe": _editor,
    "empty": lambda _, __: lambda place: place.empty(),
    "file_uploader": _labelled(DeltaGenerator.file_uploader),
    "html": lambda proto, _: lambda place: place.html(proto.body),
    "heading": lambda proto, _: lambda place: place.subheader(proto.body, anchor=False),
    "markdown": _markdown,
    "number_input": _number,
    "plotly_chart": _figure,
    "radio": _choice(DeltaGenerator.radio),
    "selectbox": _choice(DeltaGenerator.selectbox),
    "slider": _slider,
    "text_area": _labelled(DeltaGenerator.text_area),
    "text_input": _labelled(DeltaGenerator.text_input),
}
RUNS: Final = [tree(run) for run in pickle.loads(Path(os.environ[RECORDING]).read_bytes())]  # noqa: S301 - our own file
