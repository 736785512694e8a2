"""An exercise: its numbers are those of a plain loop, and each follows from the numbers that are given."""

from dataclasses import replace

import plain
import pytest
from hypothesis import given
from hypothesis import strategies as st
from steps import is_unsaturated, steps
from strategies import networks, tables

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from ui.view import MOST_LEVELS, Place
from ui.worked.exercise import MOST_LISTED, QUANTITIES, exercise_of, listed_rows
from ui.worked.step import step_at

RATES = st.just(1.0) | st.floats(0.01, 2)
long_tables = tables(most_rows=2 * MOST_LISTED)


def exercise_at(experiment, k, row, neuron):
    return exercise_of(step_at(train(experiment), Place(k, row, neuron)))


@given(steps(networks(learning_rates=RATES)).filter(is_unsaturated))
def test_every_number_is_that_of_a_plain_loop(step):
    """Total input and output unit by unit, the others slopes of the loss."""
    exercise, experiment = exercise_of(step), step.run.experiment
    weights, (layer, unit) = step.run.weights_after(step.k), step.neuron
    expected = plain.passed(experiment, weights, step.row, step.neuron)

    def loss_with(weight):
        nudged = [numbers.astype(complex) for numbers in weights]
        nudged[layer][exercise.place, unit] = weight
        rows = experiment.given(experiment.dataset.inputs[step.batch]), experiment.dataset.target_columns[step.batch]
        return plain.loss(*rows, nudged, experiment.objective)

    old = weights[layer][exercise.place, unit]
    expected["change"] = -experiment.learning_rate * plain.slope_of(loss_with, old)
    expected["new weight"] = old + expected["change"]
    for quantity, question in exercise.questions.items():
        assert question.value == pytest.approx(expected[quantity], rel=1e-7, abs=1e-11), quantity


@given(steps(networks(long_tables)))
def test_every_number_follows_from_its_terms(step):
    """However many rows the update has; terms that are asked themselves are the numbers of their questions."""
    exercise = exercise_of(step)
    for quantity, question in exercise.questions.items():
        assert question.calculate(question.values) == pytest.approx(question.value, rel=1e-9, abs=1e-12), quantity
        assert question.worked.formula.count("{}") == len(question.values)
        for source, value in zip(question.sources, question.values, strict=True):
            assert not source or exercise.value(source) == value


@given(steps(networks(long_tables)), st.integers(1, MOST_LEVELS))
def test_a_level_leaves_one_number_more_from_the_last_to_the_first(step, level):
    """No number is worked out from one that comes after it. Cross-entropy's outputs have no slope, and ask none."""
    exercise = exercise_of(step)
    has_slope = not step.is_output or step.run.experiment.objective == "squared_error"
    names = [name for name in QUANTITIES if has_slope or name != "slope"]
    assert list(exercise.questions) == names == exercise.asked(MOST_LEVELS)
    asked = exercise.asked(level)
    assert asked == names[len(names) - len(asked) :]
    assert len(asked) == level - (level >= 4 and not has_slope)
    for name, question in exercise.questions.items():
        assert all(names.index(source) < names.index(name) for source in question.sources if source)


@given(steps(networks(long_tables)))
def test_the_rows_of_an_update_are_listed_if_they_are_few(step):
    """Of many, the one that is looked at."""
    rows = listed_rows(step)
    if len(step.batch) <= MOST_LISTED:
        assert rows == list(step.batch)
    else:
        assert rows == [step.row if step.row in step.batch else step.batch[0]]


def test_the_weight_is_one_that_the_row_changes():
    """The notebook's first row has only x3; its third x1 and x3, of which the first is taken."""
    assert exercise_at(NOTEBOOK, 0, 0, (0, 0)).update.old.symbol.name == "w3"
    assert exercise_at(NOTEBOOK, 0, 2, (0, 0)).update.old.symbol.name == "w1"


@pytest.mark.parametrize(("biases", "weight"), [("none", "w1"), ("learned", "b"), ("fixed", "w1")])
def test_a_row_of_zeros_changes_a_bias_alone(biases, weight):
    """If there is one that learns."""
    experiment = Experiment(Dataset([[0, 0], [1, 1]], [1, 0]), epochs=1, biases=biases)
    assert exercise_at(experiment, 0, 0, (0, 0)).update.old.symbol.name == weight


def test_a_row_that_is_not_learned_from_takes_the_update_of_the_others():
    """In state 0 the first row alone is learned from."""
    experiment = replace(NOTEBOOK, batch_size=1)
    exercise = exercise_at(experiment, 0, 2, (0, 0))
    assert exercise.update.old.symbol.name == "w3"
    assert exercise.questions["change"].sources == ("", "")


def test_mazurs_numbers_are_those_that_he_works_out():
    """His post's weight w6 to the first output, from the hidden neuron that says more: 0.45 becomes 0.40866619."""
    exercise = exercise_at(EXAMPLES["mazur"].experiment, 0, 0, (1, 0))
    assert exercise.value("output") == pytest.approx(0.75136507, abs=1e-8)
    assert exercise.value("slope") == pytest.approx(0.18681560, abs=1e-8)
    assert exercise.value("delta") == pytest.approx(-0.13849856, abs=1e-8)
    assert exercise.value("new weight") == pytest.approx(0.40866619, abs=1e-8)
