"""Whatever the run, what is said of it is true: every sentence is read and judged by plain means of its own."""

import re
from itertools import pairwise

import numpy as np
import pytest
from exact import some_weights_work
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core import Dataset, Experiment, backward, diagnose, forward, train
from core.arrays import LARGEST_NUMBER
from core.objectives import OBJECTIVES
from ui.results.findings import explanation
from ui.text import OBJECTIVE_NAMES

LEARNING_RATES = st.sampled_from([1e-3, 0.1, 1.0, 10.0, 100.0])
NUMBER = r"(\d+(?:\.\d+)?(?:e[+-]\d+)?)"


def small_tables(numbers, targets):
    """Draw tables of up to six rows and three inputs, one of which may be a bias."""
    return st.tuples(st.integers(1, 6), st.integers(1, 3)).flatmap(
        lambda size: st.builds(
            lambda rows, targets, bias: Dataset([[*row[1:], 1] if bias else row for row in rows], targets),
            st.lists(st.lists(numbers, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]),
            st.lists(targets, min_size=size[0], max_size=size[0]),
            st.booleans(),
        )
    )


def longer_experiments(datasets, learning_rates=LEARNING_RATES):
    """Draw experiments that have the time to learn, to oscillate and to saturate."""
    return st.builds(
        Experiment,
        datasets,
        seed=st.integers(0, 999),
        epochs=st.sampled_from([1, 5, 30, 150]),
        learning_rate=learning_rates,
        objective=st.sampled_from(list(OBJECTIVES)),
        hidden_units=st.sampled_from([0, 0, 2]),
    )


def side(number):
    return int(number > 0.5) - int(number < 0.5)


def wrong_rows(run):
    targets = run.experiment.dataset.targets
    pairs = zip(run.after, targets, strict=True)
    return [row for row, (output, target) in enumerate(pairs) if side(target) and side(output) != side(target)]


def opposed_rows(dataset):
    """Return the rows that have another one's inputs and not its side."""
    rows = list(zip(dataset.inputs.tolist(), map(side, dataset.targets), strict=True))
    return [
        row
        for row, (inputs, target) in enumerate(rows)
        if any(inputs == others and target * other < 0 for others, other in rows)
    ]


def named_rows(text):
    """Return the rows that a sentence names, counted from 0."""
    named = re.search(r"rows? (\d+(?:, \d+)*(?: and \d+)?)", text)
    return [int(number) - 1 for number in re.findall(r"\d+", named[1])] if named else []


def ending(run, text):
    """Return the losses of the epochs that a sentence speaks of, the one before them included."""
    objective, epochs = re.search(r"the loss \((.*?)\) .* the last (?:(\d+) epochs|epoch)", text).groups()
    (losses,) = (getattr(run, key) for key, name in OBJECTIVE_NAMES.items() if name == objective)
    assert losses is getattr(run, run.experiment.objective)
    return losses[-1 - int(epochs or 1) :].tolist()


def loss_after(run, k, learning_rate):
    """Return the loss after one more update of state k, at a learning rate of one's own."""
    weights, dataset, objective = run.weights_after(k), run.experiment.dataset, run.experiment.objective
    steps = backward(forward(dataset.inputs, weights), dataset.targets, objective, learning_rate)
    updated = tuple(layer + step.update for layer, step in zip(weights, steps, strict=True))
    return OBJECTIVES[objective].loss(forward(dataset.inputs, updated)[-1].logit[:, 0], dataset.targets)


def judge_oscillation(run, text):
    """Judge that the loss rose so often, and that a smaller step from the same weights would not have raised it."""
    losses = ending(run, text)
    rises = [after - before for before, after in pairwise(losses) if after > before]
    assert len(rises) >= int(re.search(r"noticeably in (\d+) of", text)[1]) >= (len(losses) - 1) / 4
    k = run.experiment.epochs - len(losses) + 1 + int(np.argmax(np.diff(losses)))
    rate = run.experiment.learning_rate
    assert any(loss_after(run, k, rate / 10.0**smaller) <= loss_after(run, k, 0) for smaller in range(1, 200))
    assert f"rate {rate:g} is" in text
    assert set(named_rows(text)) <= set(wrong_rows(run))


def judge_saturation(run, text):
    """Judge that the slope is the largest of the layer named, of the rows named."""
    rows, at_most = named_rows(text), float(re.search(rf"multiplied, (?:is|are) (?:at most )?{NUMBER};", text)[1])
    assert bool(re.search("learns? nothing", text)) == (at_most == 0 and "hidden neurons" not in text)
    layer = forward(run.experiment.dataset.inputs, run.weights)[0 if "hidden neurons" in text else -1]
    slopes = [max(output * (1 - output) for output in layer.activation[row].tolist()) for row in rows]
    assert max(slopes) <= at_most <= 0.01
    assert at_most == pytest.approx(max(slopes), rel=0.1)
    assert "hidden neurons" in text or run.experiment.objective == "squared_error"
    assert set(rows) <= set(wrong_rows(run))


def judge_not_learned_yet(run, text):
    losses = ending(run, text)
    assert float(re.search(rf"fell by {NUMBER} over", text)[1]) == pytest.approx(losses[0] - losses[-1], rel=0.05)
    assert losses[-1] < losses[0]
    assert "larger learning rate" not in text or np.all(np.diff(losses) <= 1e-9 * max(losses))
    assert set(named_rows(text)) <= set(wrong_rows(run))


def judge_equal_units(run, text):
    """Judge that the units named have one and the same answer to every row, at first and in the end, and others not."""
    named = [int(unit) - 1 for unit in re.findall(r"\bh(\d+)", text)]
    assert len(named) > 1
    for weights in (run.weights_after(0), run.weights):
        answers = forward(run.experiment.dataset.inputs, weights)[0].activation[:, named]
        assert np.ptp(answers, axis=1) == pytest.approx(0, abs=1e-6)
        assert np.ptp(weights[1][named]) <= 1e-6 * np.abs(weights[1]).max()
    assert set(named_rows(text)) <= set(wrong_rows(run))


def judge_stuck(run, text):
    """Judge that there are hidden units, and that the loss fell by less than a thousandth in the last tenth."""
    epochs = run.experiment.epochs
    losses = getattr(run, run.experiment.objective)
    assert losses[-1 - max(1, epochs // 10)] - losses[-1] <= 1e-3 * losses[-1]
    assert run.experiment.hidden_units
    assert set(named_rows(text)) <= set(wrong_rows(run))


def table_texts(run):
    """Return what must be said of the table, heading and rows, for the runs of small tables."""
    dataset, wrong = run.experiment.dataset, wrong_rows(run)
    if opposed := opposed_rows(dataset):
        return [("Equal inputs, different targets", opposed)]
    if run.experiment.hidden_units:
        return []
    if zeros := [row for row, inputs in enumerate(dataset.inputs) if not any(inputs) and side(dataset.targets[row])]:
        return [("No bias", zeros)]
    targets_sides = [side(target) for target in dataset.targets]
    if not wrong or some_weights_work(dataset.inputs, targets_sides):
        return []
    with_bias = [[*row, 1] for row in dataset.inputs]
    return [("No bias" if some_weights_work(with_bias, targets_sides) else "One neuron is not enough", wrong)]


TRAINING_JUDGES = {
    "Equal hidden units": judge_equal_units,
    "Stuck": judge_stuck,
    "The learning rate": judge_oscillation,
    "Saturated": judge_saturation,
    "Not learned yet": judge_not_learned_yet,
}


def judge(run):
    """Judge every sentence; of the table, also that nothing is left unsaid."""
    texts = [explanation(run, finding) for finding in diagnose(run)]
    training = [text for text in texts if text.startswith(tuple(f"**{heading}" for heading in TRAINING_JUDGES))]
    assert texts[: len(training)] == training
    assert len(training) <= 1
    for text in training:
        (judge_it,) = (judge_it for heading, judge_it in TRAINING_JUDGES.items() if text.startswith(f"**{heading}"))
        judge_it(run, text)
    told = [(re.match(r"\*\*(.*?)\*\*", text)[1], named_rows(text)) for text in texts[len(training) :]]
    assert told == table_texts(run)


@settings(max_examples=300)
@given(longer_experiments(small_tables(st.integers(-2, 2), st.sampled_from([0, 1]))))
def test_runs_of_small_whole_numbers(experiment):
    judge(train(experiment))


@example(Experiment(Dataset([[-4, -7], [-8, 0]], [0.26, 0.52]), 2, 2, 10, "cross_entropy", 3))  # rises by a hundredth
@given(longer_experiments(small_tables(st.floats(-9, 9), st.sampled_from([0, 1]) | st.floats(0, 1))))
def test_runs_of_any_numbers(experiment):
    judge(train(experiment))


@given(
    longer_experiments(
        small_tables(st.floats(-LARGEST_NUMBER, LARGEST_NUMBER) | st.sampled_from([0, 1, -1000]), st.floats(0, 1)),
        learning_rates=st.sampled_from([1e-320, 1.0, LARGEST_NUMBER]),
    )
)
def test_the_most_extreme_runs(experiment):
    judge(train(experiment))


@pytest.mark.parametrize("seed", range(25))
def test_runs_of_nearly_coincident_rows(seed):
    """On different sides, and some cut parts them: whatever training makes of it, one neuron is enough."""
    generator = np.random.default_rng(seed)
    inputs = np.column_stack([generator.normal(scale=5, size=4).round(3), np.ones(4)])
    inputs[1, 0] = inputs[0, 0] + 0.001
    run = train(
        Experiment(
            Dataset(inputs, inputs[:, 0] > inputs[0, 0]),
            seed=seed,
            epochs=2000,
            learning_rate=0.1,
            objective="cross_entropy",
        )
    )
    judge(run)
    assert not any("One neuron" in explanation(run, finding) for finding in diagnose(run))
