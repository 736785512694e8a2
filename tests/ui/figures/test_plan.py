"""The network as a plan: everything that is connected, within the drawing, and no number."""

from collections import defaultdict
from itertools import pairwise
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from strategies import networks

from core import NOTEBOOK, Dataset, Experiment
from ui.figures.plan import network_plan
from ui.names import node_names


def parts(experiment, kind):
    return ET.fromstring(network_plan(experiment)).findall(kind)  # noqa: S314 - our own


def number(part, name):
    return float(part.attrib[name])


@given(networks())
def test_every_node_and_every_connection_is_drawn(experiment):
    """A bias is a node that nothing leads to, named 1."""
    names = [part.text for part in parts(experiment, "text")]
    assert names.count("1") == (len(experiment.sizes) - 1) * experiment.has_biases
    assert [name for name in names if name != "1"] == [name for layer in node_names(experiment) for name in layer]
    assert len(parts(experiment, "line")) == experiment.weight_count


@given(st.lists(st.integers(1, 32), max_size=3), st.integers(1, 32))
def test_the_nodes_are_within_the_drawing_and_do_not_touch(hidden, inputs):
    """However many there are."""
    experiment = Experiment(Dataset([[0] * inputs], [0]), hidden_units=tuple(hidden), biases="learned")
    left, top, width, height = map(float, ET.fromstring(network_plan(experiment)).attrib["viewBox"].split())  # noqa: S314
    layers = defaultdict(list)
    for circle in parts(experiment, "circle"):
        x, y, radius = (number(circle, name) for name in ("cx", "cy", "r"))
        assert left <= x - radius <= x + radius <= left + width
        assert top - 1 <= y - radius <= y + radius <= top + height + 1
        layers[x].append((y, radius))
    for layer in layers.values():
        assert all(lower - upper >= 2 * radius for (upper, radius), (lower, _) in pairwise(layer))


def test_names_are_written_to_the_letter():
    experiment = Experiment(Dataset([[0, 1]], [0], ["<b>", "a&b"]))
    assert [part.text for part in parts(experiment, "text")] == ["<b>", "a&b", "output"]


def test_it_reads_from_left_to_right():
    """And from the first input down."""
    ends = [tuple(number(line, name) for name in ("x1", "y1", "x2", "y2")) for line in parts(NOTEBOOK, "line")]
    assert all(x < end_x for x, _, end_x, _ in ends)
    assert [y for _, y, _, _ in ends] == sorted(y for _, y, _, _ in ends)
