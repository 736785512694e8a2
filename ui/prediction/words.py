"""What is said of a prediction: how a loss goes, and how a guess compares with what came out."""

from typing import Final

import numpy as np

from core import Experiment
from core.arrays import Array
from ui.figures.guess import Curve
from ui.prediction.choices import Choices, Ending
from ui.text import count_text, digits_text

DIGITS: Final = 4
MOST_DIGITS: Final = 17  # which tell any two numbers apart
IN_SIZE: Final = {"largest": " in absolute value"}


def shape(losses: Array) -> str:
    """Say how losses (states,) go from the first to the last: which way, how steadily, and how soon."""
    first, last = float(losses[0]), float(losses[-1])
    lowest, highest = float(losses.min()), float(losses.max())
    if lowest == highest:
        return f"stays at {_short(first)}"
    ends = f"from {_short(first)} to {_short(last)}"
    if first == last or lowest < min(first, last) or highest > max(first, last):
        return f"goes {ends}, between {_short(lowest)} and {_short(highest)} on the way"
    steps = np.diff(losses)
    is_steady = bool(np.all(steps <= 0) or np.all(steps >= 0))
    way, passed = ("falls", losses <= (first + last) / 2) if last < first else ("rises", losses >= (first + last) / 2)
    half = count_text(int(np.argmax(passed)), "update")
    return f"{way} {ends}{'' if is_steady else ', with ups and downs'}, half of that within {half}"


def on_curves(letters: str, curves: tuple[Curve, ...], right: int, guess: int) -> str:
    """Say which curve is the changed experiment's, how it goes, and where the guessed one ends."""
    truth, guessed = curves[right], curves[guess]
    if guess == right:
        return f"Right: it is {letters[right]}. With {truth.name} the loss {truth.shape}."
    ends = _apart(float(truth.losses[-1]), float(guessed.losses[-1]))
    return (
        f"It is {letters[right]}. With {truth.name} the loss {truth.shape}. You chose {letters[guess]}, the curve of "
        f"{guessed.name}: the loss ends at {ends[0]}, not at {ends[1]}."
    )


def on_ending(experiment: Experiment, asked: str, choices: Choices, ending: Ending, guess: int) -> str:
    """Say which row or weight it is, and what became of the guessed one; of equal ones each is right."""
    sizes = ending.sizes(asked, choices)
    largest = np.flatnonzero(sizes == sizes.max()).tolist()
    winner = guess if guess in largest else largest[0]
    size, guessed_size = _apart(float(sizes[winner]), float(sizes[guess]))
    place = choices.places[winner]
    match asked:
        case "row":
            several = len(experiment.dataset.target_names) > 1
            whose = "outputs are, added up," if several else "output is"
            truth = f"ends worst: its {whose} {size} from {'their targets' if several else 'its target'}"
        case "largest":
            truth = f"ends largest: at {'-' if ending.after[place] < 0 else ''}{size}"
        case _:
            ends = f"from {_short(float(ending.before[place]))} to {_short(float(ending.after[place]))}"
            truth = f"moves furthest: by {size}, {ends}"
    alike = f" {len(largest)} are equal in that." if len(largest) > 1 else ""
    drawn = len(choices.places)
    among = f"Of these {drawn}: " if choices.count > drawn else ""
    said = f"{among}{subject(asked, choices.names[winner])} {truth}.{alike}"
    if winner == guess:
        return f"Right. {said}"
    return f"{said} For your guess, {choices.names[guess]}, it is {guessed_size}{IN_SIZE.get(asked, '')}."


def subject(asked: str, name: str) -> str:
    """Return what a sentence about a row or a weight begins with."""
    return name.capitalize() if asked == "row" else f"Weight {name}"


def _short(number: float) -> str:
    return digits_text(number, DIGITS)


def _apart(*numbers: float) -> list[str]:
    """Return numbers with enough digits for different ones to look different, or with the most there are."""
    ways = [[digits_text(number, digits) for number in numbers] for digits in range(DIGITS, MOST_DIGITS + 1)]
    return next((texts for texts in ways if len(set(texts)) == len(set(numbers))), ways[-1])


def tally_text(guesses: int, right: int) -> str:
    """Say how many guesses were made in this visit, and how many were right."""
    return f"Guessed in this visit: {guesses:,} ({right:,} right)."
