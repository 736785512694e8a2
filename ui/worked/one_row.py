"""One row's way forward and back through a neuron, every number with the formula that it comes from."""

from dataclasses import replace

from core.objectives import OBJECTIVES
from ui.names import neuron_names
from ui.worked.number import Number, Symbol, Worked, number
from ui.worked.step import Step


def standardised(step: Step) -> list[Worked]:
    """Return how each input of the table that is standardised becomes what the first layer is given."""
    scaling = step.run.experiment.scaling
    if scaling is None:
        return []
    first, names = replace(step, neuron=(0, 0)), step.run.experiment.dataset.input_names
    return [
        Worked(
            "standardised input",
            given,
            "({} - {}) / {}",
            (number(name, "input", raw), number("mean", "input", mean), number("deviation", "input", deviation)),
        )
        for name, raw, mean, deviation, given, is_scaled in zip(
            names, step.table[step.row], scaling.means, scaling.deviations, inputs(first), step.scaled, strict=False
        )
        if is_scaled
    ]


def inputs(step: Step) -> list[Number]:
    """Return what the neuron is given."""
    return [
        Number(symbol, float(value)) for symbol, value in zip(step.inputs, step.ahead.inputs[step.row], strict=True)
    ]


def weights(step: Step) -> list[Number]:
    """Return the neuron's weights."""
    return [_weight(step, place) for place in range(len(step.weights))]


def _weight(step: Step, place: int) -> Number:
    return Number(step.weight_symbol(place), float(step.weights[place]))


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


def names_after(step: Step, layer: int) -> tuple[str, ...]:
    """Return the names of the neurons after a hidden layer."""
    return neuron_names(step.run.experiment.sizes)[layer + 1]


def sent_back(step: Step) -> dict[str, Worked]:
    """Return what each neuron after a hidden one sends back, by its name: its delta times the weight between them."""
    layer, unit = step.neuron
    names = names_after(step, layer)
    after = {name: replace(step, neuron=(layer + 1, place)) for place, name in enumerate(names)}
    terms = {
        name: (Number(Symbol("δ", "back", of=name), delta_number(neuron).value), _weight(neuron, unit))
        for name, neuron in after.items()
    }
    return {
        name: Worked("share of the error", number("", "back", d.value * w.value), "{} · {}", (d, w))
        for name, (d, w) in terms.items()
    }


def error(step: Step) -> Worked:
    """Return by how much the output should rise: to reach the target, or as the deltas after it ask."""
    e = error_number(step)
    if step.is_output:
        y = number("y", "target", step.run.experiment.dataset.target_columns[step.row, step.neuron[1]])
        return Worked("error", e, "{} - {}", (y, output(step).number))
    terms = [term for share in sent_back(step).values() for term in share.terms]
    return Worked("error", e, " + ".join(["{} · {}"] * (len(terms) // 2)), tuple(terms))


def scaled_target(step: Step) -> Worked | None:
    """Return how an output's target becomes a number from 0 to 1; None where it is one in the table."""
    dataset, unit = step.run.experiment.dataset, step.neuron[1]
    if dataset.target_range is None:
        return None
    low, high = (number("", "target", end) for end in dataset.target_range[:, unit])
    given = number(dataset.target_names[unit], "target", dataset.given_target_columns[step.row, unit])
    y = number("y", "target", dataset.target_columns[step.row, unit])
    return Worked("scaled target", y, "({} - {}) / ({} - {})", (given, low, high, low))


def in_units(step: Step) -> Worked | None:
    """Return an output in the units of the table's targets; None where it is in them."""
    dataset, unit = step.run.experiment.dataset, step.neuron[1]
    if dataset.target_range is None or not step.is_output:
        return None
    low, high = (number("", "target", end) for end in dataset.target_range[:, unit])
    a = output(step).number
    value = low.value + (high.value - low.value) * a.value
    name = dataset.target_names[unit]
    return Worked("prediction", number(name, "forward", value), "{} + ({} - {}) · {}", (low, high, low, a))


def slope(step: Step) -> Worked:
    """Return how much the output rises when the total input rises a little."""
    a = output(step).number
    return Worked("slope", slope_number(step), "{} · (1 - {})", (a, a))


def delta(step: Step) -> Worked:
    """Return how strongly, and which way, to move the total input."""
    d, e = delta_number(step), error(step).number
    objective = OBJECTIVES[step.run.experiment.objective]
    if step.is_output and not objective.delta_has_slope:
        return Worked("delta", d, "{}", (e,))
    return Worked("delta", d, "{} · {}", (e, slope(step).number))


def error_number(step: Step) -> Number:
    """Return the error alone."""
    return number("e", "back", step.behind.error[step.row, step.neuron[1]])


def slope_number(step: Step) -> Number:
    """Return the slope alone."""
    return number("s", "back", step.behind.slope[step.row, step.neuron[1]])


def delta_number(step: Step) -> Number:
    """Return the delta alone."""
    return number("δ", "back", step.behind.delta[step.row, step.neuron[1]])


def hidden_steps(step: Step, layer: int) -> dict[Symbol, Step]:
    """Return the step of every neuron of a hidden layer, by what the next layer calls its value."""
    names = neuron_names(step.run.experiment.sizes)[layer]
    return {Symbol(name, "input"): replace(step, neuron=(layer, unit)) for unit, name in enumerate(names)}
