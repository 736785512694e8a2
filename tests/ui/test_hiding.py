"""What a link may hide, through Streamlit's own AppTest: each thing is gone, what it was set to is not."""

from urllib.parse import parse_qs, urlsplit

import pytest
from app import button, edit_table, query, settled, tables, unfolded

from core import NOTEBOOK
from ui import hiding, training
from ui.hideable import GROUPS, HIDEABLE
from ui.hiding import is_hidden
from ui.lessons.catalogue import LESSONS, step_of
from ui.names import TABS
from ui.settings import SETTINGS
from ui.tabs.tabs import LABELS
from ui.tabs.tabs import TABS as SHOWN_TABS

# An experiment that differs from the notebook's in every setting, and has something wrong.
CHANGED = {
    "seed": "7",
    "epochs": "5",
    "objective": "cross_entropy",
    "learning_rate": "0.5",
    "hidden_units": "3-2",
    "biases": "learned",
    "batch_size": "2",
    "standardise": "1",
    "held_out": "0.25",
    "scale_targets": "1",
    "weights": "1~3x1~1~2~3~end",
    "table": "1~a_b_c_y~0_2_1_0~0_1_1_0~1_0_1_1~1_1_1_0.5~end",
    "state": "4",
    "row": "3",
    "neuron": "h4",
    "level": "3",
    "decimals": "6",
}
AT = dict.fromkeys(["hint", "show_me", "level", "practice"], "turn")


def keys(app):
    kinds = [app.number_input, app.selectbox, app.radio, app.toggle, app.slider, app.text_input, app.segmented_control]
    return {widget.key for kind in kinds for widget in kind}


def labels(app):
    return {one.label for one in (*app.button, *app.expander, *app.tabs)}


def has(name):
    return lambda app: name in labels(app)


def has_control(name):
    return lambda app: f"page_{name}" in keys(app)


IS_SHOWN = {
    "predictions": lambda app: "Show the predictions" not in labels(app),
    "hint": has("Hint"),
    "show_me": has("Show me"),
    "findings": lambda app: bool(app.main.info),
    "lessons": has("Lessons"),
    "place": has_control("state"),
    "level": has_control("level"),
    "practice": has_control("practice"),
    "example": has_control("example"),
    "table": lambda app: any("One row an example" in (text.help or "") for text in app.sidebar.markdown),
    "columns": has("Columns"),
    "upload": has("Upload or paste a table"),
    "weights": has_control("own_weights"),
    **{setting.name: has_control(setting.name) for setting in SETTINGS},
    **{name: has(label) for name, label in TABS.items()},
}


def settings(app):
    return app.session_state[training.SHOWN].settings


def moved(app, query):
    """Return the page after the browser's address has changed, as Back and Forward do it."""
    app.query_params.clear()
    app.query_params.update(query)
    return settled(app.run())


def test_all_that_can_be_hidden_is_listed_once():
    """The tabs by their keys in links, the settings by theirs."""
    assert len(HIDEABLE) == sum(map(len, GROUPS.values()))
    assert HIDEABLE.keys() == IS_SHOWN.keys()
    assert [tab.key for tab in SHOWN_TABS] == list(TABS)


@pytest.fixture(scope="module")
def visit():
    """Open the page once, for tests that go to the address they begin at."""
    return unfolded()


@pytest.mark.parametrize("name", HIDEABLE)
def test_each_thing_can_be_hidden(name, visit):
    """What it was set to stays, in the run and in the address; so it does where the page was shown in full before."""
    parameters = CHANGED | {"tab": AT.get(name, "step")}
    if name == "findings":
        parameters = {"example": "xor-neuron"}
    app = moved(visit, parameters)
    before = settings(app)
    assert IS_SHOWN[name](app)

    def assert_it_is_hidden(page):
        assert not IS_SHOWN[name](page)
        assert all(IS_SHOWN[other](page) for other in ("seed", "upload", "take") if other != name)
        assert settings(page) == before
        assert not page.warning

    hidden = parameters | {"hide": name}
    for page in (unfolded(hidden), moved(app, hidden)):
        assert_it_is_hidden(page)
        assert_it_is_hidden(settled(page.run()))
        assert page.session_state["page_state"] == int(parameters.get("state", 0))


def test_everything_can_be_hidden_at_once():
    """What is left is the run; the address still holds all of the experiment."""
    whole = unfolded(CHANGED)
    app = unfolded(CHANGED | {"hide": ".".join(HIDEABLE)})
    assert settings(app) == settings(whole)
    assert not app.tabs
    assert not [name for name in HIDEABLE if name != "findings" and IS_SHOWN[name](app)]
    assert not app.sidebar.expander
    app.session_state["page_seed"] = 8
    settled(app.run())
    assert query(app)["hide"] == ".".join(HIDEABLE)
    assert query(app)["seed"] == "8"
    assert query(app)["level"] == "3"


def test_predictions_are_shown_once_they_are_asked_for():
    """Those of this run: another one's are asked for again."""
    app = unfolded(hide="predictions")
    assert not any("last pass" in table for table in tables(app))
    settled(button(app, "Show the predictions").click().run())
    assert IS_SHOWN["predictions"](app)
    assert any("last pass" in table for table in tables(app))
    settled(edit_table(app, edited_rows={0: {"y": "1"}}).run())
    assert not IS_SHOWN["predictions"](app)


def test_a_tab_that_is_hidden_is_not_opened():
    """The first of the others is."""
    app = unfolded(tab="down", hide="step.down")
    assert app.tabs[0].label == TABS["turn"]
    assert any(field.key.startswith("page_answer_") for field in app.text_input)


def test_a_tab_that_is_hidden_is_there_for_the_step_of_a_lesson_that_is_about_it():
    """For that one alone, and the lesson's sentences point at no other."""
    app = unfolded(lesson="wrong", hide=".".join(TABS))
    assert not app.tabs
    settled(button(app, "Next").click().run())
    assert [tab.label for tab in app.tabs] == [TABS["down"]]
    settled(button(app, "Next").click().run())
    assert not app.tabs
    for step in (step for lesson in LESSONS.values() for step in lesson.steps):
        said = " ".join([step.text, step.question.asks, getattr(step.question, "hint", ""), step.question.because])
        assert {tab for tab, label in TABS.items() if label in said.replace("Compare the", "")} <= {step.tab}


def test_a_lesson_goes_without_help():
    """A wrong answer is only told to be wrong, and nothing shows the right one."""
    app = unfolded(lesson="start", hide="hint.show_me.lessons")
    assert not IS_SHOWN["show_me"](app)
    settled(app.text_input(key="page_lesson_start_1").set_value("0.5").run())
    assert app.main.warning[0].value == "Not yet."
    settled(button(app, "Leave").click().run())
    assert not {LESSONS["start"].title, "Lessons", "Close"} & labels(app)


def test_an_exercise_without_hints_does_not_speak_of_them():
    app = unfolded(tab="turn", hide="hint")
    field = next(field for field in app.text_input if field.key.startswith("page_answer_"))
    settled(field.set_value("77").run())
    assert [warning.value for warning in app.main.warning] == ["Not yet\\."]


def test_what_cannot_be_hidden_is_named():
    """Nothing is hidden then, and in any order and number the others are."""
    app = unfolded(hide="hint.everything")
    (warning,) = app.warning
    assert warning.value.replace("\\", "").endswith(
        "- hide: “hint.everything” is not any of the words that there are, such as predictions.hint."
    )
    app = unfolded(hide="show_me.hint.hint", seed="2")
    assert not app.warning
    assert app.session_state[hiding.HIDE] == ("hint", "show_me")


def test_nothing_is_hidden_without_a_page():
    assert not is_hidden("seed")


# Share's link for a class.


def class_link(app):
    """Return the parameters of the link for a class."""
    return {name: value for name, (value,) in parse_qs(urlsplit(app.code[-1].value).query).items()}


@pytest.fixture
def share():
    """Open Share at the link for a class."""

    def open_share(**parameters):
        app = unfolded(parameters, tab="take")
        app.session_state["page_class_link"] = True
        return settled(app.run())

    return open_share


def test_a_link_for_a_class_is_made_with_check_boxes(share):
    """It hides what is ticked, and opens the run that is shown at the tab that is chosen."""
    app = share(seed="7", level="4")
    assert class_link(app) == {"seed": "7", "level": "4"}
    assert "Hiding is not locking" in "".join(caption.value for caption in app.caption)
    assert [box.label for box in app.checkbox] == list(HIDEABLE.values())
    for name in ("show_me", "down", "epochs"):
        app.checkbox(key=f"page_class_hides_{name}").set_value(True)
    app.selectbox(key="page_class_begins_with").set_value("turn")
    settled(app.run())
    assert class_link(app) == {"seed": "7", "tab": "turn", "level": "4", "hide": "show_me.down.epochs"}
    assert query(app) == {"seed": "7", "tab": "take", "level": "4"}
    elsewhere = unfolded(class_link(app))
    assert not {"Show me", "The way down"} & labels(elsewhere)
    assert elsewhere.session_state["page_tab"] == "Your turn"


def test_a_link_for_a_class_may_begin_with_a_step_of_a_lesson(share):
    """As the lesson opens it, whatever is shown here."""
    app = share(seed="7")
    settled(app.selectbox(key="page_class_begins_with").set_value("hidden").run())
    settled(app.number_input(key="page_class_lesson_step").set_value(4).run())
    settled(app.checkbox(key="page_class_hides_hint").set_value(True).run())
    elsewhere = unfolded(class_link(app))
    assert settings(elsewhere) == step_of("hidden", 4).settings
    assert query(elsewhere)["lesson_step"] == "4"
    assert query(elsewhere)["hide"] == "hint"
    settled(app.selectbox(key="page_class_begins_with").set_value("wrong").run())
    assert class_link(app)["lesson"] == "wrong"


def test_the_link_begins_with_what_is_under_way(share):
    """The lesson and its step, and what is hidden already."""
    app = share(lesson="wrong", lesson_step="6", hide="hint")
    assert app.selectbox(key="page_class_begins_with").value == "wrong"
    assert app.number_input(key="page_class_lesson_step").value == 6
    assert class_link(app)["hide"] == "hint"


def test_a_table_too_large_for_a_link_has_none_for_a_class_either(share):
    app = share()
    rows = [{"x1": f"{i**5 % 9973}", "x2": f"{i**3}", "x3": "1", "y": "1"} for i in range(3_000)]
    settled(edit_table(app, added_rows=rows).run())
    assert len([one for one in app.main.info if "too large for a link" in one.value]) == 2
    assert app.session_state[training.SHOWN].run.experiment != NOTEBOOK
    assert LABELS["take"] in labels(app)
