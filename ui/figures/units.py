"""Outputs in writing: in the units of their targets where these were scaled, else as they are."""

from collections.abc import Callable

from core import Experiment
from ui.figures.computed import Computed, Subject
from ui.figures.frame import LONGEST_NAME
from ui.figures.parts import Trace
from ui.figures.style import shortened
from ui.text import amount_text, amounts, output_text
from ui.view import Neuron


def is_amount(experiment: Experiment, subject: Subject) -> bool:
    """Tell whether what is drawn is an output whose targets were scaled."""
    is_output = subject is not None and subject[0] == len(experiment.hidden_layers)
    return is_output and experiment.dataset.scale_targets


def written(
    experiment: Experiment, subject: Subject, output: float, plainly: Callable[[float], str] = output_text
) -> str:
    """Return a neuron's output as an amount if it is one, else as `plainly` writes it."""
    if subject is None or not is_amount(experiment, subject):
        return plainly(output)
    return amount_text(experiment.dataset, subject[1], output)


def hover(computed: Computed, neuron: Neuron, place: str, name: str, output: str) -> Trace:
    """Return what is told of a slice's points: the place, and the `name` of the `output`, or its target's amount.

    `place` and `output` are how Plotly is to write them.
    """
    told = {"hovertemplate": f"{place}<br>{name} {output}<extra></extra>"}
    if not is_amount(computed.experiment, neuron):
        return told
    target = title(computed.experiment, neuron, LONGEST_NAME)
    return {
        "customdata": amounts(computed.experiment.dataset, neuron[1], computed.output(neuron)),
        "hovertemplate": f"{place}<br>{target} %{{customdata}}<extra></extra>",
    }


def half(experiment: Experiment, subject: Subject) -> str:
    """Return what an output of ½ is called: ½, or an amount."""
    return written(experiment, subject, 0.5, lambda _: "½")


def title(experiment: Experiment, subject: Subject, most: int) -> str:
    """Return what the axis of an output is called, in at most `most` letters of its target's name."""
    if subject is not None and is_amount(experiment, subject):
        return shortened(experiment.dataset.target_names[subject[1]], most)
    return "output, scaled" if subject is None and experiment.dataset.scale_targets else "output"
