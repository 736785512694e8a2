"""The flights' figure: what is drawn is what was flown, what the run answers and what was published."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from app import new_part

from core import EXAMPLES, NOTEBOOK, Dataset, train
from core.challenger import FLIGHTS, TEMPERATURES
from ui.figures.flights import flights_figure, outputs_at, published_fit

CHALLENGER = EXAMPLES["challenger"].experiment
PAGE = """
import streamlit as st
from ui.results import flights
flights.show(st.session_state["run"])
"""


@pytest.mark.parametrize("hidden_units", [0, 3])
def test_the_curve_goes_through_the_runs_outputs(hidden_units):
    """At the temperature of each flight it is the output of its row."""
    run = train(replace(CHALLENGER, hidden_units=hidden_units))
    assert outputs_at(run, np.array(TEMPERATURES)) == pytest.approx(run.after)


def test_the_published_fit_is_one_half_where_its_logit_is_zero():
    """Intercept over slope is 64.78 °F; a degree less raises the odds by e to the slope."""
    fifty_fifty, colder = published_fit(np.array([15.0429 / 0.2322, 15.0429 / 0.2322 - 1]))
    assert fifty_fifty == pytest.approx(0.5)
    assert colder / (1 - colder) == pytest.approx(np.exp(0.2322))


def test_the_examples_run_lies_on_the_published_fit():
    """Within the four decimals that were printed; a single epoch does not."""
    for epochs, is_close in [(CHALLENGER.epochs, True), (1, False)]:
        published, fitted, _ = go.Figure(flights_figure(train(replace(CHALLENGER, epochs=epochs)))).data
        assert (published.name, fitted.name) == ("published fit", "this run")
        assert (published.x[0], published.x[-1]) == (45, 85)
        assert np.allclose(published.y, fitted.y, atol=1e-3) == is_close


def test_every_flight_is_drawn():
    """At its temperature and outcome, as large as flights share them."""
    *_, flights = go.Figure(flights_figure(train(CHALLENGER))).data
    drawn = [
        flight for *flight, count in zip(flights.x, flights.y, flights.customdata, strict=True) for _ in range(count)
    ]
    assert flights.name == "23 flights"
    assert sorted(drawn) == sorted(map(list, zip(TEMPERATURES, FLIGHTS.targets, strict=True)))
    areas = np.square(flights.marker.size)
    assert areas / areas.min() == pytest.approx(flights.customdata)


def test_the_figure_is_shown_for_the_flights_as_published_only():
    """Not for other tables, nor for the flights with a cell changed."""
    app = new_part(PAGE)
    changed = Dataset(FLIGHTS.inputs, 1 - FLIGHTS.targets, FLIGHTS.input_names, FLIGHTS.target_name)
    for experiment, shown in [(CHALLENGER, 1), (NOTEBOOK, 0), (replace(CHALLENGER, dataset=changed), 0)]:
        app.session_state["run"] = train(experiment)
        assert not app.run().exception
        assert len(app.get("plotly_chart")) == shown
