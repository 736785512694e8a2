"""The worksheet: steps with blanks, their key, and a link to each, in one file that needs no other."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from exported import PageReader
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from ui.figures.plan import network_plan
from ui.formats.link import from_query, to_query
from ui.formats.worksheet import Task, worksheet_html
from ui.settings import settings_from
from ui.tabs.tabs import LABELS
from ui.text import exact_text, rounded_text
from ui.view import MOST_LEVELS, Place, View
from ui.worked.exercise import exercise_of
from ui.worked.sheet import places
from ui.worked.step import neurons, step_at


def tasks_of(experiment, steps, seed, level=1, decimals=4):
    run, settings = train(experiment), settings_from(experiment, "notebook")
    names = {place: name for name, place in neurons(experiment).items()}
    return [
        Task(
            exercise_of(step_at(run, place)),
            "http://x/?"
            + urlencode(
                to_query(
                    settings, View("turn", place.k, place.row + 1, names[place.neuron], level=level, decimals=decimals)
                )
            ),
        )
        for place in places(experiment, steps, seed)
    ]


def sheet(experiment, versions=2, steps=3, level=1, decimals=4):
    tasks = [tasks_of(experiment, steps, seed, level, decimals) for seed in range(1, versions + 1)]
    return tasks, worksheet_html("A <b> & c", network_plan(experiment), tasks, level, decimals)


def mentions(number, text):
    return re.search(rf"(?<![\d.]){re.escape(number)}(?!\d)", text) is not None


@given(networks(), st.integers(1, 3), st.integers(1, 6), st.integers(1, MOST_LEVELS), st.integers(4, 8))
def test_every_network_has_a_worksheet(experiment, versions, steps, level, decimals):
    """A section a version, with a blank for each number that is asked, and one for the name; then the key."""
    tasks, text = sheet(experiment, versions, steps, level, decimals)
    reader = PageReader(text)
    *pages, key = reader.sections
    assert len(pages) == versions
    assert reader.tags.isdisjoint({"script", "img", "link", "iframe", "object"})
    for page, blanks, of_page in zip(pages, reader.blanks, tasks, strict=False):
        assert blanks == 1 + sum(len(task.exercise.asked(level)) for task in of_page)
        assert "A <b> & c" in page
    for task in (task for of_page in tasks for task in of_page):
        for quantity in task.exercise.asked(level):
            assert mentions(rounded_text(task.exercise.value(quantity), decimals), key)


@given(networks(), st.integers(1, MOST_LEVELS))
def test_each_step_names_the_link_that_asks_it(experiment, level):
    """Opened, it leads to the same answers."""
    tasks, text = sheet(experiment, level=level)
    links = PageReader(text).links
    assert links == [task.link for of_page in tasks for task in of_page]
    for task in tasks[0]:
        settings, view, problems = from_query(dict(parse_qsl(urlsplit(task.link).query)), LABELS)
        assert problems == []
        assert (view.tab, view.level) == ("turn", level)
        assert settings == settings_from(experiment, "notebook")
        chosen = neurons(experiment).get(view.neuron, next(iter(neurons(experiment).values())))
        again = exercise_of(step_at(train(experiment), Place(view.state, view.row - 1, chosen)))
        assert again.value("new weight") == task.exercise.value("new weight")


@pytest.mark.parametrize(
    "experiment",
    [
        NOTEBOOK,
        replace(NOTEBOOK, hidden_units=(3, 2), learning_rate=0.5, biases="learned"),
        replace(NOTEBOOK, objective="cross_entropy", batch_size=2),
        EXAMPLES["mazur"].experiment,
    ],
)
@pytest.mark.parametrize("level", [1, 2, 7])
def test_no_answer_stands_beside_its_blank(experiment, level):
    """In full it stands nowhere, and in the key only rounded."""
    tasks = tasks_of(experiment, 1, 3, level)
    page, _ = PageReader(worksheet_html("", network_plan(experiment), [tasks], level, 4)).sections
    exercise = tasks[0].exercise
    for quantity in exercise.asked(level):
        assert not mentions(exact_text(exercise.value(quantity)), page)


def test_names_are_written_to_the_letter():
    """HTML in them is text."""
    experiment = Experiment(Dataset([[0.5, 1], [1, 0]], [0, 1], ["<i>a</i>", "{}&amp;"]), epochs=2)
    _, text = sheet(experiment, level=7)
    assert "i" not in PageReader(text).tags
    assert "<i>a</i> · w 1" in PageReader(text).sections[0]
    assert "{}&amp; · w 2" in PageReader(text).sections[0]


def test_no_two_numbers_are_called_alike():
    """An input called like the activation is in quotes; the deltas that are sent back have their neurons' names."""
    experiment = EXAMPLES["xor-two-bits"].experiment
    exercise = exercise_of(step_at(train(experiment), Place(0, 1, (0, 0))))
    for level in (2, MOST_LEVELS):
        text = PageReader(worksheet_html("", "", [[Task(exercise, None)]], level, 4)).sections[0]
        assert "“a” · w 1,1" in text
        assert "row “b” δ" in text
        assert "row a" not in text
        assert text.count("δ output") == 1
    exercise = exercise_of(step_at(train(EXAMPLES["mazur"].experiment), Place(0, 0, (0, 0))))
    text = PageReader(worksheet_html("", "", [[Task(exercise, None)]], MOST_LEVELS, 4)).sections[0]
    assert "δ o1 =" in text
    assert "δ o2 =" in text


def test_a_link_that_is_too_long_to_type_is_one_to_click():
    """And a table that is too large for a link has none."""
    (task,) = tasks_of(NOTEBOOK, 1, 1)
    for link, ending in [("http://x/" + "y" * 300, "Check it: on screen"), (None, "")]:
        reader = PageReader(worksheet_html("", "", [[replace(task, link=link)]], 1, 4))
        assert reader.links == ([link] if link else [])
        assert reader.sections[0].endswith(ending)


def test_many_rows_are_given_as_one_and_the_rest():
    (task,) = tasks_of(replace(EXAMPLES["iris"].experiment, epochs=2), 1, 1)
    text = PageReader(worksheet_html("", "", [[task]], 2, 4)).sections[0]
    assert "others" in text
    assert len(text) < 1_500
