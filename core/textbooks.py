"""Networks that books and posts calculate by hand or train, with the numbers they printed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np

from core.arrays import Array, Weights, flat
from core.dataset import Dataset
from core.experiment import Experiment
from core.mazur import STEP_BY_STEP
from core.network import ForwardLayer, backward, forward
from core.objectives import ObjectiveName
from core.published import Example, Published, answer, listed
from core.sources import MAZUR, NIELSEN, SPENCER_HARPER
from core.training import Run

# Units 1 to 3 are the inputs, 4 and 5 hidden, 6 is the output.
THREE_TWO_ONE: Final = Experiment(
    Dataset([[1, 0, 1]], [1]),
    epochs=1,
    learning_rate=0.9,
    hidden_units=2,
    starting_weights=(
        np.array([[0.2, -0.3], [0.4, 0.1], [-0.5, 0.2], [-0.4, 0.2]]),
        np.array([[-0.3], [-0.2], [0.1]]),
    ),
    biases="learned",
)

# XOR of the first two inputs, whatever the third is; of its eight rows, [1, 1, 0] is the new situation.
SEVEN_ROWS: Final = Dataset(
    [[0, 0, 1], [0, 1, 1], [1, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1], [0, 0, 0]], [0, 1, 1, 1, 1, 0, 0]
)


def _first_output(printed: str) -> Published:
    return Published("First output", printed, lambda run: float(run.before[0]))


def _neuron_of_nielsen(weight: float, bias: float, objective: ObjectiveName = "squared_error") -> Experiment:
    return Experiment(
        Dataset([[1, 1]], [0], ["x", "one"]),
        epochs=300,
        learning_rate=0.15,
        objective=objective,
        starting_weights=(np.array([[weight], [bias]]),),
    )


def _by_unit(weights: Weights) -> Array:
    """Return the weights of the inputs, without the biases, in Mazur's order: each unit's together."""
    return np.concatenate([layer[:-1].T.ravel() for layer in weights])


def _first_pass(run: Run) -> tuple[ForwardLayer, ...]:
    return forward(run.experiment.inputs, run.weights_after(0))


def _first_outputs(run: Run) -> Array:
    """Return what units 4, 5 and 6 pass on in state 0."""
    return np.concatenate([layer.activation[0] for layer in _first_pass(run)])


def _first_deltas(run: Run) -> Array:
    """Return the deltas of units 4, 5 and 6 in state 0."""
    steps = backward(_first_pass(run), run.experiment.target_columns, run.experiment.objective)
    return np.concatenate([step.delta[0] for step in steps])


def _all_weights(label: str, printed: Sequence[str], numbers: Callable[[Run], Array]) -> tuple[Published, ...]:
    """Return all weights of Spencer-Harper's network, in the order of the arrays."""
    ends = [
        *(f"x{feature} to hidden unit {unit}" for feature in range(1, 4) for unit in range(1, 5)),
        *(f"hidden unit {unit} to the output" for unit in range(1, 5)),
    ]
    return listed(((f"{label}, {end}", text) for end, text in zip(ends, printed, strict=True)), numbers)


TEXTBOOKS: Final = (
    Example(
        key="nielsen-moderate",
        title="Nielsen: a moderate start",
        source=NIELSEN.title,
        url=NIELSEN.url,
        note="One input, a bias, and an output that should become 0. From 0.82 it falls to about 0.09, most of the way "
        "in the first 100 epochs.",
        experiment=_neuron_of_nielsen(0.6, 0.9),
        published=(
            _first_output("0.82"),
            Published("Output after training", "0.09", lambda run: float(run.after[0])),
        ),
    ),
    Example(
        key="nielsen-bad",
        title="Nielsen: a badly wrong start",
        source=NIELSEN.title,
        url=NIELSEN.url,
        note="The same neuron starts at 0.98 and hardly learns for the first 150 epochs. The slope of the sigmoid is "
        "nearly 0 there, and with squared error the slope multiplies every update.",
        experiment=_neuron_of_nielsen(2, 2),
        published=(_first_output("0.98"),),
    ),
    Example(
        key="nielsen-cross-entropy",
        title="Nielsen: the bad start with cross-entropy",
        source=NIELSEN.title,
        url=NIELSEN.url,
        note="The same bad start, but the slope is gone from the update: the error alone is left. Now the neuron "
        "learns fastest where it is most wrong, at the beginning.",
        experiment=_neuron_of_nielsen(2, 2, "cross_entropy"),
        published=(_first_output("0.98"),),
    ),
    Example(
        key="mazur",
        title="Mazur: step by step",
        source=MAZUR.title,
        url=MAZUR.url,
        note="One row, two hidden units and two outputs: the first update, to follow with a pencil. The biases stay as "
        "they are. Of four more figures that the source prints, three are of a program that changes the "
        "output's weights before it takes the hidden units' gradient with them.",
        experiment=STEP_BY_STEP,
        published=(
            *listed((("Output o1", "0.75136507"), ("Output o2", "0.772928465")), lambda run: run.before[0]),
            Published("Total error", "0.298371109", lambda run: float(run.squared_error[0])),
            *listed(
                (
                    ("w1 (i1 → h1) after one update", "0.149780716"),
                    ("w2 (i2 → h1) after one update", "0.19956143"),
                    ("w3 (i1 → h2) after one update", "0.24975114"),
                    ("w4 (i2 → h2) after one update", "0.29950229"),
                    ("w5 (h1 → o1) after one update", "0.35891648"),
                    ("w6 (h2 → o1) after one update", "0.408666186"),
                    ("w7 (h1 → o2) after one update", "0.511301270"),
                    ("w8 (h2 → o2) after one update", "0.561370121"),
                ),
                lambda run: _by_unit(run.weights_after(1)),
                state=1,
            ),
        ),
    ),
    Example(
        key="3-2-1",
        title="A textbook's 3-2-1 network",
        source="Jiawei Han, Micheline Kamber and Jian Pei, “Data Mining: Concepts and Techniques” (3rd edition, 2012), "
        "chapter 9",
        url=None,
        note="Three inputs, two hidden units and an output, with biases that learn, and one update. The source "
        "rounds on the way: it takes its first delta, 0.1311, from the output rounded to 0.474, and unrounded it is "
        "0.13117. Every other number agrees.",
        experiment=THREE_TWO_ONE,
        published=(
            *listed(
                (("Output of unit 4 (h1)", "0.332"), ("Output of unit 5 (h2)", "0.525"), ("Output of unit 6", "0.474")),
                _first_outputs,
            ),
            *listed(
                (
                    ("Delta of unit 6", "0.1311"),
                    ("Delta of unit 5 (h2)", "-0.0065"),
                    ("Delta of unit 4 (h1)", "-0.0087"),
                ),
                lambda run: _first_deltas(run)[::-1],
            ),
            *listed(
                (
                    ("w14 (x1 → h1) after the update", "0.192"),
                    ("w15 (x1 → h2) after the update", "-0.306"),
                    ("w24 (x2 → h1) after the update", "0.4"),
                    ("w25 (x2 → h2) after the update", "0.1"),
                    ("w34 (x3 → h1) after the update", "-0.508"),
                    ("w35 (x3 → h2) after the update", "0.194"),
                    ("Bias of unit 4 (h1) after the update", "-0.408"),
                    ("Bias of unit 5 (h2) after the update", "0.194"),
                    ("w46 (h1 → output) after the update", "-0.261"),
                    ("w56 (h2 → output) after the update", "-0.138"),
                    ("Bias of unit 6 after the update", "0.218"),
                ),
                lambda run: flat(run.weights_after(1)),
                state=1,
            ),
        ),
    ),
    Example(
        key="spencer-harper",
        title="Spencer-Harper: a new situation",
        source=SPENCER_HARPER.title,
        url=SPENCER_HARPER.url,
        note="The target is 1 where exactly one of x1 and x2 is 1, whatever x3 is. The network sees seven of the "
        "eight rows there are. Its answer to the eighth, [1, 1, 0], is 0.0078876: near 0, which is right.",
        question=(1, 1, 0),
        experiment=Experiment(SEVEN_ROWS, epochs=60_000, hidden_units=4),
        published=(
            *_all_weights(
                "Starting weight",
                (
                    *("-0.16595599", "0.44064899", "-0.99977125", "-0.39533485"),
                    *("-0.70648822", "-0.81532281", "-0.62747958", "-0.30887855"),
                    *("-0.20646505", "0.07763347", "-0.16161097", "0.370439"),
                    *("-0.5910955", "0.75623487", "-0.94522481", "0.34093502"),
                ),
                lambda run: flat(run.weights_after(0)),
            ),
            *_all_weights(
                "Weight after training",
                (
                    *("0.3122465", "4.57704063", "-6.15329916", "-8.75834924"),
                    *("0.19676933", "-8.74975548", "-6.1638187", "4.40720501"),
                    *("-0.03327074", "-0.58272995", "0.08319184", "-0.39787635"),
                    *("-8.18850925", "10.13210706", "-21.33532796", "9.90935111"),
                ),
                lambda run: flat(run.weights),
            ),
            Published("Answer to [1, 1, 0]", "0.0078876", partial(answer, row=(1, 1, 0))),
        ),
    ),
)
