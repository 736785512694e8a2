"""What goes wrong: steps that are too long, neurons that are saturated, hidden units that are equal."""

from dataclasses import replace
from typing import Final

import numpy as np

from core import Run
from core.arrays import flat
from ui.lessons.lesson import NO, YES, HowMuch, Lesson, LessonStep, Prediction, all_right
from ui.settings import PUBLISHED
from ui.view import Place, View
from ui.worked.step import step_at

NOTEBOOK: Final = PUBLISHED["notebook"]
LARGE_RATE: Final = replace(NOTEBOOK, learning_rate=20.0)
BAD_START: Final = PUBLISHED["nielsen-bad"]
EQUAL_UNITS: Final = replace(PUBLISHED["xor-two-bits"], weights=((("0.5", "0.5"),) * 3, (("0.5",), ("0.5",), ("0.5",))))
SMALLER, EQUAL, LARGER = "smaller", "as large", "larger"
DIGITS: Final = 9  # in which weights that are equal but for rounding agree


def _rises(_run: Run, changed: Run) -> str:
    return YES if (np.diff(changed.loss) > 0).any() else NO


def _slope(run: Run) -> float:
    return float(step_at(run, Place(0, 0, (0, 0))).behind.slope[0, 0])


def _first_update(run: Run, changed: Run) -> str:
    now, then = (np.abs(flat(one.weights_after(1)) - flat(one.weights_after(0))).max() for one in (run, changed))
    if now == then:
        return EQUAL
    return LARGER if then > now else SMALLER


def _units_that_differ(run: Run) -> float:
    into, out = run.weights
    units = np.vstack([into, out[: into.shape[1]].T])
    return float(np.unique(np.round(units, DIGITS), axis=1).shape[1])


WHAT_GOES_WRONG: Final = Lesson(
    "wrong",
    "What goes wrong",
    "A learning rate too large, a saturated neuron, hidden units that stay equal.",
    (
        LessonStep(
            "Every update is multiplied by the **learning rate**, 1 in the notebook. With a learning rate of 1 the "
            "loss falls with every update.",
            NOTEBOOK,
            Prediction(
                "Make the learning rate 20. Will any update make the loss rise?",
                (YES, NO),
                _rises,
                "The slope holds only close by: a long step can land higher on the other side.",
                {"learning_rate": 20.0},
            ),
        ),
        LessonStep(
            "With a learning rate of 20 the first update goes too far. The way down shows the squared error in the "
            "state that you choose: this is state 1.",
            LARGE_RATE,
            HowMuch(
                "How large is the run's squared error in state 1?",
                lambda run: float(run.squared_error[1]),
                "In The way down, the row “ring: state 1” of the table beside the picture.",
                "The row “start” tells where that step came from.",
            ),
            View(tab="down", state=1),
        ),
        LessonStep(
            "With a learning rate of 20 the run finds its way back, and in the end all rows are right.",
            LARGE_RATE,
            Prediction(
                "Make the learning rate 100. Will all rows still be right in the end?",
                (YES, NO),
                all_right,
                "A step can land where the sigmoid is flat: from there it is hardly moved.",
                {"learning_rate": 100.0},
            ),
        ),
        LessonStep(
            "Such a neuron is **saturated**. Nielsen's starts like that: it should answer 0, and is sure of the "
            "opposite. In 150 epochs its output falls from 0.98 to 0.93 only.",
            BAD_START,
            HowMuch(
                "What is the slope of its sigmoid in state 0?",
                _slope,
                "Output times (1 − output), of the output “before”.",
                "It could be 0.25, and multiplies every change.",
            ),
        ),
        LessonStep(
            "The squared error's delta is error × slope: where the slope is nearly 0, so is the update. The delta of "
            "cross-entropy is the error alone.",
            BAD_START,
            Prediction(
                "Descend cross-entropy instead. How large will the first update be, compared with the squared error's?",
                (SMALLER, EQUAL, LARGER),
                _first_update,
                "Without the slope a neuron that is badly wrong learns fast.",
                {"objective": "cross_entropy"},
            ),
        ),
        LessonStep(
            "XOR again, with two hidden units, but all starting weights are 0.5. So h1 and h2 are given the same, "
            "answer the same, and are changed the same.",
            EQUAL_UNITS,
            HowMuch(
                "How many hidden units with weights of their own are there after training?",
                _units_that_differ,
                "Compare the weights into h1 and into h2, “final”.",
                "Units that are equal do no more than one.",
                decimals=0,
            ),
        ),
        LessonStep(
            "Equal units stay equal whatever they learn. That is why starting weights are drawn at random.",
            EQUAL_UNITS,
            Prediction(
                "Start from the weights of the seed instead. Will all four rows be right?",
                (YES, NO),
                all_right,
                "Units that differ are changed differently.",
                {"weights": None},
            ),
        ),
    ),
)
