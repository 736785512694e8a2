"""The panel of a lesson, through Streamlit's own AppTest: every step opens, asks, judges and leads on."""

import pytest
from app import button, opened, query, settled

from core import NOTEBOOK, train
from ui import training
from ui.formats.link import to_query
from ui.lessons.catalogue import LESSONS, step_of
from ui.lessons.lesson import HowMuch, answer_text, right_answer
from ui.session import key
from ui.settings import dataset_of, experiment_of
from ui.tabs.tabs import LABELS

STEPS = [(name, number) for name, lesson in LESSONS.items() for number in range(1, len(lesson.steps) + 1)]


def open_step(lesson, number, **parameters):
    return opened(lesson=lesson, lesson_step=str(number), **parameters)


def experiment(settings):
    return experiment_of(settings, dataset_of(settings.names, settings.targets, settings.rows))


def right(step):
    runs = [train(experiment(one)) for one in (step.before(step.settings), step.changed(step.settings))]
    return answer_text(step.question, right_answer(step.question, *runs))


def field(app, lesson, number):
    place = key(f"lesson_{lesson}_{number}")
    is_number = isinstance(step_of(lesson, number).question, HowMuch)
    return app.text_input(key=place) if is_number else app.segmented_control(key=place)


def give(app, lesson, number, given):
    return settled(field(app, lesson, number).set_value(given).run())


def says(app):
    """Return what is said of the answer."""
    return [text.value for text in (*app.main.success, *app.main.warning)]


def heading(app):
    """Return the text of the step, which begins with where in which lesson it is; None without a lesson."""
    titles = tuple(f"**{lesson.title}, " for lesson in LESSONS.values())
    return next((text.value for text in app.main.markdown if text.value.startswith(titles)), None)


def go_on(app):
    return settled(app.button(key="page_lesson_next").click().run())


@pytest.mark.parametrize(("lesson", "number"), STEPS)
def test_every_step_opens_what_it_says_and_judges_answers(lesson, number):
    """By a link that names the step alone. A wrong answer is told so, Show me gives the right one and says so."""
    step = step_of(lesson, number)
    app = open_step(lesson, number)
    assert app.session_state[training.SHOWN].run.experiment == experiment(step.settings)
    assert app.session_state["page_tab"] == LABELS[step.view.tab]
    assert heading(app) == f"**{LESSONS[lesson].title}, {number} of {len(LESSONS[lesson].steps)}.** {step.text}"
    assert f"**{step.question.asks}**" in [text.value for text in app.main.markdown]
    is_number = isinstance(step.question, HowMuch)
    wrong = "77" if is_number else next(choice for choice in step.question.choices if choice != right(step))
    give(app, lesson, number, wrong)
    assert len(app.main.warning) == 1
    settled(button(app, "Show me").click().run())
    assert field(app, lesson, number).value == right(step)
    (said,) = [message.value for message in app.main.info if message.value.startswith("Shown: ")]
    assert says(app) == []
    if is_number:
        give(app, lesson, number, f"{right(step)} ")
        assert says(app) == [said.replace("Shown", "Right")]
    else:
        assert said == f"Shown: {right(step)}. {step.question.because}".strip()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_walked_from_the_list_to_its_end(lesson):
    """With no answer given: nothing is forced. Every step is in the address, and opens the same page elsewhere."""
    app = opened()
    assert heading(app) is None
    settled(button(app, "Lessons").click().run())
    settled(button(app, LESSONS[lesson].title).click().run())
    steps = LESSONS[lesson].steps
    for number, step in enumerate(steps, start=1):
        assert heading(app).startswith(f"**{LESSONS[lesson].title}, {number} of {len(steps)}.**")
        elsewhere = opened(query(app))
        assert heading(elsewhere) == heading(app)
        assert query(elsewhere) == query(app)
        shown = elsewhere.session_state[training.SHOWN].run.experiment
        assert shown == app.session_state[training.SHOWN].run.experiment == experiment(step.settings)
        assert elsewhere.session_state["page_tab"] == app.session_state["page_tab"]
        assert not app.button(key="page_lesson_next").disabled
        assert app.button(key="page_lesson_next").label == ("Finish" if number == len(steps) else "Next")
        go_on(app)
    assert heading(app) is None
    assert "lesson" not in query(app)
    assert button(app, "Hidden layers")


def test_the_way_back_leads_to_the_step_before_and_out():
    """What was answered is still there."""
    app = open_step("start", 1)
    give(app, "start", 1, "0.2690")
    go_on(app)
    settled(app.button(key="page_lesson_back").click().run())
    assert field(app, "start", 1).value == "0.2690"
    assert says(app) == ["Right: 0.26898640. So far it is a guess."]
    settled(button(app, "Leave").click().run())
    assert query(app) == {}
    assert heading(app) is None


@pytest.mark.parametrize("out", ["Leave", "Leave the lesson", "Finish"])
def test_what_a_lesson_was_begun_from_is_there_again(out):
    """The reader's own table and what was looked at, also when the lesson is left at its end."""
    address = {"tab": "down", "state": "3", "axis": "log", "epochs": "50", "hide": "hint"}
    app = opened(address, title="Mine", table="1~p_q_r~0_0_1~1_0_0~1_1_1~end")
    address = query(app)
    assert {"title", "table", "axis", "hide"} < address.keys()
    settled(button(app, "Lessons").click().run())
    settled(button(app, "What goes wrong").click().run())
    assert query(app)["lesson"] == "wrong"
    if out == "Finish":
        for _ in LESSONS["wrong"].steps[1:]:
            go_on(app)
    settled(button(app, out).click().run())
    assert query(app) == address


def test_a_step_sets_only_where_the_reader_looks():
    """What else the reader has chosen is as it was."""
    app = open_step("wrong", 1, axis="log", level="3", hide="hint", tab="turn", row="2")
    go_on(app)
    assert query(app) == {
        "example": "notebook",
        "learning_rate": "20",
        "tab": "down",
        "state": "1",
        "level": "3",
        "axis": "log",
        "lesson": "wrong",
        "lesson_step": "2",
        "hide": "hint",
    }


def test_quick_presses_of_next_all_count():
    app = open_step("start", 1)
    app.session_state["page_lesson_step"] = 3  # the page that the reader sees still shows the first
    go_on(app)
    assert heading(app).startswith("**Start here, 4 of 8.**")


@pytest.mark.parametrize("press", ["Next", "Back", "Show me", "Reopen", "See it"])
def test_a_press_after_the_lesson_was_left_does_nothing(press):
    """The page that the reader sees still shows the lesson."""
    app = open_step("start", 6, seed="7")
    if press == "See it":
        give(app, "start", 6, "nearer")
    app.session_state["page_lesson"], app.session_state["page_lesson_step"] = "none", 1
    settled(button(app, press).click().run())
    assert heading(app) is None
    assert query(app) == {"seed": "7"}


def test_the_answer_is_that_of_the_run_that_is_shown():
    """Whatever seed the reader has chosen; the step's own is a press away."""
    app = open_step("start", 1, seed="7")
    output = app.session_state[training.SHOWN].run.before[0]
    assert not says(give(app, "start", 1, "0.2690"))[0].startswith("Right")
    assert says(give(app, "start", 1, f"{output:.4f}"))[0].startswith("Right")
    settled(button(app, "Reopen").click().run())
    assert app.session_state[training.SHOWN].run.experiment == NOTEBOOK
    assert query(app) == {"example": "notebook", "lesson": "start"}


def test_a_step_is_reopened_where_only_the_view_was_changed():
    """The panel is not run again when a state, row or tab is chosen, so the way back is there from the first."""
    app = open_step("start", 2)
    assert button(app, "Reopen")
    settled(app.number_input(key="page_row").set_value(1).run())
    assert "row" not in query(app)
    settled(button(app, "Reopen").click().run())
    assert query(app) == {"example": "notebook", "row": "3", "lesson": "start", "lesson_step": "2"}


def test_a_question_about_another_network_is_not_asked():
    """It says so, and Next is there all the same."""
    app = open_step("start", 1, hidden_units="2")
    assert any("another experiment" in caption.value for caption in app.main.caption)
    assert not app.main.text_input
    assert heading(go_on(app)).startswith("**Start here, 2 of 8.**")


def test_what_was_predicted_can_be_seen():
    """The changed run is shown, and the prediction is still about the change."""
    app = give(open_step("start", 6), "start", 6, "no nearer")
    assert says(app)[0].startswith("It turns out otherwise: nearer.")
    settled(button(app, "See it").click().run())
    assert app.session_state[training.SHOWN].run.experiment.epochs == 1_000
    assert says(give(app, "start", 6, "nearer"))[0].startswith("So it is: nearer.")
    assert query(app) == {"epochs": "1000", "example": "notebook", "lesson": "start", "lesson_step": "6"}


def test_a_link_to_a_lesson_may_name_its_experiment():
    """What it says counts before what the step opens; a notebook that is named stays the notebook."""
    app = opened(lesson="hidden", example="notebook")
    assert app.session_state[training.SHOWN].run.experiment == NOTEBOOK
    settings = step_of("wrong", 6).settings
    app = open_step("wrong", 6, seed="5", tab="down")
    shown = app.session_state[training.SHOWN]
    assert shown.settings.weights == settings.weights
    assert shown.settings.seed == 5
    assert app.session_state["page_tab"] == "The way down"
    elsewhere = opened(query(settled(app.number_input(key="page_seed").set_value(6).run())))
    assert elsewhere.session_state[training.SHOWN].settings.weights == settings.weights


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"lesson": "nope"}, "- lesson: “nope” is not one of none, start, hidden, wrong."),
        ({"lesson": "start", "lesson_step": "0"}, "- lesson_step: “0” is not a whole number from 1 to 12."),
    ],
)
def test_a_bad_link_to_a_lesson_says_so(parameters, problem):
    (warning,) = opened(parameters).warning
    assert warning.value.replace("\\", "").splitlines()[1:] == [problem]


def test_a_link_without_a_lesson_names_no_example():
    app = opened()
    assert to_query(app.session_state[training.SHOWN].settings, step_of("start", 1).view) == {}
