"""Targets that were scaled: figures, captions and words speak in their units."""

import json

import numpy as np
import pytest

from core import Dataset, Experiment, train
from core.slices import slice_of
from ui.figures.caption import caption
from ui.figures.changing import changing_figure, slice_shown
from ui.figures.computed import Computed
from ui.figures.curve import curve_figure
from ui.figures.in_words import names_in, neurons_in_words, read_aloud, seen
from ui.figures.map import map_figure
from ui.figures.row_marks import Marked

LEAST, MIDDLE, MOST = 250_000, 443_750, 637_500
HOUSES = Dataset(
    [[60, 1], [85, 2], [110, 4], [70, 3]],
    [LEAST, 400_000, MOST, 500_000],
    ["area", "rooms"],
    "price",
    scale_targets=True,
)
ASKED = np.array([90.0, 2.0])


def computed(*columns, hidden_units=0):
    experiment = Experiment(HOUSES, epochs=100, standardise=True, hidden_units=hidden_units)
    run = train(experiment)
    return Computed(experiment, run.weights, slice_of(HOUSES, columns, HOUSES.inputs[0], 31))


def amounts(over):
    return LEAST + (MOST - LEAST) * over.output((0, 0))


def names(figure):
    return [trace["name"] for trace in figure["data"] if trace.get("showlegend", "name" in trace)]


def test_a_curves_axis_is_in_units():
    figure = curve_figure(computed(0), (0, 0), Marked())
    axis = figure["layout"]["yaxis"]
    assert axis["ticktext"] == ["250000", "443750", "637500"]
    assert axis["title"]["text"] == "price"


def test_a_curve_and_a_map_tell_amounts_when_pointed_at():
    for over, draw in ((computed(0), curve_figure), (computed(0, 1), map_figure)):
        drawn = draw(over, (0, 0), Marked(asked=ASKED))["data"]
        assert np.abs(drawn[0]["customdata"] - amounts(over)).max() <= 0.5
        assert "price %{customdata}" in drawn[0]["hovertemplate"]
        answer = LEAST + (MOST - LEAST) * float(over.answers(ASKED[np.newaxis], (0, 0))[0, 0])
        assert f"price {answer:.0f}<" in drawn[-1]["hovertemplate"]


def test_a_maps_numbers_are_amounts():
    over = computed(0, 1)
    pills = [pill["text"] for pill in map_figure(over, (0, 0), Marked())["layout"]["annotations"]]
    assert pills == [f"{amounts(over).min():.0f}", f"{amounts(over).max():.0f}"]


@pytest.mark.parametrize(("columns", "draw"), [((0,), curve_figure), ((0, 1), map_figure)])
def test_rows_are_told_apart_by_the_middle_amount(columns, draw):
    figure = draw(computed(*columns), (0, 0), Marked())
    assert names(figure) == ["price below 443750", "price above 443750"]


def test_rows_at_an_end_are_of_its_amount():
    dataset = Dataset([[0], [1], [2]], [20, 50, 35], ["x"], "y", scale_targets=True)
    over = Computed(Experiment(dataset), train(Experiment(dataset)).weights, slice_of(dataset, [0], np.zeros(1), 5))
    assert names(curve_figure(over, (0, 0), Marked())) == ["y 20", "y 50", "y 35"]


def test_words_are_in_units():
    over = computed(0)
    first, *_, last = amounts(over)
    assert seen(over, (0, 0), names_in(HOUSES, str)[1]).startswith(
        f"the output rises from {first:.0f} at 50 to {last:.0f} at 120; it is below 443750 "
    )
    on_map = computed(0, 1)
    ends = amounts(on_map)
    said = read_aloud(on_map, (0, 0), *names_in(HOUSES, str))
    assert f"Its lowest is {ends.min():.0f} at" in said
    assert "is above 443750 on " in said
    assert "the output is below 443750." in caption(on_map.experiment, on_map.over, (0, 0), Marked()).replace("\\", "")


def test_a_hidden_neurons_output_has_no_units():
    over = computed(0, hidden_units=2)
    h1, _, output = neurons_in_words(over).split("; ")
    assert "½" in h1
    assert "443750" in output
    figure = curve_figure(over, (0, 0), Marked())
    assert figure["layout"]["yaxis"]["ticktext"] == ["0", "½", "1"]
    assert figure["layout"]["yaxis"]["title"]["text"] == "output"
    assert names(figure) == ["price below 443750", "price above 443750"]


@pytest.mark.parametrize("columns", [(0,), (0, 1)])
def test_the_film_is_in_units_too(columns):
    experiment = computed(0).experiment
    run = train(experiment)
    figure = changing_figure(run, slice_shown(experiment, columns), [0, 50, 100])
    assert names(figure) == ["price below 443750", "price above 443750"]
    assert "½" not in json.dumps(figure, default=str)
