"""An exercise in words: what is given, what is asked, the hint, and what is said of an answer."""

from collections.abc import Collection, Mapping
from typing import Final

from ui.explanation import (
    absence,
    delta_equation,
    error_equation,
    named,
    neuron_text,
    output_equation,
    products_table,
    rows_of_update,
    shares_table,
    slope_equation,
    symbol,
    written,
)
from ui.markup import back
from ui.names import neuron_names
from ui.table import Table
from ui.text import OBJECTIVE_NAMES, count_text, exact_text, number_text
from ui.worked import one_row
from ui.worked.attempt import Way
from ui.worked.check import Verdict
from ui.worked.exercise import OTHER_ROWS, QUANTITIES, Exercise, listed_rows
from ui.worked.step import neurons

LEFT_OUT: Final = "?"  # for a number that is asked
MOST_TERMS: Final = 4  # products that a hint writes out


def level_name(level: int) -> str:
    """Return what a level is called."""
    if level == 1:
        return "1: the new weight"
    return f"{level}: the whole step" if level == len(QUANTITIES) else f"{level}: from the {QUANTITIES[-level]} on"


def introduction(exercise: Exercise, level: int, decimals: int, *, is_small: bool) -> str:
    """Say which step this is, and what the reader does."""
    step, asked = exercise.step, exercise.asked(level)
    several = len(neurons(step.run.experiment)) > 1
    neuron = neuron_names(step.run.experiment.sizes)[step.neuron[0]][step.neuron[1]]
    state = f"state {step.k:,}" if step.k else "state 0, before any update"
    whose = f"row {step.row + 1:,} in {state}{f', for {neuron_text(neuron)}' if several else ''}"
    start = "This is a small network with made-up numbers, and the step of its" if is_small else "This is the step of"
    if len(asked) == 1:
        left = f"One of its numbers is left to you, the **{asked[0]}**: work it out, type it"
    else:
        left = f"{len(asked)} of its numbers are left to you, from the **{asked[0]}** on: work each out, type it"
    return f"{start} {whose}. {left} to {decimals} decimals, and press Enter."


def remarks(exercise: Exercise, level: int, *, is_small: bool) -> str:
    """Say what else there is to know."""
    slope = "For cross-entropy an output's delta needs no slope. " if len(exercise.asked(level)) < level else ""
    whole = "" if is_small else " Step through shows the whole step."
    return f"{slope}You can also type a decimal comma, a fraction such as 3/8, or 1.5e-3.{whole}"


def given_parts(exercise: Exercise, quantity: str, asked: Collection[str]) -> list[str | Table]:
    """Return what is given of a quantity: how it is worked out or, if it is asked, what it is worked out from."""
    if quantity in asked:
        return _needed(exercise, quantity, asked)
    name, step = f"**{quantity.capitalize()}**", exercise.step
    match quantity:
        case "total input":
            z = one_row.total_input(step).number
            return [products_table(step), f"**Total input** {named(z)} = {written(z)}, the sum"]
        case "error":
            error = error_equation(step)
            return [f"{name} {error}"] if isinstance(error, str) else [title(exercise, quantity), error]
        case "change":
            return [
                f"{title(exercise, quantity)}: {_change_in_words(exercise)} = {written(exercise.update.change.number)}"
            ]
    equation = {"output": output_equation, "slope": slope_equation, "delta": delta_equation}[quantity]
    return [f"{name} {equation(step)}"]


def _needed(exercise: Exercise, quantity: str, asked: Collection[str]) -> list[str | Table]:
    """Return what a quantity is worked out from, beside the quantities before it."""
    step, old = exercise.step, exercise.update.old
    parts: dict[str, list[str | Table]] = {
        "total input": [products_table(step, has_results=False)],
        "change": [_rows_in_words(exercise), _rows_table(exercise, asked), *_others_in_words(exercise)],
        "new weight": [f"**Weight** {named(old)} in state {step.k:,}: {written(old)}"],
    }
    if step.is_output:
        y = one_row.error(step).terms[0]
        parts["error"] = [f"**Target** {named(y)}: {written(y)}"]
        parts["delta"] = [f"**Objective**: {OBJECTIVE_NAMES[step.run.experiment.objective]}"]
    else:
        parts["error"] = [shares_table(step, has_results=False)]
    return parts.get(quantity, [])


def _product(exercise: Exercise) -> str:
    return f"{symbol(exercise.input.symbol)} · {back('$δ$')}"


def _change_in_words(exercise: Exercise) -> str:
    step = exercise.step
    rate, rows = step.run.experiment.learning_rate, len(step.batch)
    factor = "" if rate == 1 else f"the learning rate {number_text(rate)} times "
    if rows == 1:
        return f"{factor}{_product(exercise)} of row {step.batch[0] + 1:,}"
    return f"{factor}the sum of {_product(exercise)} over {rows:,} rows"


def _rows_in_words(exercise: Exercise) -> str:
    step = exercise.step
    other = "" if step.row in step.batch else f" Row {step.row + 1:,} {absence(step)}."
    rate = number_text(step.run.experiment.learning_rate)
    return f"The update learns from {rows_of_update(step)}.{other} The learning rate is {rate}."


def _rows_table(exercise: Exercise, asked: Collection[str]) -> Table:
    """Return input and delta of the rows that are listed, the delta that is asked left out."""
    step, change = exercise.step, exercise.questions["change"]
    pairs = [
        [written(term), LEFT_OUT if source in asked else written(term)]
        for term, source in zip(change.worked.terms, change.sources, strict=True)
        if term.symbol.name not in {"learning rate", OTHER_ROWS}
    ]
    cells = [[x[0], d[1]] for x, d in zip(pairs[::2], pairs[1::2], strict=True)]
    rows = [[str(row + 1), *numbers] for row, numbers in zip(listed_rows(step), cells, strict=True)]
    return Table(["row", symbol(exercise.input.symbol), back("$δ$")], rows)


def _others_in_words(exercise: Exercise) -> list[str]:
    others = exercise.questions["change"].worked.terms[-1]
    if others.symbol.name != OTHER_ROWS:
        return []
    count = len(exercise.step.batch) - len(listed_rows(exercise.step))
    return [f"The {_product(exercise)} of the other {count_text(count, 'row')} add up to {written(others)}."]


def title(exercise: Exercise, quantity: str) -> str:
    """Return what a quantity is called, with its symbol."""
    step, weight = exercise.step, exercise.update.old
    match quantity:
        case "change":
            return f"**Change** of {named(weight)}"
        case "new weight":
            return f"**New weight** {named(weight)}, in state {step.k + 1}"
        case _:
            return f"**{quantity.capitalize()}** {named(exercise.questions[quantity].worked.number)}"


def label(exercise: Exercise, quantity: str) -> str:
    """Return what a field for a quantity is called aloud."""
    weight = exercise.update.old.symbol.name
    return {"change": f"change of {weight}", "new weight": f"new weight {weight}"}.get(quantity, quantity).capitalize()


def hint(exercise: Exercise, quantity: str) -> str:
    """Return the formula of a quantity."""
    step, worked = exercise.step, exercise.questions[quantity].worked
    terms = [named(term) for term in worked.terms]
    left = named(worked.number)
    match quantity:
        case "total input":
            right = _sum_of_products(terms[::2], terms[1::2])
        case "output":
            right = "$\\dfrac{1}{1+e^{-z}}$"
        case "error" if not step.is_output:
            senders = one_row.names_after(step, step.neuron[0])
            right = _sum_of_products([f"{back('$δ$')} of {name}" for name in senders], terms[1::2])
        case "change":
            rate = "" if step.run.experiment.learning_rate == 1 else "learning rate times the "
            left, right = "change", f"{rate}sum over the rows of {_product(exercise)}"
        case "new weight":
            left, right = f"new {terms[0]}", f"{terms[0]} + change"
        case _:
            right = worked.formula.format(*terms)
    return f"{left} = {right}"


def _sum_of_products(factors: list[str], weights: list[str]) -> str:
    products = [f"{factor} · {weight}" for factor, weight in zip(factors, weights, strict=True)]
    if len(products) > MOST_TERMS:
        products = [*products[:2], "…", products[-1]]
    return " + ".join(products)


def shown_text(exercise: Exercise, quantity: str) -> str:
    """Say what was put in for the reader, with all digits."""
    return f"Shown: {exact_text(exercise.value(quantity))}"


def verdict_text(exercise: Exercise, quantity: str, verdict: Verdict, decimals: int, *, has_hint: bool = True) -> str:
    """Say what is to be said of an answer; of a right one, all digits."""
    exact = exact_text(exercise.value(quantity))
    match verdict.kind:
        case "right":
            return f"Right: {exact}"
        case "rounded":
            return f"Right, but for rounding on the way: it is {exact}. Keep more decimals until the end."
        case "slip" if verdict.slip:
            return f"Not yet. {verdict.slip.sentence}"
        case "short":
            return f"Right to {count_text(verdict.decimals, 'decimal')}; {decimals} are asked for."
        case "follows":
            return f"Worked out correctly, but from another number that is not right yet: the {verdict.wrong[0]}."
        case _:
            return f"Not yet.{' Hint shows the formula.' if has_hint else ''}"


def tally_text(found: Mapping[Way, int]) -> str:
    """Say how many numbers were found in this visit, and how."""
    ways = ", ".join(f"{count:,} {way}" for way, count in found.items() if count)
    return f"Done in this visit: {count_text(sum(found.values()), 'number')} ({ways})."
