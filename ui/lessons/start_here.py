"""Start here: from what the notebook's neuron answers before training to the loss that its update descends."""

from typing import Final

import numpy as np

from core import Run, check_gradient
from core.objectives import OBJECTIVES
from ui.lessons.lesson import HowMuch, Lesson, LessonStep, OneOf, Prediction
from ui.settings import PUBLISHED
from ui.text import OBJECTIVE_NAMES
from ui.view import Place, View
from ui.worked.step import step_at

NOTEBOOK: Final = PUBLISHED["notebook"]
ROW: Final = 3  # that is looked at
THERE, NEARER, NO_NEARER = "on target", "nearer", "no nearer"


def _logit(run: Run) -> float:
    return float(step_at(run, PLACE).ahead.logit[ROW - 1, 0])


def _error(run: Run) -> float:
    return float(step_at(run, PLACE).behind.error[ROW - 1, 0])


def _row_of_largest_delta(run: Run) -> str:
    return f"row {np.argmax(np.abs(step_at(run, PLACE).behind.delta[:, 0])) + 1}"


def _how_near(run: Run, longer: Run) -> str:
    now, then = (float(np.abs(one.after - one.experiment.dataset.targets).mean()) for one in (run, longer))
    if then == 0:
        return THERE
    return NEARER if then < now else NO_NEARER


def _descended(run: Run) -> str:
    check = check_gradient(run.experiment, run.weights_after(0))
    return OBJECTIVE_NAMES[min(OBJECTIVES, key=check.largest_gap.__getitem__)]


PLACE: Final = Place(0, ROW - 1, (0, 0))
VIEW: Final = View(row=ROW)
START_HERE: Final = Lesson(
    "start",
    "Start here",
    "One neuron, from its first answer to its last, and what it really makes smaller.",
    (
        LessonStep(
            "A neuron answers each row of the table with a number from 0 to 1. Before training its weights are drawn "
            "at random, from the seed: what it answers is a guess.",
            NOTEBOOK,
            HowMuch(
                "What does it answer to row 1 before training?",
                lambda run: float(run.before[0]),
                "Look at Predictions: the first row, the column “before”.",
                "So far it is a guess.",
            ),
        ),
        LessonStep(
            "The answer comes in two stages: each input times its weight, added up, is the **total input**; the "
            "sigmoid makes a number from 0 to 1 of it. Step through, below, shows row 3 before training.",
            NOTEBOOK,
            HowMuch(
                "What is the total input z of row 3, which is 1, 0, 1?",
                _logit,
                "Add up the weights “before” of the inputs that are 1.",
                "The sigmoid of it is the output.",
            ),
            VIEW,
        ),
        LessonStep(
            "How far is that from what it should be? The **error** is the target minus the output: positive where the "
            "output is too small.",
            NOTEBOOK,
            HowMuch(
                "What is the error of row 3 in state 0, before any update?",
                _error,
                "The target y of row 3, minus its output “before”.",
                "Where it is positive the output should rise, else fall.",
            ),
            VIEW,
        ),
        LessonStep(
            "The **delta** is the error times the slope of the sigmoid where the row is. It says how much, and which "
            "way, a row wants to change the weights.",
            NOTEBOOK,
            OneOf(
                "Which row has the largest delta, leaving signs aside?",
                tuple(f"row {row}" for row in range(1, len(NOTEBOOK.rows) + 1)),
                _row_of_largest_delta,
                "Compare the column δ of the table All rows, in Step through.",
                "The error counts, and how steep the sigmoid is.",
            ),
            VIEW,
        ),
        LessonStep(
            "Each weight changes by the sum, over the rows, of its input times the row's delta. That is one "
            "**update**: state 0 becomes state 1.",
            NOTEBOOK,
            HowMuch(
                "What is the weight of x1 in state 1?",
                lambda run: float(run.weights_after(1)[0][0, 0]),
                "Only rows 3 and 4 have x1 = 1: add their two deltas to the weight “before”.",
                "Step through has it under Update.",
            ),
            VIEW,
        ),
        LessonStep(
            "After 200 such updates the answers are close to their targets y.",
            NOTEBOOK,
            Prediction(
                "Train it five times as long, 1,000 epochs. Where will the answers be then?",
                (THERE, NEARER, NO_NEARER),
                _how_near,
                "A sigmoid is never quite 0 or 1.",
                {"epochs": 1_000},
            ),
        ),
        LessonStep(
            "The chart shows the **loss** of every state: one number for how far all answers are from their targets. "
            "The notebook plots the mean cross-entropy.",
            NOTEBOOK,
            HowMuch(
                "By how much did it fall, from “before” to “final”?",
                lambda run: float(run.cross_entropy[0] - run.cross_entropy[-1]),
                "In the table Loss, the first number minus the last.",
                "The chart shows how fast.",
            ),
        ),
        LessonStep(
            "Is the plotted loss what the updates make smaller? At the foot of The way down, each weight is nudged a "
            "little, and how fast either loss falls is compared with the update.",
            NOTEBOOK,
            OneOf(
                "Which loss does the update really descend?",
                tuple(OBJECTIVE_NAMES[name] for name in OBJECTIVES),
                _descended,
                "Which column of The truth about the delta has the numbers of “update”?",
                "A delta of error × slope descends the squared error. For cross-entropy it is the error alone.",
            ),
            View(tab="down"),
        ),
    ),
)
