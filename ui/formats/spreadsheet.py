"""One step as a spreadsheet: table, weights and learning rate to be changed, all else worked out from them.

Each neuron has the table of all rows that Step through has. What is stored beside a formula is the page's number.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final, TypeAlias

from core import Experiment
from core.objectives import OBJECTIVES, ObjectiveName, losses
from ui.formats.opendocument import Cell, Cells, Look, cell_range, reference, spreadsheet
from ui.formats.sheet_layout import ABOVE, BELOW, DATA, LOSS, RATE, Data, NeuronTable, Sheet
from ui.names import neuron_names
from ui.text import OBJECTIVE_NAMES, count_text
from ui.view import Neuron
from ui.worked.all_rows import columns_of, updates
from ui.worked.number import PRIME, SCALED
from ui.worked.step import Step, neurons

MOST_CELLS: Final = 40_000  # which take a slow core a second
LOSSES: Final[dict[ObjectiveName, tuple[str, str]]] = {  # in words, and as a formula of y, a and z
    "squared_error": ("½(y - a)²", "({y}-{a})^2/2"),
    "cross_entropy": ("-y ln a - (1 - y) ln(1 - a)", "MAX({z};0)-{z}*{y}+LN(1+EXP(-ABS({z})))"),
}

Numbered: TypeAlias = Iterator[tuple[tuple[int, int], Cell]]  # cells with row and column


def step_spreadsheet(title: str, step: Step) -> bytes:
    """Return the file of a step of a run that is called `title`; of which neuron and row the step is matters not."""
    return spreadsheet("Step", step_cells(title, step))


def cell_count(experiment: Experiment, k: int) -> int:
    """Return about how many cells the step of state k has."""
    rows, (features, *_, outputs) = len(experiment.training_rows[experiment.batch(k)]), experiment.sizes
    of_data = rows * (1 + features * (1 + experiment.standardise) + outputs * (1 + experiment.scale_targets))
    return of_data + sum(units * (rows + 3) * (2 * inputs + 7) for inputs, units in pairwise(experiment.sizes))


def step_cells(title: str, step: Step) -> Cells:
    """Return the cells of a step, by row and column."""
    data = Data(step)
    tables: dict[Neuron, NeuronTable] = {}
    height = len(step.batch) + ABOVE + BELOW
    for number, neuron in enumerate(sorted(neurons(step.run.experiment).values())):
        tables[neuron] = NeuronTable(replace(step, neuron=neuron), data.bottom + number * height)
    sheet = Sheet(data, tables)
    cells = dict([*_head(title, sheet), *_data(data)])
    for table in tables.values():
        cells.update(_table(table, sheet))
    return cells


def _head(title: str, sheet: Sheet) -> Numbered:
    step = sheet.data.step
    experiment, rows = step.run.experiment, len(step.batch)
    loss_in_words, _ = LOSSES[experiment.objective]
    yield (0, 0), Cell(title, "title")
    yield (1, 0), Cell("Change a shaded cell: all others follow. Results are shown with eight decimals.", "text")
    what = f"The update of state {step.k:,}, from {count_text(rows, 'row')}"
    yield (2, 0), Cell(f"{what}; objective: {OBJECTIVE_NAMES[experiment.objective]}", "text")
    yield (3, 0), Cell("z: total input, a: output, e: error, s: slope, δ: delta", "text")
    yield (RATE[0], 0), Cell("learning rate", "name")
    yield RATE, Cell(experiment.learning_rate, "given")
    yield (LOSS[0], 0), Cell("loss", "name")
    columns = "+".join(f"SUM({table.down(table.loss_column)})" for table in sheet.outputs)
    last = step.forward[-1]
    targets = experiment.dataset.target_columns[step.batch]
    loss = losses(last.logit[step.batch], targets)[experiment.objective]
    yield LOSS, Cell(float(loss), "result", f"({columns})/{rows}")
    over = "" if len(sheet.outputs) == 1 else " summed over the outputs"
    yield (LOSS[0], 2), Cell(f"the mean over the rows of {loss_in_words}{over}", "note")


def _data(data: Data) -> Numbered:
    step = data.step
    experiment, dataset, scaling = step.run.experiment, step.run.experiment.dataset, step.run.experiment.scaling
    yield (DATA, 0), Cell("Rows of the update", "heading")
    scaled_names = [dataset.input_names[feature] + PRIME for feature in data.scaled]
    scaled_names += [name + SCALED for name in dataset.target_names] if experiment.scale_targets else []
    yield from _line(DATA + 1, 0, ["row", *dataset.input_names, *dataset.target_names, *scaled_names], "name")
    for name in data.ends:
        yield (data.end(name), 0), Cell(name, "name")
    if scaling:
        for feature in data.scaled:
            yield (data.end("mean"), 1 + feature), Cell(float(scaling.means[feature]), "given")
            yield (data.end("deviation"), 1 + feature), Cell(float(scaling.deviations[feature]), "given")
    if dataset.target_range is not None:
        for name, ends in zip(("least", "largest"), dataset.target_range.tolist(), strict=True):
            yield from _line(data.end(name), 1 + data.features, ends, "given")
    for place, row in enumerate(step.batch.tolist()):
        yield (data.rows[place], 0), Cell(row + 1.0, "number")
        numbers = [*step.table[row].tolist(), *dataset.given_target_columns[row].tolist()]
        yield from _line(data.rows[place], 1, numbers, "given")
        yield from _scaled(data, place, row)


def _scaled(data: Data, place: int, row: int) -> Numbered:
    """Return what is standardised or scaled of one of the update's rows."""
    step, column = data.step, data.first_scaled
    for feature in data.scaled:
        mean, deviation = (reference(data.end(name), 1 + feature, fixed=True) for name in ("mean", "deviation"))
        raw = reference(data.rows[place], 1 + feature)
        value = float(step.forward[0].inputs[row, feature])
        yield (data.rows[place], column), Cell(value, "result", f"({raw}-{mean})/{deviation}")
        column += 1
    if step.run.experiment.scale_targets:
        for unit, value in enumerate(step.run.experiment.dataset.target_columns[row].tolist()):
            of_table = 1 + data.features + unit
            low, high = (reference(data.end(name), of_table, fixed=True) for name in ("least", "largest"))
            raw = reference(data.rows[place], of_table)
            yield (data.rows[place], column + unit), Cell(value, "result", f"({raw}-{low})/({high}-{low})")


def _table(table: NeuronTable, sheet: Sheet) -> Numbered:
    step = table.step
    layer, unit = step.neuron
    bias = step.weight_symbol(len(step.weights) - 1).name
    fixed = f" (its bias {bias} is fixed)" if step.has_fixed_bias else ""
    yield (table.top, 0), Cell(f"{neuron_names(step.run.experiment.sizes)[layer][unit]}{fixed}", "heading")
    symbols = [step.weight_symbol(place).name for place in range(len(step.weights))]
    yield from _line(table.top + 1, 1, symbols, "name")
    yield (table.weights_row, 0), Cell("weight", "name")
    yield from _line(table.weights_row, 1, step.weights.tolist(), "given")
    yield from _rows(table, sheet)
    yield from _update(table)


def _rows(table: NeuronTable, sheet: Sheet) -> Numbered:
    """Return the columns of Step through, and for a bias its input, always 1; for an output, the loss."""
    step, columns = table.step, columns_of(table.step)
    names, numbers = [column.name for column in columns], [column.numbers.tolist() for column in columns]
    if step.has_bias:
        place = len(step.weights) - 1
        names.insert(place, "1")
        numbers.insert(place, [1.0] * len(step.batch))
    if step.is_output:
        names.append("loss")
        numbers.append(_losses(step))
    yield from _line(table.top + 3, 0, ["row", *names], "name")
    for place, row in enumerate(step.batch.tolist()):
        yield (table.rows[place], 0), Cell(row + 1.0, "number")
        formulas = [*_inputs(table, sheet, place), *_forward_and_back(table, sheet, place)]
        for column, (of_column, formula) in enumerate(zip(numbers, formulas, strict=True), start=1):
            yield (table.rows[place], column), Cell(of_column[place], table.looks[column - 1], formula)


def _losses(step: Step) -> list[float]:
    """Return the neuron's loss in each row of the update."""
    experiment, unit = step.run.experiment, step.neuron[1]
    logits, targets = step.ahead.logit[step.batch, unit], experiment.dataset.target_columns[step.batch, unit]
    places = range(len(step.batch))
    return [
        float(losses(logits[place : place + 1], targets[place : place + 1])[experiment.objective]) for place in places
    ]


def _inputs(table: NeuronTable, sheet: Sheet, place: int) -> Iterator[str]:
    """Yield the formulas of a neuron's inputs in one of the update's rows; a bias has a 1."""
    layer = table.step.neuron[0]
    for source in range(len(table.step.weights) - table.step.has_bias):
        yield sheet.tables[layer - 1, source].at("a", place) if layer else sheet.data.given(source, place)
    if table.step.has_bias:
        yield ""


def _forward_and_back(table: NeuronTable, sheet: Sheet, place: int) -> Iterator[str]:
    """Yield the formulas of one of the update's rows, from the target to the loss."""
    step, row, last = table.step, table.rows[place], len(table.step.weights)
    z, a, e, s, d = (table.at(name, place) for name in ("z", "a", "e", "s", "δ"))
    if step.is_output:
        yield sheet.data.target(step.neuron[1], place)
    given = cell_range((row, 1), (row, last))
    weights = cell_range((table.weights_row, 1), (table.weights_row, last), fixed=True)
    yield f"SUMPRODUCT({given};{weights})"
    yield f"1/(1+EXP(MIN(-{z};700)))"
    yield f"{table.at('y', place)}-{a}" if step.is_output else _sent_back(table, sheet, place)
    yield f"{a}*(1-{a})"
    has_slope = OBJECTIVES[step.run.experiment.objective].delta_has_slope or not step.is_output
    yield f"{e}*{s}" if has_slope else e
    for source in range(table.learning):
        yield f"{reference(row, 1 + source)}*{d}"
    if step.is_output:
        _, loss = LOSSES[step.run.experiment.objective]
        yield loss.format(y=table.at("y", place), a=a, z=z)


def _sent_back(table: NeuronTable, sheet: Sheet, place: int) -> str:
    """Return the formula of a hidden neuron's error: each delta after it, times the weight between them."""
    layer, unit = table.step.neuron
    after = [other for (of_layer, _), other in sheet.tables.items() if of_layer == layer + 1]
    return "+".join(f"{other.at('δ', place)}*{other.weight(unit)}" for other in after)


def _update(table: NeuronTable) -> Numbered:
    """Return what the weights become, below the products."""
    sums, changes, new_weights = (table.rows.stop + line for line in range(3))
    for line, name in ((sums, "sum"), (changes, "change"), (new_weights, "new weight")):
        yield (line, 0), Cell(name, "name")
    for place, update in enumerate(updates(table.step)):
        column = table.first_product + place
        total, change = reference(sums, column), reference(changes, column)
        yield (sums, column), Cell(update.total.value, "result", f"SUM({table.down(column)})")
        rate = reference(*RATE, fixed=True)
        yield (changes, column), Cell(update.change.number.value, "result", f"{rate}*{total}")
        yield (new_weights, column), Cell(update.new.number.value, "result", f"{table.weight(place)}+{change}")


def _line(row: int, column: int, values: Iterable[str | float], look: Look) -> Numbered:
    """Return cells side by side."""
    for place, value in enumerate(values):
        yield (row, column + place), Cell(value, look)
