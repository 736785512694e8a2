"""Worked numbers in words: the way of one row forward and back as coloured Markdown, for the tabs that show it."""

import re

from ui.markup import back, formula, onward, weighted
from ui.tables import Table
from ui.text import escape, exact_text, input_text, number_text
from ui.worked import one_row
from ui.worked.number import Number, Symbol, Worked
from ui.worked.step import Step

_LETTER_AND_NUMBER = re.compile(r"([A-Za-z])([0-9]+(?:,[0-9]+)?)")


def symbol(symbol: Symbol) -> str:
    """Return a symbol in its colour; weights, whose colour is their sign's, have none."""
    return _coloured(Number(symbol, 0.0), _plain_symbol(symbol)) if symbol.role != "weight" else _plain_symbol(symbol)


def named(number: Number) -> str:
    """Return a number's symbol in the number's colour."""
    return _coloured(number, _plain_symbol(number.symbol))


def written(number: Number) -> str:
    """Return a number in its colour."""
    match number.symbol.role:
        case "input" | "target":
            text = input_text(number.value)
        case "rate":
            text = number_text(number.value)
        case _:
            text = exact_text(number.value)
    return _coloured(number, text)


def forward_parts(step: Step) -> list[str | Table]:
    """Return the way from the inputs to the output, with the numbers put in."""
    z, a = one_row.total_input(step).number, one_row.output(step).number
    rows = [
        [f"{named(x)} · {named(w)}", written(x), written(w), exact_text(product.number.value)]
        for product in one_row.products(step)
        for x, w in [product.terms]
    ]
    layer = step.neuron[0]
    where = "as the notebook would write it," if len(step.forward) > 1 else "in the notebook"
    return [
        f"Every **input** is multiplied by its **weight**. The sum of the products is the **total input** "
        f"{named(z)}, also called logit ({where} `np.dot(layer{layer}, syn{layer})`).",
        Table(["", "input", "× weight", "= product"], [*rows, [f"sum {named(z)}", "", "", written(z)]]),
        f"The **sigmoid** squashes {named(z)} into the range 0 to 1. That is the neuron's **output** "
        f"{named(a)} (`{_code(step)}`){', its prediction of the target' if step.is_output else ''}.",
        f"{named(a)} $= \\dfrac{{1}}{{1+e^{{-z}}}} = \\dfrac{{1}}{{1+e^{{{formula(exact_text(-z.value))}}}}} =$ "
        f"{written(a)}",
    ]


def backward_parts(step: Step) -> list[str]:
    """Return the way from the error to the delta, with the numbers put in."""
    slope, delta = one_row.slope(step), one_row.delta(step)
    (a, _), s, d = slope.terms, slope.number, delta.number
    has_slope = len(delta.terms) > 1
    put_in = " × ".join(map(written, delta.terms))
    return [
        *_error_parts(step),
        f"The **slope** {named(s)} of the sigmoid: how much the output rises when {onward('$z$')} rises a "
        f"little (`activation_function({_code(step)}, True)`).",
        f"{named(s)} $=$ {named(a)} $(1 -$ {named(a)}$)$ = {written(a)} × (1 - {written(a)}) = {written(s)}",
        f"The **delta** {named(d)}: how strongly, and which way, to move {onward('$z$')} (`{_code(step)}_delta`)."
        + ("" if has_slope else " For cross-entropy it is the error alone: in its gradient the slope cancels out."),
        f"{named(d)} $=$ {' $·$ '.join(map(named, delta.terms))} = {f'{put_in} = ' if has_slope else ''}{written(d)}",
    ]


def _error_parts(step: Step) -> list[str]:
    error = one_row.error(step)
    e, code = error.number, f"`{_code(step)}_error`"
    if step.is_output:
        y, a = error.terms
        return [
            f"The **error** {named(e)}: by how much the output should rise to reach the **target** {named(y)} "
            f"({code}).",
            f"{named(e)} $=$ {named(y)} $-$ {named(a)} = {written(y)} - {written(a)} = {written(e)}",
        ]
    d, v = error.terms
    return [
        f"The **error** {named(e)} of a hidden neuron has no target of its own: it is the output's delta, sent back "
        f"through the weight {named(v)} between them ({code}).",
        f"{named(e)} $=$ {named(d)} of the output $·$ {named(v)} = {written(d)} × {written(v)} = {written(e)}",
    ]


def travel_parts(step: Step) -> list[str | Table]:
    """Return how the output's delta becomes an error and a delta of every hidden neuron."""
    rows = [[_plain_symbol(name), *_travelled(hidden)] for name, hidden in one_row.hidden_steps(step).items()]
    header = ["", f"{back('$δ$')} of output", "× weight", "= error", "× slope", f"= {back('$δ$')}"]
    return [
        "Each hidden neuron is blamed for the output's delta in proportion to the weight that it was heard with "
        "(`layer1_error = layer2_delta.dot(syn1.T)`).",
        Table(header, rows),
    ]


def _travelled(hidden: Step) -> list[str]:
    error = one_row.error(hidden)
    results: list[Worked] = [error, one_row.slope(hidden), one_row.delta(hidden)]
    return [*map(written, error.terms), *(written(result.number) for result in results)]


def _code(step: Step) -> str:
    """Return what the notebook calls the layer, or would."""
    return f"layer{step.neuron[0] + 1}"


def _plain_symbol(symbol: Symbol) -> str:
    """Return a symbol as Markdown: x1 as a formula's x with a small 1, a column's other name to the letter."""
    match = _LETTER_AND_NUMBER.fullmatch(symbol.name)
    if match:
        return f"${match[1]}_{{{match[2]}}}$"
    is_a_columns = symbol.role == "input" or (symbol.role == "target" and symbol.name != "y")
    return escape(symbol.name) if is_a_columns else f"${symbol.name}$"


def _coloured(number: Number, text: str) -> str:
    match number.symbol.role:
        case "input" | "forward":
            return onward(text)
        case "back":
            return back(text)
        case "weight":
            return weighted(number.value, text)
        case "target" | "rate":
            return text
