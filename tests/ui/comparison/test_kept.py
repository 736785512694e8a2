"""Keeping runs and comparing them, on the page."""

from dataclasses import replace

import numpy as np
import pytest
from app import button, edit_table, numbers, opened, plain, query, settled, spec, tables, unfold

from core import NOTEBOOK, cost, train
from ui import keeping, training
from ui.kept_runs import MOST_KEPT
from ui.session import key
from ui.sidebar import controls


@pytest.fixture
def app():
    """Open the page at Compare, where the kept runs are."""
    return opened(tab="compare", compare="kept")


def keep(app):
    return settled(app.button(key="page_keep").click().run())


def set_number(app, name, value):
    return settled(app.number_input(key=key(name)).set_value(value).run())


def curves(app):
    """Return the loss chart's curves by name."""
    chart = next(chart for chart in app.get("plotly_chart") if "cross-entropy" in chart.proto.spec)
    return {trace.get("name"): numbers(trace["y"]) for trace in spec(chart)["data"]}


def captions(app):
    return "\n".join(caption.value for caption in app.main.caption)


def comparison(app):
    """Return the table of the tab, by run."""
    return tables(app)[-1].set_index("run")


def test_with_nothing_kept_the_tab_tells_how_to_keep(app):
    """There is no table yet, and no name in the chart."""
    assert any("No run is kept yet" in text.value for text in app.main.markdown)
    assert list(curves(app)) == [None]


def test_a_kept_run_stays_in_the_chart_and_in_the_table(app):
    """Beside the next run, with its own numbers."""
    keep(app)
    set_number(app, "seed", 7)
    drawn = curves(app)
    assert np.array_equal(drawn["The notebook"], train(NOTEBOOK).cross_entropy)
    assert np.array_equal(drawn["this run"], train(replace(NOTEBOOK, seed=7)).cross_entropy)
    assert comparison(app)["final loss"].tolist() == ["0.06491653", "0.06398539"]
    assert comparison(app)["starting weights"].tolist() == ["seed 7", "seed 1"]


def test_a_kept_run_cannot_be_kept_again(app):
    """The button is disabled and the line beside it says why; another run can be kept."""
    keep(app)
    assert app.button(key="page_keep").disabled
    assert "This run is kept" in captions(app)
    set_number(app, "epochs", 50)
    assert not app.button(key="page_keep").disabled


def test_where_a_run_holds_out_rows_it_is_said_that_none_is_counted(app):
    keep(unfold(app))
    assert "rows learned from" not in captions(app)
    settled(app.number_input(key=key("held_out")).set_value(0.25).run())
    assert "Where rows are held out, all is about the rows learned from." in captions(app)
    assert comparison(app)["rows right"].tolist() == ["3 of 3", "4 of 4"]


def test_the_ninth_run_is_refused(app):
    """The line beside the button says so, and the remedy works."""
    for seed in range(MOST_KEPT):
        set_number(app, "seed", seed)
        keep(app)
    set_number(app, "seed", MOST_KEPT)
    assert app.button(key="page_keep").disabled
    assert "Drop one under Compare to keep this one." in captions(app)
    settled(app.button(key="page_drop_3").click().run())
    keep(app)
    assert list(curves(app)) == ["seed 0", "The notebook", *(f"seed {seed}" for seed in range(3, 9)), "this run"]


def test_kept_runs_outlive_what_is_done_to_the_table(app):
    """Whether it is edited, replaced by another example's, or cannot be trained on."""
    keep(app)
    settled(edit_table(app, edited_rows={0: {"x1": "0.5"}}).run())
    assert list(curves(app)) == ["The notebook", "this run"]
    settled(edit_table(app, edited_rows={0: {"x1": "?"}}).run())
    assert len(curves(app)) == len(comparison(app)) == 2
    keep(app)  # the run that is shown: that of 0.5
    assert list(curves(app)) == ["The notebook", "changed table", "this run"]
    settled(app.button(key="page_drop_2").click().run())
    settled(app.selectbox(key="page_example").set_value("xor-neuron").run())
    assert list(curves(app)) == ["The notebook", "this run"]
    assert comparison(app)["data"].tolist() == ["XOR with one neuron", "The notebook"]


def test_a_run_is_renamed_and_gets_its_automatic_name_back(app):
    """In the chart and in the table, whatever is in the name."""
    keep(app)
    set_number(app, "seed", 7)
    settled(app.text_input(key="page_kept_name_1").set_value(" <b>*mine*</b> ").run())
    assert list(curves(app)) == ["&lt;b&gt;*mine*&lt;/b&gt;", "this run"]
    assert plain(comparison(app).index[1]) == "<b>*mine*</b>"
    settled(app.text_input(key="page_kept_name_1").set_value("").run())
    assert list(curves(app)) == ["The notebook", "this run"]
    assert app.text_input(key="page_kept_name_1").placeholder == "The notebook"


def test_a_run_is_brought_back(app):
    """All of its controls are set again, its table among them."""
    settled(edit_table(unfold(app), edited_rows={3: {"y": "0.25"}}).run())
    experiment = set_number(app, "hidden_units", 2).session_state[training.SHOWN].run.experiment
    keep(app)
    settled(app.selectbox(key="page_example").set_value("nielsen-bad").run())
    settled(app.button(key="page_bring_back_1").click().run())
    assert app.session_state[training.SHOWN].run.experiment == experiment
    assert app.button(key="page_bring_back_1").disabled


def test_a_dropped_run_leaves_chart_and_table(app):
    """The others stay; after the last the tab is as it was."""
    keep(app)
    set_number(app, "seed", 7)
    keep(app)
    settled(app.button(key="page_drop_1").click().run())
    assert list(curves(app)) == ["seed 7", "this run"]
    settled(app.button(key="page_drop_2").click().run())
    assert list(curves(app)) == [None]
    assert not app.button(key="page_keep").disabled


def test_kept_runs_are_there_after_a_reload_and_for_others(app):
    """With their names, trained again, in the link that the page has written."""
    keep(app)
    set_number(app, "seed", 7)
    keep(app)
    settled(app.text_input(key="page_kept_name_2").set_value("lucky | & seven").run())
    set_number(app, "epochs", 50)
    elsewhere = opened(dict(app.query_params))
    assert not elsewhere.warning
    assert list(curves(elsewhere)) == list(curves(app)) == ["The notebook", "lucky | &amp; seven", "this run"]
    assert np.array_equal(curves(elsewhere)["lucky | &amp; seven"], train(replace(NOTEBOOK, seed=7)).cross_entropy)
    assert comparison(elsewhere).equals(comparison(app))
    assert "they are there after a reload" in captions(app)
    settled(elsewhere.button(key="page_drop_1").click().run())
    assert "notebook" not in elsewhere.query_params["kept"]


def test_runs_on_a_table_of_ones_own_travel_without_it_once_more(app):
    """It is in the address already."""
    settled(edit_table(app, edited_rows={0: {"x1": "0.25"}}).run())
    keep(app)
    set_number(app, "seed", 7)
    assert "table=this" in app.query_params["kept"]
    assert list(curves(opened(dict(app.query_params)))) == ["changed table", "this run"]


def test_what_does_not_travel_is_said(app):
    """And stays in this visit."""
    rows = [{"x1": f"{i**5 % 9973}", "x2": f"{i**3}", "x3": "1", "y": "1"} for i in range(1_500)]
    settled(edit_table(app, added_rows=rows).run())
    keep(app)
    settled(button(app, "Reset").click().run())
    assert "kept" not in app.query_params
    assert "Too long for the page's address, and gone after a reload: “changed table”" in captions(app)
    assert list(curves(app)) == ["changed table", "this run"]


@pytest.mark.parametrize(
    ("kept", "problem"),
    [
        ("name=a&seed=x", "kept, run 1: seed: “x” is not a whole number"),
        ("name=a&kept=b", "“kept” is no parameter of this page."),
        ("nonsense", "kept: “nonsense” is no run."),
        (f"name=a&table=1~a_y~{'1_1~' * 20}end&epochs=100000&batch_size=1", "kept: a: This run would make 2,000,000"),
        ("name=a&table=1~a_y~x_1~end", "kept: a: Row 1, column “a”"),
        ("|".join(f"name={n}&seed={n}" for n in range(20)), "kept: 20 runs; the page keeps 8."),
        ("name=a&" * 3_000, "kept: 21,000 characters; at most 8,000 are read."),
    ],
)
def test_kept_runs_of_a_wrong_link_are_left_out_with_a_line(kept, problem):
    """The rest of the page is there."""
    app = opened(kept=kept)
    assert problem in plain(app.warning[0].value)
    assert "this run" in curves(app) or None in curves(app)


def test_a_run_that_a_link_names_twice_is_kept_once():
    app = opened(kept="name=a&seed=7|name=b&seed=7|name=c&seed=8")
    assert list(curves(app)) == ["a", "c", "this run"]
    assert not app.warning


def test_kept_runs_that_take_too_long_together_are_left_out(monkeypatch):
    """Each by itself would do."""
    monkeypatch.setattr(keeping, "MOST_SECONDS", 1)
    runs = [f"name={name}&seed={seed}&epochs=50000" for seed, name in enumerate("abc")]
    app = opened(kept="|".join(runs))
    assert list(curves(app)) == ["a", "this run"]
    assert plain(app.warning[0].value).count("training it again, too, would take more than 1 seconds.") == 2


def test_a_kept_run_that_the_clock_stops_is_kept_as_far_as_it_came(monkeypatch):
    """In its name, in its epochs and in the address; the reader is told."""
    training._place.clear()
    monkeypatch.setattr(training, "MOST_SECONDS", 0.03)
    monkeypatch.setattr(cost, "UPDATE_SECONDS", 0)
    app = opened(kept="name=long&epochs=100000", tab="compare", compare="kept")
    training._place.clear()
    reached = len(curves(app)["long, stopped"]) - 1
    (run,) = app.session_state[controls.KEPT]
    assert 0 < run.settings.epochs < 100_000
    assert reached <= run.settings.epochs  # a long curve has fewer points
    assert comparison(app)["epochs"].tolist() == ["200", f"{run.settings.epochs:,}"]
    assert f"epochs={run.settings.epochs}" in query(app)["kept"]
    assert app.toast[0].value.startswith("“long” was stopped at the limit of 60 seconds, after ")
