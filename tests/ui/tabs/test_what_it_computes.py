"""What it computes, on the page: for networks of every kind, with the choices that its link carries."""

from dataclasses import replace

import numpy as np
import pytest
from app import edit_table, numbers, opened, plain, query, settled, spec, unfolded
from plain import outputs

from core import Dataset
from ui import clicked_neuron, training
from ui.formats.link import settings_query
from ui.settings import PUBLISHED
from ui.tabs.tabs import TABS
from ui.text import exact_text

LARGEST_MESSAGE = 300_000  # bytes
CHOICES = ("page_input_across", "page_input_up", "page_other_inputs", "page_picture")


@pytest.fixture(scope="module")
def iris():
    """Open the tab on three classes and four inputs, for tests that leave it as they found it."""
    return opened(example="iris", tab="computes")


def table_of(columns, rows=6):
    """Return the link's parameters of a table of numbers from 0 to 1, the target's column the last."""
    rng = np.random.default_rng(7)
    cells = tuple(
        (*(f"{number:.2f}" for number in numbers), str(row % 2))
        for row, numbers in enumerate(rng.random((rows, columns)))
    )
    names = (*(f"x{place}" for place in range(1, columns + 1)), "y")
    return settings_query(replace(PUBLISHED["notebook"], names=names, rows=cells, epochs=20))


def charts(app):
    """Return the tab's figures as they were sent, by their keys."""
    return {chart.proto.id.rsplit("page_", 1)[1]: spec(chart) for chart in app.get("plotly_chart")}


def pictures(app):
    return {key: figure for key, figure in charts(app).items() if key.startswith("computed_")}


def alternatives(app):
    """Return the text alternatives of the tab's pictures."""
    return [chart.proto.alt for chart in app.get("plotly_chart") if "page_computed_" in chart.proto.id]


def maps(figure):
    """Return the colours of a figure's maps."""
    return [trace for trace in figure["data"] if trace["type"] == "heatmap"]


def titles(figure):
    return [figure["layout"][axis]["title"]["text"] for axis in ("xaxis", "yaxis")]


def heat(trace):
    """Return the numbers of a map, from the bottom up, as in float64."""
    return numbers(trace["z"]).reshape([int(size) for size in trace["z"]["shape"].split(", ")]).astype(float)


def stars(figure):
    """Return the places of the row asked about, and its colour."""
    marks = [trace for trace in figure["data"] if trace.get("marker", {}).get("symbol") == "star-open"]
    return [(*trace["x"], *trace["y"], trace["marker"]["color"]) for trace in marks[1:]]


def chosen(app):
    """Return what the reader can choose in the tab, and what is chosen."""
    return {box.key: box.value for box in app.selectbox if box.key in CHOICES}


def captions(app):
    return "\n".join(caption.value for caption in app.main.caption)


def run(app):
    return app.session_state[training.SHOWN].run


def test_the_notebooks_neuron_has_a_map_before_and_after():
    """Over the two inputs that vary; each of its numbers is the answer there, to rounding."""
    app = opened(tab="computes")
    before, after = pictures(app).values()
    assert titles(after) == ["x1", "x2"]
    for figure, weights in ((before, run(app).weights_after(0)), (after, run(app).weights)):
        (colours,) = maps(figure)
        x, y, z = numbers(colours["x"]), numbers(colours["y"]), heat(colours)
        for row, column in ((0, 0), (13, 40), (60, 60)):
            expected = np.real(outputs([x[column], y[row], 1], weights)[0])
            assert z[row, column] == pytest.approx(expected, abs=1e-6)
    assert alternatives(app)[1].startswith("State 200. Over x1 and x2, the output is above ½ on 51 % of the picture.")


def test_the_state_looked_at_stands_between_before_and_after():
    """Unless it is one of them."""
    app = opened(tab="computes", state="30")
    assert list(pictures(app)) == ["computed_before", "computed_here", "computed_after"]
    (colours,) = maps(pictures(app)["computed_here"])
    expected = outputs([numbers(colours["x"])[0], numbers(colours["y"])[0], 1], run(app).weights_after(30))
    assert heat(colours)[0, 0] == pytest.approx(np.real(expected[0]), abs=1e-6)
    settled(app.slider(key="page_state").set_value(200).run())
    assert list(pictures(app)) == ["computed_before", "computed_after"]


KINDS = {
    "a neuron on one standardised column": ({"example": "challenger"}, ["temperature", "output"], [], False),
    "hidden units": ({"example": "xor-hidden", "epochs": "50"}, ["a", "b"], [], True),
    "two outputs of one row": ({"example": "mazur", "epochs": "5"}, ["i1", "i2"], [], True),
    "two hidden layers on one column": ({"example": "two-layers", "epochs": "50"}, ["k", "output"], [], True),
    "three classes": ({"example": "iris", "epochs": "20"}, ["petal length", "petal width"], list(CHOICES), True),
    "thirty columns": (table_of(30), None, list(CHOICES[:3]), False),
    "one column": (table_of(1), ["x1", "output"], [], False),
}


@pytest.mark.parametrize("kind", KINDS)
def test_networks_of_every_kind_have_pictures(kind):
    """Over the inputs that vary, with the choices that there are, in messages that are not too large."""
    parameters, axes, choices, has_neurons = KINDS[kind]
    app = opened(parameters, tab="computes", state="2")
    figures = charts(app)
    assert len(pictures(app)) == 3
    assert axes is None or titles(figures["computed_after"]) == axes
    assert list(chosen(app)) == choices
    assert ("neurons" in figures) == has_neurons
    assert max(len(chart.proto.spec) for chart in app.get("plotly_chart")) < LARGEST_MESSAGE
    for alternative in alternatives(app):
        assert alternative.startswith("State ")
        assert alternative.endswith(".")


def test_the_largest_network_is_not_too_much():
    """Four layers, a hundred neurons."""
    names = ("a", "b", "p", "q", "r", "s")
    rows = tuple(
        (*map(str, (place, place % 3)), *("1" if place == one else "0" for one in range(4))) for place in range(4)
    )
    settings = replace(
        PUBLISHED["notebook"], names=names, rows=rows, targets=4, epochs=2, hidden_units=(32, 32, 32), biases="learned"
    )
    app = opened(settings_query(settings), tab="computes", state="1")
    assert len(maps(charts(app)["neurons"])) == 100
    assert max(len(chart.proto.spec) for chart in app.get("plotly_chart")) < LARGEST_MESSAGE


def test_the_reader_chooses_the_inputs_and_the_link_carries_them(iris):
    """The inputs that tell most are not in it."""
    app = iris
    assert query(app) == {"example": "iris", "tab": "computes"}
    app.selectbox(key="page_input_across").set_value(2)
    settled(app.run())
    assert titles(pictures(app)["computed_after"]) == ["sepal width", "petal length"]
    app.selectbox(key="page_input_up").set_value(1)
    app.selectbox(key="page_other_inputs").set_value("mean")
    settled(app.selectbox(key="page_picture").set_value("neuron").run())
    choices = {"input_across": "2", "input_up": "1", "other_inputs": "mean", "picture": "neuron"}
    assert query(app) == {"example": "iris", "tab": "computes"} | choices
    elsewhere = opened(query(app))
    assert titles(pictures(elsewhere)["computed_after"]) == ["sepal width", "sepal length"]
    assert charts(elsewhere) == charts(app)
    assert chosen(elsewhere) == chosen(app)
    for place, value in zip(CHOICES, (0, 0, "row", "largest"), strict=True):
        settled(app.selectbox(key=place).set_value(value).run())
    assert query(app) == {"example": "iris", "tab": "computes"}


def test_an_input_is_not_set_against_itself():
    """Nor is one drawn that is not there any more: the most telling ones stand in."""
    app = unfolded(example="iris", tab="computes", input_across="1", input_up="1")
    assert titles(pictures(app)["computed_after"]) == ["sepal length", "petal length"]
    settled(app.button(key="page_delete_sepal length").click().run())
    assert len({*titles(pictures(app)["computed_after"])}) == 2


@pytest.mark.parametrize(("choice", "held"), [("row", [6.4, 3.2]), ("mean", [5.8433, 3.0573]), ("asked", [9, 3.5])])
def test_the_other_inputs_are_held_as_chosen(choice, held):
    """At those of the row looked at, at the means, or at those of the row asked about; the caption says so."""
    app = opened(example="iris", tab="computes", row="52", other_inputs=choice, picture="neuron", epochs="20")
    settled(app.text_input[0].set_value("9").run())
    (colours,) = maps(pictures(app)["computed_after"])
    experiment = run(app).experiment
    means = experiment.dataset.inputs.mean(axis=0)[:2]
    others = means if choice == "mean" else np.array(held)
    row = np.array([*others, numbers(colours["x"])[5], numbers(colours["y"])[50]])
    expected = np.real(outputs(experiment.given(row), run(app).weights)[0])
    assert heat(colours)[50, 5] == pytest.approx(expected, abs=1e-6)
    assert f"“sepal length” is {held[0]:g}"[:22] in captions(app).replace("\\", "")


def test_the_neuron_that_is_chosen_is_drawn():
    """In every picture, and framed among the small ones; a click there chooses it, also where classes were drawn."""
    app = opened(example="xor-hidden", epochs="300", tab="computes")
    settled(app.selectbox(key="page_neuron").set_value("h3").run())
    for figure, weights in zip(pictures(app).values(), (run(app).weights_after(0), run(app).weights), strict=True):
        (colours,) = maps(figure)
        at = [numbers(colours["x"])[9], numbers(colours["y"])[3], 1]
        assert heat(colours)[3, 9] == pytest.approx(np.real(outputs(at, weights[:1])[2]), abs=1e-6)
    clicks = next(trace for trace in charts(app)["neurons"]["data"] if "customdata" in trace)
    assert dict(zip(clicks["text"], clicks["customdata"], strict=True))["h3"] == [0, 2]
    assert clicked_neuron._neuron_of([{"customdata": clicks["customdata"][2]}]) == (0, 2)


def test_classes_are_drawn_or_one_neuron(iris):
    """A colour for each class, with its name upon it; or one neuron's two sides of ½."""
    app = iris
    figure = pictures(app)["computed_after"]
    assert len(maps(figure)) == 3
    assert {pill["text"] for pill in figure["layout"]["annotations"]} == {"setosa", "versicolor", "virginica"}
    settled(app.selectbox(key="page_picture").set_value("neuron").run())
    assert len(maps(pictures(app)["computed_after"])) == 1
    settled(app.selectbox(key="page_picture").set_value("largest").run())


def test_typing_moves_the_row_asked_about():
    """Its star stands where it was typed, gray where the picture's other input is another; then it can be that one."""
    app = opened(tab="computes")
    assert stars(pictures(app)["computed_after"]) == [(1, 0, "#6d727e")]
    assert "gray because its “x3” differs" in captions(app)
    settled(app.text_input[0].set_value("0.25").run())
    settled(app.text_input[2].set_value("1").run())
    assert stars(pictures(app)["computed_after"]) == [(0.25, 0, "#147d5e")]
    assert list(chosen(app)) == []
    settled(app.text_input[2].set_value("0,5").run())
    settled(app.selectbox(key="page_other_inputs").set_value("asked").run())
    figure = pictures(app)["computed_after"]
    assert stars(figure) == [(0.25, 0, "#147d5e")]
    (colours,) = maps(figure)
    expected = np.real(outputs([numbers(colours["x"])[7], numbers(colours["y"])[9], 0.5], run(app).weights)[0])
    assert heat(colours)[9, 7] == pytest.approx(expected, abs=1e-6)


def test_a_picture_reaches_as_far_as_the_row_asked_about():
    """The launch at 31 °F; what lies far beyond is said to."""
    app = opened(example="challenger", tab="ask")
    settled(app.text_input[0].set_value("31").run())
    low, high = pictures(app)["computed_after"]["layout"]["xaxis"]["range"]
    assert low < 31
    assert high > 81
    (x, y, _) = stars(pictures(app)["computed_after"])[0]
    assert x == 31
    assert f"{y:.8f}" == app.metric[0].value
    settled(app.text_input[0].set_value("9999").run())
    assert stars(pictures(app)["computed_after"]) == []
    assert "lies beyond the picture" in captions(app)


def test_a_field_without_a_number_leaves_the_pictures():
    """Without the star; the message names it, and the text stays."""
    app = opened(tab="computes")
    settled(app.text_input[1].set_value("one").run())
    assert "not a number" in app.error[0].value
    assert [stars(figure) for figure in pictures(app).values()] == [[], []]
    assert not app.metric
    assert app.text_input[1].value == "one"


def test_an_old_link_to_ask_it_opens_this_tab():
    app = opened(tab="ask", example="trask-10000")
    assert app.session_state["page_tab"] == "What it computes"
    assert app.metric[0].value == "0.99993704"
    settled(app.number_input(key="page_seed").set_value(2).run())
    assert query(app)["tab"] == "computes"


def test_nothing_is_drawn_while_the_tab_is_closed():
    """But what was chosen is kept."""
    app = opened(example="iris", tab="computes", input_across="1", epochs="20")
    for tab in (TABS[0].label, "What it computes"):
        app.session_state["page_tab"] = tab
        settled(app.run())
        assert bool(pictures(app)) == (tab == "What it computes")
        assert query(app)["input_across"] == "1"
    assert titles(pictures(app)["computed_after"]) == ["sepal length", "petal length"]


def test_a_table_in_which_nothing_varies_has_a_picture():
    """Nielsen's one row, around which both inputs vary; and a table that was edited to say one thing."""
    app = opened(example="nielsen-bad", tab="computes")
    assert titles(pictures(app)["computed_after"]) == ["x", "one"]
    settled(edit_table(app, added_rows=[{"x": "1", "one": "1", "y": "0"}]).run())
    assert run(app).experiment.dataset == Dataset([[1, 1], [1, 1]], [0, 0], ["x", "one"])
    assert len(pictures(app)) == 2


def test_the_row_asked_about_travels_in_the_link():
    """To the last bit; the question of the source is not in it, nor is what cannot be read."""
    app = opened(example="challenger", tab="computes")
    assert "asked" not in query(app)
    settled(app.text_input[0].set_value("31,5").run())
    assert query(app)["asked"] == "31.5"
    elsewhere = opened(query(app))
    assert elsewhere.text_input[0].value == "31.5"
    assert elsewhere.metric[0].value == app.metric[0].value
    assert charts(elsewhere) == charts(app)
    settled(app.text_input[0].set_value("cold").run())
    assert query(app)["asked"] == "31.5"
    assert app.text_input[0].value == "cold"
    settled(app.text_input[0].set_value("66").run())
    assert "asked" not in query(app)


def test_back_and_forward_ask_as_before():
    """Whether the address says what was asked or the source's question was."""
    app = opened(tab="computes", asked="1_1_0")
    settled(app.text_input[1].set_value("0.25").run())
    for address, texts in [
        ({"tab": "computes", "asked": "1_1_0"}, ["1", "1", "0"]),
        ({"tab": "computes"}, ["1", "0", "0"]),
        ({"tab": "computes", "asked": "1_0.25_0"}, ["1", "0.25", "0"]),
    ]:
        app.query_params.clear()
        app.query_params.update(address)
        assert [field.value for field in settled(app.run()).text_input if "page_ask_" in field.key] == texts
        assert query(app) == address


def test_what_was_asked_of_other_inputs_is_in_no_link():
    """Neither after another example, nor after a column has another name."""
    app = unfolded(tab="computes", asked="1_1_0")
    settled(app.text_input(key="page_name_of_x2").set_value("other").run())
    assert "asked" not in query(app)
    assert app.metric[0].value == exact_text(run(app).after[0])
    settled(app.selectbox(key="page_example").set_value("xor-neuron").run())
    assert query(app) == {"example": "xor-neuron", "tab": "computes"}


@pytest.mark.parametrize("asked", ["1_1", "1_1_1_1", "a_1_1", "1_1_1e51", "1_nan_1", "", "_" * 100_000])
def test_a_link_that_asks_nothing_readable_says_so(asked):
    app = opened(tab="computes", asked=asked)
    problem = plain(app.warning[0].value).split("- ")[1]
    assert problem.startswith("asked: “")
    assert problem.endswith("” is not 3 numbers from -1e+50 to 1e+50, with _ between them.")
    assert app.metric[0].value == "0.99575047"
