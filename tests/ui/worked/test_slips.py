"""Each known slip is made here in plain loops, and must lead to the number by which it is recognised."""

import math

import plain
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from steps import is_unsaturated, steps
from strategies import networks, tables

from core import NOTEBOOK, train
from ui.view import Place
from ui.worked.check import check, last_place
from ui.worked.exercise import MOST_LISTED, exercise_of
from ui.worked.slips import SLIPS, slips_in
from ui.worked.step import step_at

RATES = st.just(1.0) | st.floats(0.01, 2)
KINDS = steps(networks(tables(most_rows=2 * MOST_LISTED), learning_rates=RATES)).filter(is_unsaturated)


class Facts:
    """What a step is made of, from the weights and the table alone."""

    def __init__(self, exercise):
        step = self.step = exercise.step
        experiment = step.run.experiment
        layer, unit = step.neuron
        weights = step.run.weights_after(step.k)
        self.place, self.rate = exercise.place, experiment.learning_rate
        self.rows = [plain.passed(experiment, weights, row, step.neuron) for row in step.batch]
        self.is_learned_from = step.row in step.batch
        row = plain.passed(experiment, weights, step.row, step.neuron)
        self.x = row["inputs"]
        self.w = list(weights[layer][:, unit])
        self.z, self.a, self.e = row["total input"], row["output"], row["error"]
        self.s, self.delta = row["slope"], row["delta"]
        self.old = self.w[exercise.place]
        self.is_output = step.is_output
        self.has_slope = not (step.is_output and experiment.objective == "cross_entropy")
        self.bias = self.w[-1] if experiment.biases != "none" else None
        self.new_w = [
            w + (self.change(place) if experiment.biases != "fixed" or place < len(self.w) - 1 else 0)
            for place, w in enumerate(self.w)
        ]
        self.raw = list(experiment.dataset.inputs[step.row]) + ([1.0] if self.bias is not None else [])
        self.is_standardised = layer == 0 and self.raw != pytest.approx(self.x, abs=0)
        self.senders = []  # of each neuron after a hidden one: its delta, the weight to it, that weight updated
        for after in range(0 if step.is_output else weights[layer + 1].shape[1]):
            neuron = (layer + 1, after)
            sent = plain.passed(experiment, weights, step.row, neuron)["delta"]
            rows = [plain.passed(experiment, weights, number, neuron) for number in step.batch]
            change = self.rate * sum(one["inputs"][unit] * one["delta"] for one in rows)
            self.senders.append((sent, weights[layer + 1][unit, after], weights[layer + 1][unit, after] + change))

    def change(self, place=None):
        place = self.place if place is None else place
        return self.rate * sum(row["inputs"][place] * row["delta"] for row in self.rows)


def multiplied(pairs):
    """Return the product of all, of more than one pair; nothing of a 0, which may come from anything."""
    return (math.prod(one * other for one, other in pairs) or None) if len(pairs) > 1 else None


def added(make_change):
    """Return what makes a new weight of what makes a change."""

    def make(f):
        change = make_change(f)
        return None if change is None else f.old + change

    return make


def updated_error(f):
    return None if f.is_output else sum(sent * new for sent, _, new in f.senders)


CHANGES = {
    "sign flipped": lambda f: -f.change(),
    "learning rate forgotten": lambda f: None if f.rate == 1 else f.change() / f.rate,
    "one row instead of all": lambda f: (
        f.rate * f.x[f.place] * f.delta if f.is_learned_from and len(f.rows) > 1 else None
    ),
    "mean instead of sum": lambda f: f.change() / len(f.rows) if len(f.rows) > 1 else None,
    "input forgotten": lambda f: f.rate * sum(row["delta"] for row in f.rows),
    "slope forgotten": lambda f: (
        f.rate * sum(row["inputs"][f.place] * row["error"] for row in f.rows) if f.has_slope else None
    ),
}
UPDATED, FLIPPED, AT_Z = "weights that are already updated", "sign flipped", "slope taken at z"
PRODUCT = "a product instead of a sum"
MADE = {
    ("total input", FLIPPED): lambda f: -f.z,
    ("total input", "bias forgotten"): lambda f: None if f.bias is None else f.z - f.bias,
    ("total input", "inputs not standardised"): lambda f: (
        sum(x * w for x, w in zip(f.raw, f.w, strict=True)) if f.is_standardised else None
    ),
    ("total input", PRODUCT): lambda f: multiplied(list(zip(f.x, f.w, strict=True))),
    ("total input", UPDATED): lambda f: sum(x * w for x, w in zip(f.x, f.new_w, strict=True)),
    ("output", FLIPPED): lambda f: 1 / (1 + math.exp(f.z)),
    ("output", "sigmoid forgotten"): lambda f: f.z,
    ("output", UPDATED): lambda f: 1 / (1 + math.exp(-sum(x * w for x, w in zip(f.x, f.new_w, strict=True)))),
    ("error", FLIPPED): lambda f: -f.e,
    ("error", PRODUCT): lambda f: multiplied([(sent, weight) for sent, weight, _ in f.senders]),
    ("error", UPDATED): updated_error,
    ("slope", "1 − a forgotten"): lambda f: f.a,
    ("slope", AT_Z): lambda f: f.z * (1 - f.z),
    ("slope", FLIPPED): lambda f: f.a * (f.a - 1),
    ("delta", "cross-entropy's delta for squared error"): lambda f: f.e if f.is_output and f.has_slope else None,
    ("delta", "squared error's delta for cross-entropy"): lambda f: None if f.has_slope else f.e * f.s,
    ("delta", "slope forgotten"): lambda f: None if f.is_output else f.e,
    ("delta", "1 − a forgotten"): lambda f: f.e * f.a if f.has_slope else None,
    ("delta", AT_Z): lambda f: f.e * f.z * (1 - f.z) if f.has_slope else None,
    ("delta", FLIPPED): lambda f: -f.delta,
    ("delta", UPDATED): lambda f: None if f.is_output else updated_error(f) * f.s,
    ("new weight", "old weight forgotten"): lambda f: f.change(),
    ("new weight", PRODUCT): lambda f: f.old * f.change(),
    ("new weight", UPDATED): lambda f: f.old + f.change() + f.change(),
    **{("change", name): make for name, make in CHANGES.items()},
    **{("new weight", name): added(make) for name, make in CHANGES.items()},
}


def test_every_slip_is_made_here():
    assert {(slip.of, slip.name) for slip in SLIPS} == MADE.keys()


@given(KINDS)
def test_a_slip_leads_to_the_number_that_making_it_does(step):
    """And happens where it can be made, in any network."""
    exercise = exercise_of(step)
    facts = Facts(exercise)
    for quantity in exercise.questions:
        known = {slip.name: number for slip, number in slips_in(exercise, quantity)}
        made = {name: make(facts) for (of, name), make in MADE.items() if of == quantity}
        expected = {name: number for name, number in made.items() if number is not None}
        assert known == pytest.approx(expected, rel=1e-6, abs=1e-10), quantity


@given(KINDS, st.integers(4, 8), st.data())
def test_a_slip_is_recognised(step, decimals, data):
    """By its number, to the decimals asked, unless that is right, too; of slips with one number the first is told."""
    exercise = exercise_of(step)
    quantity = data.draw(st.sampled_from(list(exercise.questions)))
    slips = slips_in(exercise, quantity)
    slip, number = data.draw(st.sampled_from(slips))
    right = exercise.value(quantity)
    place = last_place(right, decimals)
    assume(abs(number - right) > 10 * place)
    verdict = check(exercise, {quantity: round(number, decimals)}, decimals)[quantity]
    assert verdict.kind == "slip"
    assert not verdict.counts
    assert slip is verdict.slip or any(
        one is verdict.slip and abs(other - number) <= 3 * place for one, other in slips[: slips.index((slip, number))]
    )


def test_a_slip_that_leads_to_the_right_number_is_none():
    """In the notebook x3 is always 1: whoever forgets it, or is off in the last place, is not told so."""
    exercise = exercise_of(step_at(train(NOTEBOOK), Place(0, 0, (0, 0))))
    for quantity, number in {"new weight": -0.8507, "change": 0.1492}.items():
        assert check(exercise, {quantity: number}, 4)[quantity].kind != "slip"


def test_the_slips_of_the_notebooks_third_row_are_told():
    """Worked out with a pocket calculator: the output is 0.2376, the error 0.7624, the slope 0.1812."""
    exercise = exercise_of(step_at(train(NOTEBOOK), Place(0, 2, (0, 0))))
    told = {
        ("output", 0.7624): "sign flipped",
        ("error", -0.7624): "sign flipped",
        ("slope", 0.2376): "1 − a forgotten",
        ("slope", -2.5246): "slope taken at z",
        ("delta", 0.7624): "cross-entropy's delta for squared error",
        ("change", 0.1381): "one row instead of all",
        ("change", 0.0716): "mean instead of sum",
        ("new weight", -0.4522): "sign flipped",
        ("new weight", 0.4065): "weights that are already updated",
        ("new weight", 0.2862): "old weight forgotten",
    }
    for (quantity, number), name in told.items():
        assert check(exercise, {quantity: number}, 4)[quantity].slip.name == name
