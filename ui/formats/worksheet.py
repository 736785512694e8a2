"""A worksheet to be printed: steps with blanks, in versions, and the key on a page of its own.

It is one HTML file that needs no other, on A4 and on Letter.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core import Experiment
from ui.names import neuron_names
from ui.text import OBJECTIVE_NAMES, count_text, exact_text, input_text, number_text, rounded_text
from ui.worked import one_row
from ui.worked.exercise import OTHER_ROWS, QUANTITIES, Exercise, listed_rows
from ui.worked.number import Number, Symbol, Worked

LONGEST_LINK: Final = 200  # characters that are printed; a longer one can be clicked
MOST_TERMS: Final = 8  # that are written out
STYLE: Final = """
@page { margin: 16mm; }
* { box-sizing: border-box; }
body { max-width: 178mm; margin: 8mm auto; padding: 0 4mm; color: #111; font: 10pt/1.45 system-ui, sans-serif; }
section + section { break-before: page; margin-top: 20mm; }
header { display: flex; justify-content: space-between; gap: 8mm; border-bottom: 1px solid #111; }
h1 { margin: 0; font-size: 15pt; } h2 { margin: 0 0 1mm; font-size: 11.5pt; }
article { break-inside: avoid; margin-top: 6mm; }
svg { flex: 0 0 66mm; max-height: 36mm; margin: 2mm 0; }
.intro { display: flex; gap: 8mm; justify-content: space-between; }
svg text { fill: #111; stroke: none; }
table { border-collapse: collapse; margin: 1.5mm 0; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid #bbb; padding: 0.4mm 2.2mm; text-align: right; font-weight: 400; }
th { background: #f2f2f2; }
p { margin: 1mm 0; font-variant-numeric: tabular-nums; }
var { font-style: italic; } sub, sup { line-height: 0; }
th:first-child, td:first-child { text-align: left; }
.tables { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0 8mm; }
.asked { margin: 3mm 0; }
.blank { display: inline-block; width: 38mm; height: 1.5em; border-bottom: 1px solid #111; vertical-align: bottom; }
.small { color: #555; font-size: 8pt; overflow-wrap: anywhere; }
a { color: inherit; }
@media print { body { max-width: none; margin: 0; padding: 0; } section + section { margin-top: 0; } }
"""


@dataclass(frozen=True)
class Task:
    """A step of a worksheet, and the link that opens it to be checked; none if its table is too large for one."""

    exercise: Exercise
    link: str | None


def worksheet_html(title: str, plan: str, versions: Sequence[Sequence[Task]], level: int, decimals: int) -> str:
    """Return the worksheet of an experiment, of which `plan` is a drawing in SVG; versions count from 1."""
    sheets = [_sheet(title, plan, number, tasks, level, decimals) for number, tasks in enumerate(versions, start=1)]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Worksheet: {_text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"{''.join(sheets)}{_key(title, versions, level, decimals)}</body>\n</html>\n"
    )


def _sheet(  # noqa: PLR0913, PLR0917 - what a sheet is made of
    title: str, plan: str, number: int, tasks: Sequence[Task], level: int, decimals: int
) -> str:
    experiment = tasks[0].exercise.step.run.experiment
    steps = "".join(_task(place, task, level) for place, task in enumerate(tasks, start=1))
    return (
        f"<section>\n<header><h1>{_text(title)}</h1><p>Version {number}</p></header>\n"
        '<div class="intro">\n<div><p class="asked">Name <span class="blank"></span></p>\n'
        f"<p>{_in_words(experiment)} Fill in what is missing, to {decimals} decimals.</p></div>\n{plan}\n</div>\n"
        f"{steps}</section>\n"
    )


def _in_words(experiment: Experiment) -> str:
    layers = [
        count_text(experiment.sizes[0], "input"),
        *(count_text(units, "hidden neuron") for units in experiment.hidden_layers),
        count_text(experiment.sizes[-1], "output"),
    ]
    return (
        f"A network of sigmoid neurons: {', '.join(layers)}. Objective: {OBJECTIVE_NAMES[experiment.objective]}. "
        f"Learning rate: {number_text(experiment.learning_rate)}."
    )


def _task(place: int, task: Task, level: int) -> str:
    exercise = task.exercise
    asked = exercise.asked(level)
    lines = "".join(_line(exercise, quantity, asked) for quantity in exercise.questions)
    return (
        f'<article>\n<h2>{place}. {_where(exercise)}</h2>\n<div class="tables">{_inputs_table(exercise)}'
        f"{_rows_table(exercise, asked)}</div>\n{lines}{_check(task)}</article>\n"
    )


def _where(exercise: Exercise) -> str:
    """Say which step this is."""
    step = exercise.step
    layer, unit = step.neuron
    names = neuron_names(step.run.experiment.sizes)
    whose = f", neuron {names[layer][unit]}" if len(names) > 1 or len(names[0]) > 1 else ""
    return f"Row {step.row + 1:,} in state {step.k:,}{whose}"


def _check(task: Task) -> str:
    if task.link is None:
        return ""
    link = html.escape(task.link)
    shown = link if len(task.link) <= LONGEST_LINK else "on screen"
    return f'<p class="small">Check it: <a href="{link}">{shown}</a></p>\n'


def _inputs_table(exercise: Exercise) -> str:
    rows = [
        [f"{_symbol(x.symbol)} · {_symbol(w.symbol)}", _number(x), _number(w)]
        for x, w in zip(one_row.inputs(exercise.step), one_row.weights(exercise.step), strict=True)
    ]
    return _table(["", "input", "weight"], rows)


def _rows_table(exercise: Exercise, asked: Sequence[str]) -> str:
    """Return what the change is made of, if that is asked."""
    question, step = exercise.questions["change"], exercise.step
    if "change" not in asked:
        return ""
    terms = [
        "?" if source in asked else _number(term)
        for term, source in zip(question.worked.terms, question.sources, strict=True)
        if term.symbol.role in {"input", "back"} and term.symbol.name != OTHER_ROWS
    ]
    rows = [
        [f"{row + 1:,}", *pair]
        for row, pair in zip(listed_rows(step), zip(terms[::2], terms[1::2], strict=True), strict=True)
    ]
    others = question.worked.terms[-1]
    product = f"{_symbol(exercise.input.symbol)} · <var>δ</var>"
    if others.symbol.name == OTHER_ROWS:
        rows.append(["others", f"{product} in sum:", _number(others)])
    return _table(["row", _symbol(exercise.input.symbol), "<var>δ</var>"], rows)


def _line(exercise: Exercise, quantity: str, asked: Sequence[str]) -> str:
    """Return a number of the step, worked out or left blank."""
    worked = exercise.questions[quantity].worked
    name = _name(exercise, quantity)
    if quantity in asked:
        given = _needed(exercise, quantity)
        return f'<p class="asked">{given}{name} = <span class="blank"></span></p>\n'
    return f"<p>{name} = {_worked_out(exercise, quantity)}{_number(worked.number)}</p>\n"


def _name(exercise: Exercise, quantity: str) -> str:
    weight = _symbol(exercise.update.old.symbol)
    match quantity:
        case "change":
            return f"<b>Change</b> of {weight}"
        case "new weight":
            return f"<b>New weight</b> {weight}"
        case _:
            return f"<b>{quantity.capitalize()}</b> {_symbol(exercise.questions[quantity].worked.number.symbol)}"


def _needed(exercise: Exercise, quantity: str) -> str:
    """Return what a number that is asked is worked out from, unless it is there already."""
    step = exercise.step
    if quantity != "error":
        return ""
    if step.is_output:
        y = one_row.error(step).terms[0]
        return f"Target {_symbol(y.symbol)} = {_number(y)}. "
    shares = [
        ", ".join(f"{_symbol(term.symbol)} = {_number(term)}" for term in share.terms)
        for share in one_row.sent_back(step).values()
    ]
    return f"{'; '.join(shares)}.<br>"


def _worked_out(exercise: Exercise, quantity: str) -> str:
    """Return a formula and what is put in; in short where its terms are many, or stand in the table."""
    worked = exercise.questions[quantity].worked
    if quantity == "change":
        rate = exercise.step.run.experiment.learning_rate
        factor = "" if rate == 1 else f"{number_text(rate)} · "
        rows = count_text(len(exercise.step.batch), "row")
        return f"{factor}the sum of {_symbol(exercise.input.symbol)} · <var>δ</var> over {rows} = "
    if quantity == "total input" or len(worked.terms) > MOST_TERMS:
        return "the sum of the products = "
    symbols = _put_in(worked, [_symbol(term.symbol) for term in worked.terms])
    if len(worked.terms) == 1 and quantity == "delta":
        return f"{symbols} = "
    return f"{symbols} = {_put_in(worked, [_number(term, in_formula=True) for term in worked.terms])} = "


def _put_in(worked: Worked, terms: Sequence[str]) -> str:
    return worked.formula.replace("e^-{}", "<var>e</var><sup>-{}</sup>").format(*terms)


def _key(title: str, versions: Sequence[Sequence[Task]], level: int, decimals: int) -> str:
    """Return the answers, a table a version."""
    tables = "".join(
        f"<article>\n<h2>Version {number}</h2>\n{_answers(tasks, level, decimals)}</article>\n"
        for number, tasks in enumerate(versions, start=1)
    )
    return f"<section>\n<header><h1>Key: {_text(title)}</h1></header>\n{tables}</section>\n"


def _answers(tasks: Sequence[Task], level: int, decimals: int) -> str:
    asked = [name for name in QUANTITIES if any(name in task.exercise.asked(level) for task in tasks)]
    rows = [
        [
            f"{place}. {_where(task.exercise)}: {_symbol(task.exercise.update.old.symbol)}",
            *(_answer(task.exercise, quantity, decimals) for quantity in asked),
        ]
        for place, task in enumerate(tasks, start=1)
    ]
    return _table(["", *asked], rows)


def _answer(exercise: Exercise, quantity: str, decimals: int) -> str:
    """Return an answer; where cross-entropy has no slope, nothing."""
    return rounded_text(exercise.value(quantity), decimals) if quantity in exercise.questions else ""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>\n"


def _symbol(symbol: Symbol) -> str:
    """Return a symbol as HTML: x1 as x with a small 1, another neuron's with its name, a column's to the letter."""
    if symbol.of:
        return f"<var>{symbol.name}</var><sub>{symbol.of}</sub>"
    if symbol.letter_and_index:
        letter, index, prime = symbol.letter_and_index
        return f"<var>{letter}</var><sub>{index}</sub>{prime}"
    is_letter = len(symbol.name) == 1 and symbol.name.isalpha()
    return f"<var>{symbol.name}</var>" if is_letter else _text(symbol.name)


def _number(number: Number, *, in_formula: bool = False) -> str:
    """Return a number as the page writes it; in a formula, in brackets if it is negative."""
    write = {"input": input_text, "target": input_text, "rate": number_text}.get(number.symbol.role, exact_text)
    text = write(number.value)
    return f"({text})" if in_formula and number.value < 0 else text


def _text(text: str) -> str:
    return html.escape(" ".join(text.split()))
