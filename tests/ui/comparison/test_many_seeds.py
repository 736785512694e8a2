"""Many seeds on the page, against one training a seed."""

import json
from dataclasses import replace

import numpy as np
import pytest
from app import button, numbers, opened, settled, spec, tables

from core import EXAMPLES, NOTEBOOK, Cost, cost, rows_right, train
from ui import on_demand, training
from ui.comparison.many_seeds import order
from ui.formats.table_text import encode_layers
from ui.on_demand import refusal


@pytest.fixture(scope="module")
def losses():
    """Return the final losses of the notebook's seeds 1 to 100, each trained alone."""
    return {seed: train(replace(NOTEBOOK, seed=seed)).cross_entropy for seed in range(1, 101)}


def chart(app, word):
    """Return the traces of the chart whose figure has this word, by name."""
    found = next(one for one in app.get("plotly_chart") if word in one.proto.spec)
    return {trace.get("name"): trace for trace in spec(found)["data"]}


def texts(app):
    return "\n".join(text.value for text in app.main.markdown)


def seeds_table(app):
    return next(table for table in tables(app) if "updates until all are" in table.columns).set_index("of all")


def test_the_fan_is_that_of_the_seeds_each_trained_alone(losses):
    """There without a press; its bands are the quantiles, its points the seeds in their order."""
    app = opened(tab="compare")
    fan = chart(app, "seeds by final loss")
    every = np.array(list(losses.values()))
    assert np.allclose(numbers(fan["median"]["y"]), np.median(every, axis=0), rtol=1e-12)
    half, most = numbers(fan["half of the seeds"]["y"]), numbers(fan["90 % of the seeds"]["y"])
    assert np.all((every <= half).mean(axis=0) >= 0.75)
    assert np.all((every <= most).mean(axis=0) >= 0.95)
    assert np.array_equal(numbers(fan["this run"]["y"]), losses[1])
    assert [seed for seed, _ in fan["all rows right"]["customdata"]] == sorted(losses, key=lambda n: losses[n][-1])
    worse = sum(loss[-1] > losses[1][-1] for loss in losses.values())
    assert f"This run, of seed 1, ends with a smaller loss than {worse} of the 100." in texts(app)


def test_the_best_the_median_and_the_worst_are_a_press_away(losses):
    """The page then shows that run, and what was trained stays."""
    app = opened(tab="compare")
    ranked = sorted(losses, key=lambda seed: losses[seed][-1])
    table = seeds_table(app)
    assert table["seed"].tolist() == [str(ranked[0]), str(ranked[49]), str(ranked[99])]
    assert table["final loss"]["worst"] == f"{losses[ranked[99]][-1]:.8f}"
    made = app.session_state["page_made_seeds"][1]
    settled(button(app, f"Take the worst: seed {ranked[99]}").click().run())
    assert app.session_state[training.SHOWN].run.experiment == replace(NOTEBOOK, seed=ranked[99])
    assert app.number_input(key="page_seed").value == ranked[99]
    assert app.session_state["page_made_seeds"][1] is made
    assert button(app, f"Take the worst: seed {ranked[99]}").disabled


def test_seeds_that_all_end_with_the_same_loss_are_not_ranked():
    """Where whichever start leads to the same weights; the axis of the losses is not below 0."""
    app = opened(tab="compare", example="challenger", seeds="20")
    loss = f"{train(EXAMPLES['challenger'].experiment).cross_entropy[-1]:.8f}"
    assert f"All 20 seeds end with the same loss, {loss}." in texts(app)
    assert "smaller loss than" not in texts(app)
    assert not any("of all" in table.columns for table in tables(app))
    assert not any(one.label.startswith("Take the ") for one in app.button)
    assert not any("seeds by final loss" in one.proto.spec for one in app.get("plotly_chart"))


def test_another_experiment_has_other_seeds():
    """None of the old numbers stays."""
    app = opened(tab="compare")
    settled(app.number_input(key="page_epochs").set_value(50).run())
    assert app.session_state["page_made_seeds"][1].experiment == replace(NOTEBOOK, epochs=50)
    assert len(numbers(chart(app, "seeds by final loss")["median"]["y"])) == 51


def test_the_outputs_are_counted_row_by_row():
    app = opened(tab="compare", example="xor-two-bits", seeds="20")
    bars = chart(app, '"bar"')["seeds"]
    runs = [train(replace(EXAMPLES["xor-two-bits"].experiment, seed=seed)) for seed in range(1, 21)]
    for row in range(4):
        ends = [int(run.after[row] * 20) for run in runs]
        for bin_ in set(ends):
            label = f"row {row + 1}<br>output {bin_ / 20:g} to {(bin_ + 1) / 20:g}<br>{ends.count(bin_)} of 20 seeds"
            assert label in bars["text"]
    assert len(bars["text"]) == sum(len({int(run.after[row] * 20) for run in runs}) for row in range(4))


def test_single_seeds_are_drawn_on_demand():
    app = opened(tab="compare", seeds="10")
    assert "single seeds" not in chart(app, "seeds by final loss")
    settled(app.toggle(key="page_single").set_value(True).run())
    drawn = chart(app, "seeds by final loss")["single seeds"]
    assert {seed for (seed,) in drawn["customdata"]} == set(range(1, 11))


def test_how_many_travels_in_the_link():
    """And the part of the tab that is open."""
    app = opened(tab="compare", seeds="7")
    assert len(app.session_state["page_made_seeds"][1].seeds) == 7
    settled(app.number_input(key="page_seeds").set_value(9).run())
    assert app.query_params["seeds"] == "9"
    app.session_state["page_compare"] = "sweep"
    settled(app.run())
    assert app.query_params["compare"] == "sweep"
    problems = opened(tab="compare", seeds="1001", compare="x").warning[0].value
    assert "a whole number from 2 to 1,000" in problems
    assert "one of seeds, sweep, kept" in problems


def test_typed_weights_leave_a_seed_nothing_to_do():
    app = opened(tab="compare", example="nielsen-bad")
    assert "a seed changes nothing" in app.info[0].value
    assert "Was it luck?" not in texts(app)
    assert "page_made_seeds" not in app.session_state


def test_typed_weights_leave_a_seed_the_rows_held_out():
    """Each seed trains from them, on the rows that it draws; XOR with other hidden units is learned from all rows."""
    experiment = EXAMPLES["xor-two-bits"].experiment
    weights = encode_layers(
        [[[repr(float(cell)) for cell in row] for row in layer] for layer in experiment.weights_before]
    )
    app = opened(tab="compare", example="xor-two-bits", epochs="300", weights=weights, held_out="0.25", seeds="5")
    assert not app.info
    experiment = replace(experiment, epochs=300, starting_weights=experiment.weights_before, held_out=0.25)
    losses = [train(replace(experiment, seed=seed)).cross_entropy[-1] for seed in range(1, 6)]
    assert np.array_equal(app.session_state["page_made_seeds"][1].final_loss, losses)
    assert len({*losses}) > 1
    assert "with the rows held out by many seeds" in texts(app)
    assert any("Each seed draws only the rows held out" in caption.value for caption in app.main.caption)
    assert "Here all rows are learned from, and all starting weights are drawn." in texts(app)
    assert app.session_state["page_made_luck"][1][0].experiment == replace(
        experiment, hidden_units=2, starting_weights=None, held_out=0
    )


def test_what_takes_long_is_trained_at_the_press_of_a_button(monkeypatch):
    """And is there when the reader comes back to the tab."""
    monkeypatch.setattr(on_demand, "AT_ONCE_SECONDS", 0)
    app = opened(tab="compare", seeds="5")
    assert "page_made_seeds" not in app.session_state
    settled(button(app, "Train 5 seeds").click().run())
    made = app.session_state["page_made_seeds"]
    app.session_state["page_tab"] = "Step through"
    settled(app.run())
    app.session_state["page_tab"] = "Compare"
    settled(app.run())
    assert app.session_state["page_made_seeds"] is made
    assert "Train 5 seeds" not in [one.label for one in app.button]
    assert len(seeds_table(app)) == 3


def test_what_would_take_too_long_is_refused_with_figure_and_limit():
    app = opened(tab="compare", example="xor-hidden", seeds="1000")
    assert app.warning[0].value.startswith("Training 1,000 seeds would take about ")
    assert "the limit is 60 seconds. Try fewer seeds or epochs." in app.warning[0].value
    assert refusal(order(NOTEBOOK, 1_000)) is None
    assert order(NOTEBOOK, 1_000).cost.seconds < 0.3
    assert refusal(order(replace(NOTEBOOK, hidden_units=4, epochs=5_000), 200)) is None


def test_what_would_need_too_much_memory_is_refused_with_figure_and_limit():
    large = replace(order(NOTEBOOK, 1_000), cost=Cost(seconds=1, bytes=3_000 * 2**20))
    assert refusal(large).startswith("Training 1,000 seeds would need about 3,000 MB of memory; the limit is ")
    assert refusal(large).endswith(" MB. Try fewer seeds or epochs.")


def test_the_clock_ends_what_takes_longer_than_estimated(monkeypatch):
    """The page says so, and the rest of it is there."""
    monkeypatch.setattr(on_demand, "MOST_SECONDS", 0.001)
    for seconds in ("UPDATE_SECONDS", "OUTPUT_SECONDS", "HIDDEN_UNIT_SECONDS", "PRODUCT_SECONDS"):
        monkeypatch.setattr(cost, seconds, 1e-15)
    app = opened(tab="compare", seeds="500", epochs="2000")
    assert app.warning[0].value.startswith("Training 500 seeds was stopped at the limit of 0.001 seconds.")


def test_xor_is_counted_with_other_numbers_of_hidden_units():
    """Beside the published record."""
    app = opened(tab="compare", example="xor-two-bits", seeds="2", epochs="300")
    table = next(table for table in tables(app) if "hidden units" in table.columns).set_index("hidden units")
    assert table.index.tolist() == ["2", "3", "4", "8"]
    experiment = replace(EXAMPLES["xor-two-bits"].experiment, epochs=300, hidden_units=3)
    runs = [train(replace(experiment, seed=seed)) for seed in range(1, 101)]
    learned = sum(rows_right(run.after, run.experiment.dataset.targets).all() for run in runs)
    assert table["all rows right"]["3"] == f"{learned} of 100"
    assert table["published"].tolist() == ["all but two of hundreds", "", "", ""]


def test_the_alternative_text_says_what_is_seen(losses):
    app = opened(tab="compare")
    fan = next(one for one in app.get("plotly_chart") if "seeds by final loss" in one.proto.spec)
    median = np.median([loss[-1] for loss in losses.values()])
    assert f"to {median:.4f}; in the end half of the seeds are between" in fan.proto.alt
    assert json.loads(fan.proto.spec)["layout"]["xaxis"]["title"]["text"] == "epoch: updates made"


@pytest.mark.parametrize("compare", ["seeds", "sweep", "kept"])
def test_nothing_is_said_of_right_rows_where_amounts_are_predicted(compare):
    """They are on no side of one half."""
    table = "1~x1_x2_y~1_0_100~0_1_250~1_1_900~end"
    app = opened(tab="compare", compare=compare, table=table, scale_targets="1", epochs="20")
    settled(button(app, "Keep this run").click().run())
    app.session_state["page_compare"] = compare
    settled(app.run())
    headers = {name for table in tables(app) for name in table.columns}
    assert not headers & {"all rows right", "updates until all are"}
    elsewhere = opened(dict(app.query_params))
    assert not elsewhere.warning
