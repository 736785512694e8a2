"""A sweep on the page, against one training a value and seed."""

from dataclasses import replace

import numpy as np
import pytest
from app import button, numbers, opened, settled, spec, tables, unfolded

from core import EXAMPLES, NOTEBOOK, rows_right, train
from ui import training
from ui.comparison.sweep import SEEDS_EACH, VALUES, experiments_of, seeds_of


def points(app):
    """Return each point's final loss by its value's position and its seed."""
    chart = next(one for one in app.get("plotly_chart") if '"final loss"' in one.proto.spec)
    traces = [trace for trace in spec(chart)["data"] if trace.get("customdata")]
    return {
        tuple(told): loss
        for trace in traces
        for told, loss in zip(trace["customdata"], numbers(trace["y"]), strict=True)
    }


@pytest.mark.parametrize(("name", "kind"), [("learning_rate", "log"), ("hidden_units", "linear")])
def test_the_axis_is_logarithmic_where_a_linear_one_would_have_most_losses_at_0(name, kind):
    """A rate of 100 has losses of up to 14, the median of all is 0.07; and the page says so."""
    app = opened(tab="compare", compare="sweep", sweep=name)
    losses = np.array(list(points(app).values()))
    assert (np.median(losses) < 0.06 * losses.max()) == (kind == "log")
    chart = next(one for one in app.get("plotly_chart") if '"final loss"' in one.proto.spec)
    assert spec(chart)["layout"]["yaxis"]["type"] == kind
    assert any("The axis is logarithmic" in caption.value for caption in app.main.caption) == (kind == "log")


@pytest.mark.parametrize("name", ["learning_rate", "hidden_units"])
def test_every_point_is_a_run_trained_alone(name):
    app = opened(tab="compare", compare="sweep", sweep=name, epochs="30")
    drawn = points(app)
    assert len(drawn) == len(VALUES[name]) * SEEDS_EACH
    for position, seed in [(0, 1), (3, 7), (len(VALUES[name]) - 1, 20)]:
        run = train(replace(NOTEBOOK, epochs=30, seed=seed, **{name: VALUES[name][position]}))
        assert drawn[position, seed] == run.cross_entropy[-1]


def test_the_table_says_what_each_value_comes_to():
    app = opened(tab="compare", compare="sweep")
    table = next(table for table in tables(app) if "median final loss" in table.columns).set_index("learning rate")
    runs = [train(replace(NOTEBOOK, learning_rate=0.05, seed=seed)) for seed in range(1, SEEDS_EACH + 1)]
    losses = sorted(run.cross_entropy[-1] for run in runs)
    learned = sum(rows_right(run.after, run.experiment.dataset.targets).all() for run in runs)
    assert table["median final loss"]["0.05"] == f"{losses[(SEEDS_EACH - 1) // 2]:.8f}"
    assert table["all rows right"]["0.05"] == f"{learned} of {SEEDS_EACH}"


def test_a_point_is_taken_with_the_keyboard():
    """Its value and its seed."""
    app = unfolded(tab="compare", compare="sweep")
    app.selectbox(key="page_take_learning_rate").set_value(5.0)
    settled(app.selectbox(key="page_take_seed").set_value(3).run())
    settled(button(app, "Take this run").click().run())
    assert app.session_state[training.SHOWN].run.experiment == replace(NOTEBOOK, learning_rate=5.0, seed=3)
    assert app.number_input(key="page_learning_rate").value == 5.0


def test_a_value_of_the_readers_own_is_among_them():
    """In its place on the axis; several hidden layers have none."""
    app = opened(tab="compare", compare="sweep", learning_rate="0.3")
    assert len(points(app)) == (len(VALUES["learning_rate"]) + 1) * SEEDS_EACH
    layers = replace(NOTEBOOK, hidden_units=(4, 3))
    assert [one.hidden_units for one in experiments_of(layers, "hidden_units")] == list(VALUES["hidden_units"])
    app = opened(tab="compare", compare="sweep", sweep="hidden_units", hidden_units="4-3", epochs="5")
    assert any("several hidden layers" in caption.value for caption in app.main.caption)


def test_typed_weights_are_swept_from_as_they_are():
    """One run a value; other numbers of hidden units cannot keep them."""
    bad_start = EXAMPLES["nielsen-bad"].experiment
    app = opened(tab="compare", compare="sweep", example="nielsen-bad")
    drawn = points(app)
    values = [one.learning_rate for one in experiments_of(bad_start, "learning_rate")]
    assert len(drawn) == len(values)
    for (position, _), loss in drawn.items():
        assert loss == train(replace(bad_start, learning_rate=values[position])).cross_entropy[-1]
    settled(app.radio(key="page_sweep").set_value("hidden_units").run())
    assert len(points(app)) == len(VALUES["hidden_units"]) * SEEDS_EACH
    assert any("here all are drawn" in caption.value for caption in app.main.caption)


def test_what_takes_long_is_trained_at_the_press_of_a_button():
    """Twenty seeds with each value, or the only run there is of typed weights."""
    seeds, runs = (
        opened(tab="compare", compare="sweep", example=example, epochs="20000") for example in ("and", "nielsen-bad")
    )
    assert button(seeds, f"Train {SEEDS_EACH} seeds with each of 13 values")
    assert button(runs, "Train a run with each of 14 values")
    assert not any("final loss" in chart.proto.spec for app in (seeds, runs) for chart in app.get("plotly_chart"))


def test_typed_weights_are_swept_from_with_the_rows_held_out_of_each_seed():
    experiment = replace(NOTEBOOK, starting_weights=NOTEBOOK.weights_before, held_out=0.25)
    assert seeds_of(experiment, "learning_rate") == tuple(range(1, SEEDS_EACH + 1))
    assert {one.seed for one in experiments_of(experiment, "learning_rate")} == {1}
    assert seeds_of(replace(experiment, held_out=0), "learning_rate") == (NOTEBOOK.seed,)


def test_the_axis_of_rates_is_logarithmic():
    app = opened(tab="compare", compare="sweep")
    chart = next(one for one in app.get("plotly_chart") if '"final loss"' in one.proto.spec)
    assert spec(chart)["layout"]["xaxis"]["type"] == "log"
    medians = [np.median([loss for (at, _), loss in points(app).items() if at == value]) for value in range(13)]
    assert f"at {VALUES['learning_rate'][int(np.argmin(medians))]:g}" in chart.proto.alt
