"""Figures that nobody looks at on their way are what Plotly would make of them."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from films import changed, changes

from core import EXAMPLES, train
from core.landscape import landscape
from core.slices import slice_of
from ui.figures.axis import Axis
from ui.figures.changing import changing_figure
from ui.figures.computed import Computed
from ui.figures.curve import curve_figure
from ui.figures.film import film_states, learning_figure
from ui.figures.flights import flights_figure
from ui.figures.guess import Curve, bars_chart, curve_chart, overlay_chart
from ui.figures.landscape import Look, landscape_figure
from ui.figures.loss_chart import loss_chart
from ui.figures.map import map_figure
from ui.figures.network import network_figure
from ui.figures.neurons import neurons_figure
from ui.figures.ready import ReadyFigure
from ui.figures.row_marks import Marked
from ui.view import Place
from ui.worked.step import step_at

RUNS = {
    key: train(replace(EXAMPLES[key].experiment, epochs=300))
    for key in ("notebook", "xor-hidden", "challenger", "iris")
}


def the_network(run):
    step = step_at(run, Place(7, 1, (0, 0)))
    return network_figure(run.experiment, step.forward, step.backward, step.row, step.neuron)


def the_film(run):
    return learning_figure(run, film_states(run.experiment))


def the_changing_curve(run):
    return changing_figure(run, computed(run, 1).over, [0, 10, 300])


def the_changing_map(run):
    return changing_figure(run, computed(run, 2).over, [0, 10, 300])


def the_flights(_run):
    return flights_figure(RUNS["challenger"])


def computed(run, axes):
    """Return what a run's network computes over its first inputs."""
    dataset = run.experiment.dataset
    columns = range(min(axes, dataset.inputs.shape[1]))
    return Computed(run.experiment, run.weights, slice_of(dataset, columns, dataset.inputs[0], 61))


def the_curve(run):
    return curve_figure(computed(run, 1), (0, 0), Marked(0, run.experiment.dataset.inputs[1]))


def the_map(run):
    """Draw a map; of one input there is none, only its curve."""
    picture, asked = computed(run, 2), run.experiment.dataset.inputs[1]
    return map_figure(picture, (0, 0), Marked(0, asked)) if len(picture.over.axes) > 1 else the_curve(run)


def the_classes(_run):
    return map_figure(computed(RUNS["iris"], 2), None, Marked(0, None))


def the_curves_of_classes(_run):
    return curve_figure(computed(RUNS["iris"], 1), None, Marked(0, None))


def the_neurons(_run):
    return neurons_figure(computed(RUNS["xor-hidden"], 2), (0, 1))


def the_neurons_curves(_run):
    return neurons_figure(computed(RUNS["xor-hidden"], 1), (0, 1))


def with_kept_runs(run):
    return loss_chart(run, [("<b>one</b>", run.squared_error), ("other", run.cross_entropy)])


def the_ground(look, chosen=2):
    def draw(run):
        ground = landscape(run, 7, range(chosen))
        return landscape_figure(ground, run.experiment.objective, ["<b>one</b>", "other"], look)

    return draw


def to_choose_from(kind):
    def draw(run):
        curve = Curve("learning rate 1", np.arange(len(run.cross_entropy)), run.cross_entropy, "falls")
        return curve_chart("A", curve, Axis.of(kind, [run.cross_entropy]))

    return draw


def the_guess(run):
    truth, guess = (
        Curve("<b>one</b>", np.arange(301), one[:301], "") for one in (run.cross_entropy, run.squared_error)
    )
    return overlay_chart(truth, guess, Axis.of("linear", [truth.losses, guess.losses]))


def the_bars(run):
    weights = run.weights[0][:, 0]
    return bars_chart(["<b>one</b>"] * len(weights), np.abs(weights), ["#2f7fc1"] * len(weights), 0)


@pytest.mark.parametrize(
    "draw",
    [
        *(loss_chart, with_kept_runs, the_network, the_film, the_flights, the_curve, the_map),
        *(the_classes, the_curves_of_classes, the_neurons, the_neurons_curves, the_changing_curve, the_changing_map),
        *(to_choose_from("linear"), to_choose_from("log"), the_guess, the_bars),
        *(the_ground(Look(is_log=is_log, is_surface=is_high)) for is_log in (0, 1) for is_high in (0, 1)),
        *(the_ground(Look(is_log=is_log), chosen=1) for is_log in (0, 1)),
    ],
)
@pytest.mark.parametrize("key", RUNS)
def test_plotly_makes_the_same_of_it(key, draw):
    """Property by property, so that none is misspelt, and none is in a form that only Plotly's Python knows."""
    figure = draw(RUNS[key])
    for drawn in (figure, *after_changes(figure)):
        np.testing.assert_equal(without_changes(ReadyFigure(drawn).to_dict()), without_changes(of_plotly(drawn)))


def after_changes(figure):
    """Yield a figure as it is after the change of each of its buttons, without these."""
    for change in changes(figure):
        _, upon, _ = change
        layout = {name: parts for name, parts in (figure["layout"] | upon | {"updatemenus": []}).items() if parts != []}
        yield {"data": changed(figure["data"], change), "layout": layout}


def without_changes(figure):
    """Return what was written of a figure without what its buttons change, of which Plotly's Python makes nothing."""
    for menu in figure["layout"].get("updatemenus", ()):
        for button in menu["buttons"]:
            if button["method"] == "update":
                del button["args"]
    return figure


def of_plotly(figure):
    """Return a figure as Plotly's Python writes it, without what its template says of types of traces that it lacks."""
    written = go.Figure(**figure).to_dict()
    template, types = written["layout"]["template"], {trace["type"] for trace in written["data"]}
    template["data"] = {name: styles for name, styles in template["data"].items() if name in types}
    return written


@pytest.mark.parametrize("most", [2**7 - 1, 2**7, 2**15, 2**31 - 1])
def test_whole_numbers_are_written_as_short_as_they_fit(most):
    """As Plotly does."""
    figure = {"data": [{"x": np.array([-most, 0, most]), "y": np.array([])}], "layout": {}}
    np.testing.assert_equal(ReadyFigure(figure).to_dict(), of_plotly(figure))


def test_losses_that_are_all_0_are_drawn_at_0():
    assert Axis.of("linear", [np.zeros(3)]).height(np.zeros(3)).tolist() == [0, 0, 0]
