"""One row's way forward and back through a neuron, every number with the formula that it comes from."""

from dataclasses import replace

from core.objectives import OBJECTIVES
from ui.worked.number import Number, Symbol, Worked, number
from ui.worked.step import Step


def inputs(step: Step) -> list[Number]:
    """Return what the neuron is given."""
    return [
        Number(symbol, float(value)) for symbol, value in zip(step.inputs, step.ahead.inputs[step.row], strict=True)
    ]


def weights(step: Step) -> list[Number]:
    """Return the neuron's weights."""
    return [Number(symbol, float(value)) for symbol, value in zip(step.weight_symbols, step.weights, strict=True)]


def products(step: Step) -> list[Worked]:
    """Return each input times its weight."""
    return [
        Worked("product", number("", "forward", x.value * w.value), "{} · {}", (x, w))
        for x, w in zip(inputs(step), weights(step), strict=True)
    ]


def total_input(step: Step) -> Worked:
    """Return the sum of the products, the logit."""
    terms = [term for product in products(step) for term in product.terms]
    z = number("z", "forward", step.ahead.logit[step.row, step.neuron[1]])
    return Worked("total input", z, " + ".join(["{} · {}"] * len(step.weights)), tuple(terms))


def output(step: Step) -> Worked:
    """Return the sigmoid of the total input."""
    a = number("a", "forward", step.ahead.activation[step.row, step.neuron[1]])
    return Worked("output", a, "1 / (1 + e^-{})", (total_input(step).number,))


def error(step: Step) -> Worked:
    """Return by how much the output should rise: to reach the target, or as the output's delta asks."""
    e = number("e", "back", step.behind.error[step.row, step.neuron[1]])
    if step.is_output:
        y = number("y", "target", step.run.experiment.dataset.targets[step.row])
        return Worked("error", e, "{} - {}", (y, output(step).number))
    after = replace(step, neuron=(step.neuron[0] + 1, 0))
    return Worked("error", e, "{} · {}", (delta(after).number, weights(after)[step.neuron[1]]))


def slope(step: Step) -> Worked:
    """Return how much the output rises when the total input rises a little."""
    s, a = number("s", "back", step.behind.slope[step.row, step.neuron[1]]), output(step).number
    return Worked("slope", s, "{} · (1 - {})", (a, a))


def delta(step: Step) -> Worked:
    """Return how strongly, and which way, to move the total input."""
    d, e = number("δ", "back", step.behind.delta[step.row, step.neuron[1]]), error(step).number
    objective = OBJECTIVES[step.run.experiment.objective]
    if step.is_output and not objective.delta_has_slope:
        return Worked("delta", d, "{}", (e,))
    return Worked("delta", d, "{} · {}", (e, slope(step).number))


def hidden_steps(step: Step) -> dict[Symbol, Step]:
    """Return the step of every hidden neuron, by what the output calls its value."""
    last = len(step.forward) - 1
    names = replace(step, neuron=(last, 0)).inputs
    return {name: replace(step, neuron=(last - 1, unit)) for unit, name in enumerate(names)}
