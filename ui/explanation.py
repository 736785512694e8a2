"""Worked numbers in words: the way of one row forward and back as coloured Markdown, for the tabs that show it."""

from typing import Final

from ui.markup import back, formula, onward, weighted
from ui.names import OUTPUT
from ui.table import Table
from ui.text import amount_text, escape, exact_text, input_text, list_text
from ui.worked import one_row
from ui.worked.number import Number, Symbol
from ui.worked.step import Step

MOST_NAMED: Final = 4  # neurons of a layer


def symbol(symbol: Symbol) -> str:
    """Return a symbol in its colour; weights, whose colour is their sign's, have none."""
    return _coloured(Number(symbol, 0.0), _plain_symbol(symbol)) if symbol.role != "weight" else _plain_symbol(symbol)


def named(number: Number) -> str:
    """Return a number's symbol in the number's colour."""
    return _coloured(number, _plain_symbol(number.symbol))


def written(number: Number) -> str:
    """Return a number in its colour."""
    return _coloured(number, plain_text(number))


def plain_text(number: Number) -> str:
    """Return a number as it is written."""
    match number.symbol.role:
        case "input" | "target":
            return input_text(number.value)
        case _:
            return exact_text(number.value)


def forward_parts(step: Step) -> list[str | Table]:
    """Return the way from the inputs to the output, with the numbers put in."""
    z, a = one_row.total_input(step).number, one_row.output(step).number
    layer = step.neuron[0]
    where = "as the notebook would write it," if len(step.forward) > 1 else "in the notebook"
    code = f" ({where} `np.dot(layer{layer}, syn{layer})`)"
    bias = f" The **bias** {named(one_row.weights(step)[-1])} is the weight of an input that is always 1."
    return [
        f"Every **input** is multiplied by its **weight**. The sum of the products is the **total input** "
        f"{named(z)}, also called logit{f'.{bias}' if step.has_bias else f'{code}.'}",
        products_table(step),
        f"The **sigmoid** squashes {named(z)} into the range 0 to 1. That is the neuron's **output** "
        f"{named(a)} (`{_code(step)}`){', its prediction of the target' if step.is_output else ''}.",
        output_equation(step),
        *_in_units_parts(step),
    ]


def _in_units_parts(step: Step) -> list[str]:
    prediction = one_row.in_units(step)
    if prediction is None:
        return []
    low, high, _, a = prediction.terms
    amount = amount_text(step.run.experiment.dataset, step.neuron[1], a.value)
    return [
        f"In the table's units, on the way from {written(low)} to {written(high)}, the prediction is "
        f"{written(low)} + ({written(high)} - {written(low)}) × {written(a)} = {onward(amount)}."
    ]


def _scaled_parts(step: Step) -> list[str]:
    scaled = one_row.scaled_target(step)
    if scaled is None:
        return []
    given, low, high, _ = scaled.terms
    return [
        f"The **target** {named(scaled.number)} is how far {written(given)} is on the way from the column's least, "
        f"{written(low)}, to its largest, {written(high)}: ({written(given)} - {written(low)}) ÷ ({written(high)} - "
        f"{written(low)}) = {written(scaled.number)}."
    ]


def products_table(step: Step, *, has_results: bool = True) -> Table:
    """Return each input, its weight, and, unless they are left to the reader, the products and their sum."""
    z = one_row.total_input(step).number
    return _sum_table(
        ["input", "× weight", "= product"],
        [
            [f"{named(x)} · {named(w)}", written(x), written(w), exact_text(product.number.value)]
            for product in one_row.products(step)
            for x, w in [product.terms]
        ],
        z,
        has_results=has_results,
    )


def _sum_table(header: list[str], rows: list[list[str]], total: Number, *, has_results: bool) -> Table:
    """Return rows of a label, two factors and their product, and the sum of these; or without what is a result."""
    if has_results:
        return Table(["term", *header], [*rows, [f"sum {named(total)}", "", "", written(total)]])
    return Table(["term", *header[:-1]], [row[:-1] for row in rows])


def output_equation(step: Step) -> str:
    """Return the sigmoid of the total input."""
    z, a = one_row.total_input(step).number, one_row.output(step).number
    return (
        f"{named(a)} $= \\dfrac{{1}}{{1+e^{{-z}}}} = \\dfrac{{1}}{{1+e^{{{formula(exact_text(-z.value))}}}}} =$ "
        f"{written(a)}"
    )


def standardised_parts(step: Step) -> list[str | Table]:
    """Return how the table's inputs become what the network is given; nothing where they are that."""
    standardised = one_row.standardised(step)
    if not standardised:
        return []
    rows = [[named(one.number), *map(written, one.terms), written(one.number)] for one in standardised]
    trained = "that are not held out" if step.run.experiment.held_out else "of the table"
    rest = "" if all(step.scaled) else " A constant column stays as it is."
    return [
        "The network is given **standardised** inputs: each less its column's mean, divided by its column's standard "
        "deviation, which is the root of the mean squared distance from the mean. Both are over all "
        f"{len(step.run.experiment.inputs):,} rows {trained}.{rest}",
        Table(["input", "in the table", "- mean", "÷ deviation", "= input"], rows),
    ]


def backward_parts(step: Step) -> list[str | Table]:
    """Return the way from the error to the delta, with the numbers put in."""
    s, d, has_slope = one_row.slope_number(step), one_row.delta_number(step), len(one_row.delta(step).terms) > 1
    return [
        *(_scaled_parts(step) if step.is_output else []),
        _error_in_words(step),
        error_equation(step),
        f"The **slope** {named(s)} of the sigmoid: how much the output rises when {onward('$z$')} rises a "
        f"little (`activation_function({_code(step)}, True)`).",
        slope_equation(step),
        f"The **delta** {named(d)}: how strongly, and which way, to move {onward('$z$')} (`{_code(step)}_delta`)."
        + ("" if has_slope else " For cross-entropy it is the error alone: in its gradient the slope cancels out."),
        delta_equation(step),
    ]


def slope_equation(step: Step) -> str:
    """Return the slope, made of the output."""
    a, s = one_row.output(step).number, one_row.slope_number(step)
    return f"{named(s)} $=$ {named(a)} $(1 -$ {named(a)}$)$ = {written(a)} × (1 - {written(a)}) = {written(s)}"


def delta_equation(step: Step) -> str:
    """Return the delta, made of the error and, but for cross-entropy, the slope."""
    delta = one_row.delta(step)
    put_in = f"{' × '.join(map(written, delta.terms))} = " if len(delta.terms) > 1 else ""
    return f"{named(delta.number)} $=$ {' $·$ '.join(map(named, delta.terms))} = {put_in}{written(delta.number)}"


def _error_in_words(step: Step) -> str:
    e, code = one_row.error_number(step), f"`{_code(step)}_error`"
    if step.is_output:
        y = one_row.error(step).terms[0]
        return (
            f"The **error** {named(e)}: by how much the output should rise to reach the **target** {named(y)} ({code})."
        )
    start = f"A hidden neuron has no target of its own: its **error** {named(e)} is the"
    shares = one_row.sent_back(step)
    if len(shares) > 1:
        return f"{start} sum of the deltas of the neurons after it, each sent back through its weight ({code})."
    ((name, share),) = shares.items()
    v = named(share.terms[1])
    return f"{start} delta of {neuron_text(name)}, sent back through the weight {v} between them ({code})."


def error_equation(step: Step) -> str | Table:
    """Return the error, made of target and output, or of the deltas that are sent back, of several as a table."""
    e = one_row.error_number(step)
    if step.is_output:
        y, a = one_row.error(step).terms
        return f"{named(e)} $=$ {named(y)} $-$ {named(a)} = {written(y)} - {written(a)} = {written(e)}"
    shares = one_row.sent_back(step)
    if len(shares) > 1:
        return shares_table(step)
    ((name, share),) = shares.items()
    d, v = share.terms
    return (
        f"{named(e)} $=$ {named(d)} of {neuron_text(name)} $·$ {named(v)} = {written(d)} × {written(v)} = {written(e)}"
    )


def shares_table(step: Step, *, has_results: bool = True) -> Table:
    """Return the deltas that are sent back to a hidden neuron, the weights, and, unless left to the reader, the sum."""
    return _sum_table(
        [back("$δ$"), "× weight", "= share"],
        [
            [f"{named(d)} of {name} · {named(v)}", written(d), written(v), written(share.number)]
            for name, share in one_row.sent_back(step).items()
            for d, v in [share.terms]
        ],
        one_row.error_number(step),
        has_results=has_results,
    )


def neuron_text(name: str) -> str:
    """Return what a sentence calls a neuron."""
    return "the output" if name == OUTPUT else name


def rows_of_update(step: Step, whose: str = "") -> str:
    """Say which rows the update learns from; `whose` they are stands behind them."""
    first, last = step.batch[0] + 1, step.batch[-1] + 1
    if first == last:
        return f"row {first:,}{whose} alone"
    has_gaps = len(step.batch) < last - first + 1
    return f"rows {first:,} to {last:,}{whose}{' but those held out' if has_gaps else ''}"


def absence(step: Step) -> str:
    """Say why the row that is looked at is not among them."""
    return "is held out" if step.row in step.run.experiment.held_out_rows else "is not among them"


def travel_parts(step: Step) -> list[str | Table]:
    """Return how the outputs' deltas become an error and a delta of every hidden neuron, layer by layer back."""
    parts: list[str | Table] = []
    for layer in reversed(range(len(step.forward) - 1)):
        hidden = one_row.hidden_steps(step, layer)
        blame = "" if step.has_bias else f" (`layer{layer + 1}_error = layer{layer + 2}_delta.dot(syn{layer + 1}.T)`)"
        after = one_row.names_after(step, layer)
        if len(after) == 1:
            whose = neuron_text(after[0])
            parts.append(
                f"Each hidden neuron is blamed for {whose}'s delta in proportion to the weight that it was heard with"
                f"{blame}."
            )
            header = ["neuron", f"{back('$δ$')} of {after[0]}", "× weight", "= error", "× slope", f"= {back('$δ$')}"]
        else:
            senders = list_text(after) if len(after) <= MOST_NAMED else f"{after[0]} to {after[-1]}"
            parts.append(
                f"Each hidden neuron is blamed for the deltas of {senders} in proportion "
                f"to the weights that it was heard with{blame}. Its error is the sum; to see it made, choose the "
                "neuron."
            )
            header = ["neuron", "error", "× slope", f"= {back('$δ$')}"]
        is_only = len(after) == 1
        rows = [[_plain_symbol(name), *_travelled(one, is_only=is_only)] for name, one in hidden.items()]
        parts.append(Table(header, rows))
    return parts


def _travelled(hidden: Step, *, is_only: bool) -> list[str]:
    """Return a hidden neuron's error, slope and delta, before them what makes the error if that is one product."""
    terms = one_row.error(hidden).terms if is_only else ()
    results = (one_row.error_number(hidden), one_row.slope_number(hidden), one_row.delta_number(hidden))
    return [*map(written, terms), *map(written, results)]


def _code(step: Step) -> str:
    """Return what the notebook calls the layer, or would."""
    return f"layer{step.neuron[0] + 1}"


def _plain_symbol(symbol: Symbol) -> str:
    """Return a symbol as Markdown: x1 as a formula's x with a small 1, a column's other name to the letter."""
    if symbol.letter_and_index:
        letter, index, prime = symbol.letter_and_index
        mark = "'" if prime else ""
        return f"${letter}_{{{index}}}{mark}$"
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
