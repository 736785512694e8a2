"""Forward and Backward: one row's numbers on their way, each put into the formula that it comes from."""

import pandas as pd

from ui.markup import back, formula, onward, table, weighted
from ui.names import symbol
from ui.text import exact_text, input_text
from ui.worked.step import Step


def forward_parts(step: Step) -> list[str | pd.DataFrame]:
    """Return the way from the inputs to the output, with the numbers put in."""
    row, unit = step.row, step.neuron[1]
    inputs, weights = step.ahead.inputs[row], step.weights
    logit, output = step.ahead.logit[row, unit], step.ahead.activation[row, unit]
    rows = [
        [
            f"{onward(x)} · {weighted(weight, w)}",
            onward(input_text(value)),
            weighted(weight, exact_text(weight)),
            exact_text(value * weight),
        ]
        for x, w, value, weight in zip(step.input_symbols, step.weight_symbols, inputs, weights, strict=True)
    ]
    total = [f"sum {onward('$z$')}", "", "", onward(exact_text(logit))]
    number = step.neuron[0]
    where = "as the notebook would write it," if step.run.experiment.hidden_units else "in the notebook"
    return [
        f"Every **input** is multiplied by its **weight**. The sum of the products is the **total input** "
        f"{onward('$z$')}, also called logit ({where} `np.dot(layer{number}, syn{number})`).",
        table(["", "input", "× weight", "= product"], [*rows, total]),
        f"The **sigmoid** squashes {onward('$z$')} into the range 0 to 1. That is the neuron's **output** "
        f"{onward('$a$')} (`{step.name_in_code}`){', its prediction of the target' if step.is_output else ''}.",
        f"{onward('$a$')} $= \\dfrac{{1}}{{1+e^{{-z}}}} = \\dfrac{{1}}{{1+e^{{{formula(exact_text(-logit))}}}}} =$ "
        f"{onward(exact_text(output))}",
    ]


def backward_parts(step: Step) -> list[str]:
    """Return the way from the error to the delta, with the numbers put in."""
    row, unit = step.row, step.neuron[1]
    output = exact_text(step.ahead.activation[row, unit])
    slope, delta = exact_text(step.behind.slope[row, unit]), exact_text(step.behind.delta[row, unit])
    error = exact_text(step.behind.error[row, unit])
    sloped = not step.is_output or step.run.experiment.objective == "squared_error"
    return [
        *_error_parts(step),
        f"The **slope** {back('$s$')} of the sigmoid: how much the output rises when {onward('$z$')} rises a "
        f"little (`activation_function({step.name_in_code}, True)`).",
        f"{back('$s$')} $=$ {onward('$a$')} $(1 -$ {onward('$a$')}$)$ = {onward(output)} × (1 - {onward(output)}) "
        f"= {back(slope)}",
        f"The **delta** {back('$δ$')}: how strongly, and which way, to move {onward('$z$')} "
        f"(`{step.name_in_code}_delta`)."
        + ("" if sloped else " For cross-entropy it is the error alone: in its gradient the slope cancels out."),
        f"{back('$δ$')} $=$ {back('$e$')} $·$ {back('$s$')} = {back(error)} × {back(slope)} = {back(delta)}"
        if sloped
        else f"{back('$δ$')} $=$ {back('$e$')} = {back(delta)}",
    ]


def _error_parts(step: Step) -> list[str]:
    row, unit = step.row, step.neuron[1]
    error, code = exact_text(step.behind.error[row, unit]), f"`{step.name_in_code}_error`"
    if step.is_output:
        target = input_text(step.run.experiment.dataset.targets[row])
        output = exact_text(step.ahead.activation[row, unit])
        return [
            f"The **error** {back('$e$')}: by how much the output should rise to reach the **target** $y$ ({code}).",
            f"{back('$e$')} $= y -$ {onward('$a$')} = {target} - {onward(output)} = {back(error)}",
        ]
    delta, weight = step.backward[-1].delta[row, 0], step.forward[-1].weights[unit, 0]
    v = weighted(weight, f"$v_{{{unit + 1}}}$")
    return [
        f"The **error** {back('$e$')} of a hidden neuron has no target of its own: it is the output's delta, sent back "
        f"through the weight {v} between them ({code}).",
        f"{back('$e$')} $=$ {back('$δ$')} of the output $·$ {v} = {back(exact_text(delta))} × "
        f"{weighted(weight, exact_text(weight))} = {back(error)}",
    ]


def travel_parts(step: Step) -> list[str | pd.DataFrame]:
    """Return how the output's delta becomes an error and a delta of every hidden neuron."""
    row, (hidden, _) = step.row, step.backward
    delta, weights = step.backward[-1].delta[row, 0], step.forward[-1].weights[:, 0]
    rows = [
        [
            symbol(f"h{unit + 1}"),
            back(exact_text(delta)),
            weighted(weight, exact_text(weight)),
            back(exact_text(hidden.error[row, unit])),
            back(exact_text(hidden.slope[row, unit])),
            back(exact_text(hidden.delta[row, unit])),
        ]
        for unit, weight in enumerate(weights)
    ]
    header = ["", f"{back('$δ$')} of output", "× weight", "= error", "× slope", f"= {back('$δ$')}"]
    return [
        "Each hidden neuron is blamed for the output's delta in proportion to the weight that it was heard with "
        "(`layer1_error = layer2_delta.dot(syn1.T)`).",
        table(header, rows),
    ]
