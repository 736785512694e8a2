"""Experiments of every kind, and what may be looked at in them, at random; all of it can be trained in a moment."""

from dataclasses import replace
from itertools import pairwise

from core.dataset import column_name
from core.experiment import LARGEST_SEED
from core.objectives import OBJECTIVES
from ui.kinds import Choice, NamedNumbers, NumberOrWord, Some, WholeNumber
from ui.settings import BIAS_NAMES, MOST_TARGETS, PUBLISHED, experiment_from
from ui.tabs.tabs import LABELS
from ui.view import VIEW_SETTINGS, View

NAMES = [
    "a",
    "b",
    "x1",
    "x 1",
    "y",
    "",
    "_index",
    "=a",
    "'=a",
    "@",
    "é",
    "e\u0301",
    "a\u200b",
    "one",
    "\ud800",
    "1",
    "n" * 99,
]
ODD = ["row", "bias", "before", "h1", "o1", "output", "$x$ **y**", "<u>&", '"""', "#\\", "]]>", "\u202ea\u2028", "%{x}"]
USABLE = [name for name in [*NAMES, *ODD] if name and column_name(name) == name and "\ud800" not in name]
COMMON, RARE = ["0", "1", "-1", "0.5", "2", "1.25", "-3"], ["1e50", "-1e50", "1e-9", "5e-324", "20500", "800"]


def any_settings(chance):
    """Draw what makes an experiment."""
    targets = chance.choice([1, 1, 1, 2, 3, MOST_TARGETS])
    columns, rows = targets + chance.randint(1, 4), chance.choice([1, 2, 4, 4, 9, 30])
    numbers = COMMON + RARE * (chance.random() < 0.2)
    scale_targets = chance.random() < 0.25
    answers = numbers if scale_targets else ["0", "1", "0", "1", "0.5", "0.25"]
    settings = replace(
        PUBLISHED[chance.choice(list(PUBLISHED))],
        seed=chance.choice([0, 1, 7, LARGEST_SEED]),
        epochs=chance.choice([1, 2, 3, 20]),
        learning_rate=chance.choice([1.0, 1.0, 0.001, 0.5, 1000.0]),
        objective=chance.choice(list(OBJECTIVES)),
        hidden_units=chance.choice([0, 0, 1, 3, (2, 1), (3, 2), (1, 2, 3), (32, 4)]),
        biases=chance.choice(list(BIAS_NAMES)),
        batch_size=chance.choice([None, None, 1, 2, 3, 10_000]),
        standardise=chance.random() < 0.3,
        held_out=chance.choice([0.0, 0.0, 0.25, 0.9]) if rows > 1 else 0.0,
        scale_targets=scale_targets,
        names=tuple(chance.sample([*USABLE, *(f"c{place}" for place in range(9))], columns)),
        targets=targets,
        rows=tuple(
            (*chance.choices(numbers, k=columns - targets), *chance.choices(answers, k=targets)) for _ in range(rows)
        ),
        title=chance.choice(["", "", "my table.csv", "<u>&\"'"]),
    )
    shapes = [(inputs + (settings.biases != "none"), units) for inputs, units in pairwise(settings.sizes)]
    typed = tuple(tuple(tuple(chance.choices(numbers, k=units)) for _ in range(inputs)) for inputs, units in shapes)
    return replace(settings, weights=chance.choice([None, None, typed]))


def any_experiment(chance):
    """Draw what makes an experiment, and the experiment."""
    settings = any_settings(chance)
    return settings, experiment_from(settings)


def any_view(settings, chance):
    """Draw what may be looked at in the run of some settings: all that there is to choose."""
    chosen = {look.name: any_value(look.kind_in(settings), chance) for look in VIEW_SETTINGS if chance.random() < 0.5}
    return View(tab=chance.choice(list(LABELS)), **chosen)


def any_value(kind, chance):
    """Draw a value of a kind, its ends more often than others."""
    match kind:
        case WholeNumber(least, most):
            return chance.choice([least, most, chance.randint(least, most)])
        case NumberOrWord(number, _):
            return chance.choice([None, any_value(number, chance)])
        case Choice(names):
            return chance.choice(list(names))
        case Some(names):
            some = chance.sample(list(names), chance.choice([0, 0, 1, 2, len(names) // 2]))
            return tuple(name for name in names if name in some)
        case NamedNumbers(names, _):
            return tuple((name, float(chance.choice(COMMON + RARE))) for name in names) if chance.random() < 0.5 else ()
