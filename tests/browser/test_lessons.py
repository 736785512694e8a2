"""Lessons in a real Chromium: walked from end to end, and kept in sight."""

import re

from keyboard import Typist
from playwright.sync_api import Locator, expect
from test_journeys import PUBLISHED_PREDICTIONS

from core import Run, train
from ui.hideable import FINER_CONTROLS, SIDEBAR
from ui.lessons.catalogue import LESSONS
from ui.lessons.lesson import HowMuch, LessonStep, answer_text, right_answer
from ui.settings import Settings, dataset_of, experiment_of
from ui.version import VERSION

HEIGHT = 175  # pixels that the panel takes at most at 1280 × 800, with what is said of an answer


def run_of(settings: Settings) -> Run:
    return train(experiment_of(settings, dataset_of(settings.names, settings.targets, settings.rows)))


def answer_of(step: LessonStep) -> str:
    runs = [run_of(one) for one in (step.before(step.settings), step.changed(step.settings))]
    return answer_text(step.question, right_answer(step.question, *runs))


def answer(typist: Typist, panel: Locator, step: LessonStep) -> None:
    """Type or choose the right answer, from the button that leads on."""
    question, right = step.question, answer_of(step)
    if isinstance(question, HowMuch):
        typist.type_into(panel.get_by_role("textbox"), right, by="Shift+Tab")
    else:
        typist.choose(panel.get_by_role("radiogroup"), right, by="Shift+Tab", along="ArrowLeft")
    expect(panel.get_by_role("status")).to_contain_text(re.compile("^(Right|So it is)"))
    if step.change:
        typist.use(typist.button("See it"))
        expect(typist.button("Reopen")).to_be_focused()


def test_all_lessons_are_walked_by_keyboard_alone(the_page):
    """From the button by the title on, one after the other: every answer is right, and the focus is never lost.

    What was predicted is looked at.
    """
    typist, page = Typist(the_page), the_page.page
    panel = page.locator(".st-key-page_lesson_panel")
    within = panel.locator(":focus")
    typist.use(typist.button("Lessons"))
    for lesson in LESSONS.values():
        typist.use(typist.button(lesson.title))
        expect(within).to_be_attached()
        typist.go_to(typist.button("Next"))
        for number, step in enumerate(lesson.steps, start=1):
            expect(panel).to_contain_text(f"{lesson.title}, {number} of {len(lesson.steps)}.")
            answer(typist, panel, step)
            assert panel.bounding_box()["height"] <= HEIGHT
            typist.use(typist.button("Finish" if number == len(lesson.steps) else "Next"))
            if number < len(lesson.steps):
                expect(page).to_have_url(re.compile(f"lesson={lesson.key}&lesson_step={number + 1}$"))
                expect(typist.button("Finish" if number + 1 == len(lesson.steps) else "Next")).to_be_focused()
        expect(typist.button("Start here")).to_be_visible()
        expect(within).to_be_attached()
        expect(page).not_to_have_url(re.compile("lesson"))
        typist.go_to(typist.button("Close"), "Shift+Tab")
    assert the_page.console == []


def test_a_lesson_goes_on_where_it_was_left(the_page):
    """Its address, opened again, is at the same step. Its panel stays in sight, and leads back.

    Whoever has a pointer has no use for the focus, and a phone would open its keyboard.
    """
    page = the_page.page
    the_page.click("Lessons")
    the_page.click("Start here")
    the_page.wait_until_idle()
    expect(page.get_by_role("textbox", name="What does it answer")).not_to_be_focused()
    the_page.click("Leave")
    the_page.click("What goes wrong")
    the_page.click("Next")
    panel = page.locator(".st-key-page_lesson_panel")
    expect(panel).to_contain_text("What goes wrong, 2 of 7.")
    said, address = the_page.everything(), page.url
    page.goto("about:blank")
    page.goto(address)
    the_page.wait_until_it_says(said)
    page.get_by_role("heading", name="The truth about the delta").scroll_into_view_if_needed()
    expect(panel).to_be_in_viewport(ratio=1)
    the_page.click("Back")
    expect(panel).to_contain_text("What goes wrong, 1 of 7.")
    the_page.click("Leave")
    expect(panel).not_to_contain_text("1 of 7.")
    page.get_by_text(f"Backprop by Numbers {VERSION}").scroll_into_view_if_needed()
    expect(panel).not_to_be_in_viewport()


def test_a_class_does_without_what_its_link_hides(blank_page, server):
    """The sidebar is closed where all of it is hidden; predictions wait until they are asked for."""
    whole = [*SIDEBAR, *FINER_CONTROLS]
    the_page = blank_page.open(f"{server.url}/?lesson=start&hide={'.'.join(['predictions', 'show_me', *whole])}")
    page = the_page.page
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")
    expect(page.get_by_role("button", name="Show me")).not_to_be_attached()
    expect(the_page.table_rows("Predictions")).to_have_count(0)
    the_page.click("Show the predictions")
    the_page.expect_table("Predictions", PUBLISHED_PREDICTIONS)
    the_page.click("Next")
    expect(page).to_have_url(re.compile(r"lesson=start&lesson_step=2&hide=predictions\.show_me\.example"))
    assert the_page.console == []
