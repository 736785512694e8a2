"""Watch it learn, on the page: the picture beside the network, what is said of it, and how much is sent."""

import pytest
from app import numbers, opened, query, settled, spec
from films import changed, changes
from plain import outputs

from core import EXAMPLES
from ui import training

LARGEST_MESSAGE = 500_000  # bytes, of both figures


def figures(app):
    """Return the network and the picture beside it, as they were sent."""
    sent = {chart.proto.id.rsplit("page_", 1)[1]: chart for chart in app.get("plotly_chart")}
    return sent["film"], sent["film_picture"]


def buttons(chart):
    """Return the unseen buttons that the player presses, one a frame."""
    return spec(chart)["layout"]["updatemenus"][0]["buttons"]


def titles(chart):
    return [spec(chart)["layout"][axis]["title"]["text"] for axis in ("xaxis", "yaxis")]


AXES = {
    "notebook": ["x1", "x2"],
    "xor-hidden": ["a", "b"],
    "two-layers": ["k", "output"],
    "challenger": ["temperature", "output"],
    "mazur": ["i1", "i2"],
    "majority": ["a", "b"],
    "iris": ["petal length", "petal width"],
}


@pytest.mark.parametrize("key", AXES)
def test_every_network_has_a_picture_of_as_many_states(key):
    """Over the inputs that vary, or the two that tell the targets best; small enough together."""
    app = opened(example=key, tab="watch", epochs=str(min(EXAMPLES[key].experiment.epochs, 2_000)))
    network, picture = figures(app)
    assert len(buttons(network)) == len(spec(network)["frames"]) == len(buttons(picture))
    assert titles(picture) == AXES[key]
    assert len(network.proto.spec) + len(picture.proto.spec) < LARGEST_MESSAGE


def test_the_last_frame_is_the_map_of_the_trained_network():
    app = opened(tab="watch")
    _, picture = figures(app)
    run, colours = app.session_state[training.SHOWN].run, changed(spec(picture)["data"], changes(spec(picture))[-1])[0]
    z = numbers(colours["z"]).reshape(31, 31)
    for row, column in ((0, 0), (9, 20), (30, 30)):
        at = [numbers(colours["x"])[column], numbers(colours["y"])[row], 1]
        assert z[row, column] / colours["zmax"] == pytest.approx(outputs(at, run.weights)[0].real, abs=0.0025)


def test_what_is_seen_at_the_start_and_at_the_end_is_said():
    """Aloud, and below the picture."""
    app = opened(tab="watch")
    _, picture = figures(app)
    assert "State 0. Over x1 and x2, the output is nowhere above ½." in picture.proto.alt
    assert "State 200. Over x1 and x2, the output is above ½ on 51 % of the picture." in picture.proto.alt
    said = "\n".join(caption.value for caption in app.main.caption)
    assert "In state 200 the output is above ½ on 51 % of the picture." in said
    assert "ring" not in said


@pytest.mark.parametrize(("example", "epochs"), [("xor-two-bits", 1000), ("iris", 200)])
def test_it_says_what_what_it_computes_says(example, epochs):
    """Of the same states, though the film's own pictures are coarser."""
    film, still = (opened(example=example, tab=tab, epochs=str(epochs)) for tab in ("watch", "computes"))
    below = "\n".join(caption.value for caption in film.main.caption)
    said = [caption.value for caption in still.main.caption if caption.value.startswith("The ")]
    assert len(said) >= 2
    for k, sentence in zip((0, epochs), said, strict=False):
        assert f"In state {k:,} {sentence[0].lower()}{sentence[1:]}" in below


def test_of_two_outputs_it_is_said_which_is_drawn():
    app = opened(example="mazur", tab="watch", epochs="20")
    assert "the output of o1" in figures(app)[1].proto.alt


def test_the_inputs_are_chosen_as_in_what_it_computes():
    """They are the same there, in the link, and in the film, whose network stays."""
    app = opened(example="iris", tab="watch", epochs="50")
    network, _ = figures(app)
    settled(app.selectbox(key="page_input_across").set_value(2).run())
    assert titles(figures(app)[1]) == ["sepal width", "petal length"]
    assert figures(app)[0].proto.spec == network.proto.spec
    assert query(app)["input_across"] == "2"
    app.session_state["page_tab"] = "What it computes"
    assert settled(app.run()).selectbox(key="page_input_across").value == 2


def test_no_film_is_sent_while_another_tab_is_open():
    assert not [chart for chart in opened().get("plotly_chart") if "film" in chart.proto.id]
