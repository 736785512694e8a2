"""Predict, then see, on the page: the guess, the answer, the count and the link."""

from dataclasses import replace

import numpy as np
import pytest
from app import button, numbers, opened, plain, query, settled, spec

from core import EXAMPLES, NOTEBOOK, cost, train
from ui import on_demand, training
from ui.formats.link import settings_query
from ui.settings import PUBLISHED
from ui.view import CHANGES, GUESSES

FASTER = replace(NOTEBOOK, learning_rate=10.0)


def predicting(query=None, **parameters):
    return opened({"tab": "turn", "practice": "predict"} | (query or {}), **parameters)


def charts(app):
    """Return the charts to choose from, by their letters, in the order of the page."""
    every = {spec(one)["layout"].get("title", {}).get("text"): one for one in app.get("plotly_chart")}
    return {letter: every[letter] for letter in "ABCD" if letter in every}


def losses(chart):
    return numbers(spec(chart)["data"][0]["y"])


def letter_of(app, experiment):
    """Return the letter of the chart that ends as an experiment, trained here, does."""
    end = train(experiment).cross_entropy[-1]
    (letter,) = (letter for letter, chart in charts(app).items() if losses(chart)[-1] == end)
    return letter


def guess(app, choice):
    """Choose, counted from 0, and press the button."""
    radio = next(one for one in app.radio if one.label == "Your guess")
    settled(radio.set_value(choice).run())
    return settled(next(one for one in app.button if one.label in {"See", "Train and see"}).click().run())


def said(app):
    """Return what the tab says of the guess, or why there is none."""
    tab = next(tab for tab in app.tabs if tab.label == "Your turn")
    return [plain(message.value) for message in (*tab.success, *tab.info, *tab.warning)]


def captions(app):
    return "\n".join(caption.value for caption in app.main.caption)


def labels(app):
    return [one.label for one in app.button]


def test_the_tab_opens_on_a_step_as_before():
    """What is predicted is offered beside it, and nothing of it is trained."""
    app = opened(tab="turn")
    assert [one.label for one in app.text_input if one.key.startswith("page_answer")] == ["New weight w3"]
    assert "page_made_curves" not in app.session_state
    app.session_state["page_practice"] = "predict"
    settled(app.run())
    assert not app.slider
    assert query(app) == {"tab": "turn", "practice": "predict"}


def test_a_right_guess_at_the_loss():
    """The curve is the changed experiment's; one press makes that the experiment."""
    app = predicting()
    assert list(charts(app)) == list("ABCD")
    assert "Make this the experiment" not in labels(app)
    right = letter_of(app, FASTER)
    guess(app, "ABCD".index(right))
    end = train(FASTER).cross_entropy[-1]
    (text,) = said(app)
    assert text.startswith(f"Right: it is {right}. With learning rate 10 the loss falls from 0.8306 to {end:.4g}")
    assert "Guessed in this visit: 1 (1 right)." in captions(app)
    (overlay,) = [one for one in app.get("plotly_chart") if "what came out" in one.proto.spec]
    assert len(spec(overlay)["data"]) == 1
    settled(button(app, "Make this the experiment").click().run())
    assert app.session_state[training.SHOWN].run.experiment == FASTER
    assert query(app)["learning_rate"] == "10"
    assert not said(app)


def test_a_wrong_guess_at_the_loss():
    """It is dashed over what came out, and called by its setting; the guess stays as it was."""
    app = predicting()
    right = letter_of(app, FASTER)
    wrong = next(letter for letter in "ABCD" if letter != right)
    mine = losses(charts(app)[wrong])
    guess(app, "ABCD".index(wrong))
    (text,) = said(app)
    assert text.startswith(f"It is {right}. With learning rate 10 the loss falls from 0.8306 to ")
    assert f" You chose {wrong}, the curve of learning rate " in text
    assert f"not at {float(f'{mine[-1]:.4g}'):g}." in text
    assert "Guessed in this visit: 1 (0 right)." in captions(app)
    (overlay,) = [one for one in app.get("plotly_chart") if "what came out" in one.proto.spec]
    truth, guessed = spec(overlay)["data"]
    assert np.array_equal(numbers(guessed["y"]), mine)
    assert np.array_equal(numbers(truth["y"]), losses(charts(app)[right]))
    assert guessed["line"]["dash"] == "dash"
    assert next(one for one in app.radio if one.label == "Your guess").disabled
    assert "Guessed in this visit: 1 (0 right)." in captions(settled(app.run()))


def test_the_charts_have_equal_axes_and_tell_their_shapes_only():
    """What is read aloud says no setting."""
    app = predicting()
    layouts = [spec(chart)["layout"] for chart in charts(app).values()]
    assert len({(*layout["xaxis"]["range"], *layout["yaxis"]["range"]) for layout in layouts}) == 1
    for letter, chart in charts(app).items():
        first, last = losses(chart)[[0, -1]]
        assert chart.proto.alt.startswith(f"{letter} falls from {first:.4g} to {last:.4g}".replace("0.6180", "0.618"))
        assert "rate" not in chart.proto.alt + chart.proto.spec


@pytest.mark.parametrize("asked", ["row", "largest", "moved"])
@pytest.mark.parametrize("name", ["notebook", "xor-two-bits", "iris"])
def test_a_row_or_a_weight_is_guessed(asked, name):
    """Right or wrong is told by the run; of many, those that are drawn."""
    app = predicting(example=name, guess=asked, epochs="40")
    experiment = replace(EXAMPLES[name].experiment, epochs=40)
    rate = experiment.learning_rate * 10
    run = train(replace(experiment, learning_rate=rate))
    guess(app, 0)
    (bars,) = [one for one in app.get("plotly_chart") if "your guess" in one.proto.spec]
    drawn = numbers(spec(bars)["data"][0]["x"])
    targets = experiment.dataset.target_columns
    before, after = (np.concatenate([layer.ravel() for layer in run.weights_after(k)]) for k in (0, 40))
    numbers_of = {
        "row": np.abs(run.after.reshape(targets.shape) - targets).sum(axis=1),
        "largest": np.abs(after),
        "moved": np.abs(after - before),
    }[asked]
    assert set(drawn) <= set(numbers_of)
    if len(numbers_of) <= 12:
        assert np.array_equal(drawn, numbers_of)
    assert said(app)[0].startswith("Right. ") == (drawn[0] == drawn.max())
    assert f"({int(drawn[0] == drawn.max())} right)" in captions(app)


def test_another_is_another_value_and_travels_in_the_link():
    """Its number does, with what changes and what is guessed."""
    app = predicting(change="hidden_units", guess="moved")
    settled(button(app, "Another").click().run())
    assert query(app) == {
        "tab": "turn",
        "practice": "predict",
        "change": "hidden_units",
        "guess": "moved",
        "prediction": "2",
    }
    assert "What if it had **2 hidden units** instead of 0 hidden units" in "".join(one.value for one in app.markdown)
    again = opened(query(app))
    assert [one.value for one in again.markdown] == [one.value for one in app.markdown]
    settled(button(opened(query(app), prediction="9999"), "Another").click().run())


def test_a_link_to_no_prediction_is_told():
    app = predicting(prediction="0", guess="x", change="y", practice="predict")
    problems = plain(app.warning[0].value)
    assert "a whole number from 1 to 9,999" in problems
    assert "one of loss, row, largest, moved" in problems
    assert "one of learning_rate, hidden_units, objective, epochs, seed" in problems


NETWORKS = [
    {"table": "1~a_b_y_z~1_0_1_0~0_1_0_1~1_1_1_1~end", "targets": "2", "biases": "fixed", "epochs": "30"},
    {"example": "iris", "epochs": "20", "held_out": "0.3", "batch_size": "20"},
    {"example": "two-layers", "epochs": "30"},
    {"table": "1~x1_x2_y~0_0_100~0_1_250~1_1_900~end", "scale_targets": "1", "epochs": "20"},
    {"example": "challenger", "objective": "squared_error", "epochs": "20"},
]
LOSS, *OTHER_GUESSES = GUESSES.names


@pytest.mark.parametrize(("place", "change"), list(enumerate(CHANGES)))
@pytest.mark.parametrize("network", range(len(NETWORKS)))
def test_every_network_is_predicted(network, place, change):
    """Every change of each, and every guess at each and at every change, has an answer."""
    app = predicting(NETWORKS[network], change=change, guess=LOSS)
    guess(app, 0)
    assert len(said(app)) == 1
    app.session_state["page_guess"] = OTHER_GUESSES[(network + place) % len(OTHER_GUESSES)]
    settled(app.run())
    guess(app, 0)
    assert len(said(app)) == 1
    assert "Guessed in this visit: 2 (" in captions(app)


def test_typed_weights_leave_seed_and_hidden_units_as_they_are():
    app = predicting(example="nielsen-bad")
    assert app.selectbox(key="page_change").options == ["the learning rate", "the objective", "the epochs"]


def test_the_only_weight_is_not_asked_for():
    app = predicting(table="1~x_y~0_0~1_1~end", guess="largest")
    assert said(app) == ["There is only one weight. Guess something else."]


def test_curves_that_look_alike_are_not_asked_for():
    app = predicting(learning_rate="0.001", epochs="1")
    assert said(app) == [
        "Under every other setting that was tried the loss looks the same. Guess something else, or change another "
        "setting."
    ]
    assert not charts(app)


def test_names_are_shown_to_the_letter():
    """Nothing that a column is called becomes markup."""
    names = ["$x$", "<a href='http://example.org'>a</a>", ":red[a]", "a|b", "*y*"]
    rows = tuple(tuple(str((row + column) % 2) for column in range(5)) for row in range(3))
    settings = replace(PUBLISHED["notebook"], names=tuple(names), rows=rows, epochs=20)
    app = predicting(settings_query(settings), guess="moved")
    radio = next(one for one in app.radio if one.label == "Your guess")
    assert list(map(plain, radio.options)) == names[:-1]
    guess(app, 1)
    assert any(name in said(app)[0] for name in names)


def test_what_is_too_much_is_refused_before_a_guess():
    """With figure, limit and remedy: of the page, of the run, and of all runs to choose from."""
    table = f"1~x_y~{'~'.join(f'{row}_{row % 2}' for row in range(-10, 10))}~end"
    app = predicting(table=table, batch_size="1", epochs="6000", change="epochs", prediction="3", guess="row")
    (text,) = said(app)
    assert text.startswith("This run would make 1,200,000 updates; the limit is 1,000,000.")
    assert not [one for one in app.radio if one.label == "Your guess"]


def test_runs_that_take_long_are_asked_for(monkeypatch):
    """Those to choose from by a press of their own, the changed one by the guess."""
    monkeypatch.setattr(on_demand, "AT_ONCE_SECONDS", 0)
    app = predicting()
    assert not charts(app)
    settled(button(app, "Train 8 runs").click().run())
    assert list(charts(app)) == list("ABCD")
    app = predicting(guess="row")
    guess(app, 0)
    assert len(said(app)) == 1


def test_all_runs_together_may_be_too_much(monkeypatch):
    monkeypatch.setattr(cost, "UPDATE_SECONDS", 0.05)
    app = predicting()
    (text,) = said(app)
    assert text.startswith("Training 8 runs would take about 80 seconds; the limit is 60 seconds.")
    assert "Try another change, or fewer epochs." in text
