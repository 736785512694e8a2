"""A run is taken by a button or by a click: the whole page becomes that run's."""

from dataclasses import replace

import pytest
from app import button, opened, query, settled, unfolded

from core import NOTEBOOK, spread_of
from ui import training
from ui.comparison.taking import TAKEN, told


def test_a_button_takes_a_run_and_all_of_the_page_shows_it():
    """Controls, results and address; then there is nothing left to take."""
    app = opened(tab="compare", seeds="5")
    spread = spread_of(NOTEBOOK, range(1, 6))
    worst = spread.seeds[spread.ranking[-1]]
    assert worst != NOTEBOOK.seed
    settled(button(app, f"Take the worst: seed {worst}").click().run())
    assert app.session_state[training.SHOWN].run.experiment == replace(NOTEBOOK, seed=worst)
    assert app.number_input(key="page_seed").value == worst
    assert query(app)["seed"] == str(worst)
    assert TAKEN not in app.session_state
    assert button(app, f"Take the worst: seed {worst}").disabled
    settled(app.number_input(key="page_seed").set_value(1).run())
    assert app.session_state[training.SHOWN].run.experiment == NOTEBOOK


def test_a_button_takes_a_value_together_with_its_seed():
    """Hidden units are several controls."""
    app = unfolded(tab="compare", compare="sweep", sweep="hidden_units", hidden_units="4-3", epochs="5")
    app.selectbox(key="page_take_hidden_units").set_value(2)
    app.selectbox(key="page_take_seed").set_value(3)
    settled(app.run())
    settled(button(app, "Take this run").click().run())
    expected = replace(NOTEBOOK, epochs=5, hidden_units=2, seed=3)
    assert app.session_state[training.SHOWN].run.experiment == expected
    assert app.number_input(key="page_hidden_units").value == 2
    assert button(app, "Take this run").disabled


def test_the_first_point_tells():
    assert told([{"x": 1.0, "customdata": [7, 4]}, {"customdata": [8, 4]}]) == [7, 4]


@pytest.mark.parametrize("points", [None, [], 7, "ab", [None], [{}], [{"customdata": None}], [{"customdata": "ab"}]])
def test_what_is_no_point_tells_nothing(points):
    assert told(points) == []
