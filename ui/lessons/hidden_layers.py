"""Hidden layers: XOR, which one neuron cannot learn, and how the error comes to units without a target."""

from typing import Final

import numpy as np

from core import Run, forward
from core.metrics import sides
from core.network import with_ones
from core.separability import separable
from ui.lessons.lesson import NO, YES, HowMuch, Lesson, LessonStep, OneOf, Prediction, all_right
from ui.settings import PUBLISHED
from ui.view import Place, View
from ui.worked.step import Step, step_at

ONE_NEURON, TWO_UNITS = PUBLISHED["xor-neuron"], PUBLISHED["xor-two-bits"]
ROW: Final = 2  # that is looked at
H1, OUTPUT = (0, 0), (1, 0)


def _is_cut(run: Run) -> str:
    experiment = run.experiment
    return YES if separable(with_ones(experiment.inputs), sides(experiment.target_columns[:, 0])) else NO


def _step(run: Run, neuron: tuple[int, int]) -> Step:
    return step_at(run, Place(0, ROW - 1, neuron))


def _error_of_h1(run: Run) -> float:
    return float(_step(run, H1).behind.error[ROW - 1, 0])


def _larger_delta(run: Run) -> str:
    hidden, output = (abs(_step(run, neuron).behind.delta[ROW - 1, 0]) for neuron in (H1, OUTPUT))
    return "the output's" if output > hidden else "that of h1"


def _rows_above_half(run: Run) -> float:
    hidden = forward(run.experiment.inputs, run.weights)[0].activation
    return float(np.sum(hidden[:, 1] > 0.5))


HIDDEN_LAYERS: Final = Lesson(
    "hidden",
    "Hidden layers",
    "XOR: what one neuron cannot do, two hidden units can, and how they learn it.",
    (
        LessonStep(
            "The target of **XOR** is 1 where exactly one of a and b is 1. Here a single neuron was trained on it for "
            "1,000 epochs.",
            ONE_NEURON,
            HowMuch(
                "What is its loss in the end, the “final” cross-entropy?",
                lambda run: float(run.cross_entropy[-1]),
                "The last number of the table Loss.",
                "ln 2, about 0.693, is that of ½ for every row: of not knowing.",
            ),
        ),
        LessonStep(
            "A neuron makes one straight cut: what it answers is above ½ on one side of a line and below it on the "
            "other. What it computes, below, draws that.",
            ONE_NEURON,
            OneOf(
                "Is there a straight line with both rows of target 1 on one side and both of 0 on the other?",
                (YES, NO),
                _is_cut,
                "Draw a square: (0, 1) and (1, 0) against (0, 0) and (1, 1).",
                "A single neuron needs such a line.",
            ),
            View(tab="computes", state=ONE_NEURON.updates),
        ),
        LessonStep(
            "**Hidden units** are neurons between the inputs and the output. Each makes a cut of its own, and the "
            "output puts them together.",
            ONE_NEURON,
            Prediction(
                "With four hidden units and the same number of epochs: will all four rows be right?",
                (YES, NO),
                all_right,
                "Several cuts together can fence off a corner, or two.",
                {"hidden_units": 4},
            ),
        ),
        LessonStep(
            "Two hidden units with biases are enough. They have no target. Their **error** is what travels back to "
            "them: the output's delta times the weight that leads there. This is row 2, before training.",
            TWO_UNITS,
            HowMuch(
                "What is the error of h1?",
                _error_of_h1,
                "Delta of the output times weight v1. Mind the signs.",
                "That is backpropagation: the output's delta, sent back over v1.",
            ),
            View(row=ROW, neuron="h1"),
        ),
        LessonStep(
            "From there on h1 is like any neuron: its delta is its error times its own slope, which is at most ¼.",
            TWO_UNITS,
            OneOf(
                "Whose delta is larger in row 2, leaving signs aside?",
                ("that of h1", "the output's"),
                _larger_delta,
                "Choose the neuron at the top of Step through, and compare the two deltas.",
                "Each slope on the way back is at most ¼: first layers often learn slowly.",
            ),
            View(row=ROW, neuron="h1"),
        ),
        LessonStep(
            "After training each hidden unit makes a cut of its own. The small pictures in What it computes show them.",
            TWO_UNITS,
            HowMuch(
                "For how many of the four rows does h2 end above ½?",
                _rows_above_half,
                "Count the corners of its picture that are on the side of 1.",
                "The output weighs the cuts against each other.",
                decimals=0,
            ),
            View(tab="computes", state=TWO_UNITS.updates, neuron="h2"),
        ),
        LessonStep(
            "With the starting weights of seed 1 all four rows are right. Another seed starts elsewhere.",
            TWO_UNITS,
            Prediction(
                "Start from seed 3 instead: will all four rows be right after the same number of epochs?",
                (YES, NO),
                all_right,
                "How far it comes depends on where it starts.",
                {"seed": 3},
            ),
        ),
    ),
)
