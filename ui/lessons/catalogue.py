"""All lessons, by their keys in links."""

from typing import Final

from ui.lessons.hidden_layers import HIDDEN_LAYERS
from ui.lessons.lesson import Lesson, LessonStep
from ui.lessons.start_here import START_HERE
from ui.lessons.what_goes_wrong import WHAT_GOES_WRONG

LESSONS: Final[dict[str, Lesson]] = {lesson.key: lesson for lesson in (START_HERE, HIDDEN_LAYERS, WHAT_GOES_WRONG)}


def step_of(lesson: str, number: int) -> LessonStep | None:
    """Return a step, counted from 1, or the nearest that there is; None without a lesson."""
    chosen = LESSONS.get(lesson)
    return chosen.steps[chosen.nearest(number) - 1] if chosen else None
