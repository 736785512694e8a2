"""Networks that books and posts calculate by hand or train: what they print beside the numbers, and why some differ."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from core import EXAMPLES, Dataset, Experiment, backward, forward, train
from core.mazur import STEP_BY_STEP, outputs_updated_early, total_error, two_programs


@cache
def run_of(key):
    """Train an example, once for all tests."""
    return train(EXAMPLES[key].experiment)


def test_mazurs_biases_stay():
    """0.35 in the hidden layer and 0.60 in the output layer, from the first state to the last."""
    for state in (0, 1, 10_000):
        hidden, output = run_of("mazur").weights_after(state)
        assert [hidden[2].tolist(), output[2].tolist()] == [[0.35, 0.35], [0.60, 0.60]]


def test_mazurs_last_figures_are_of_two_programs():
    """Each agrees with one of them: the error after 9,999 updates with the right one, the others with the other."""
    figures = two_programs(run_of("mazur"))
    assert [(figure.printed, figure.state, figure.right_agrees, figure.early_agrees) for figure in figures] == [
        ("0.291027924", 1, False, True),
        ("0.0000351085", 9_999, True, False),
        ("0.015912196", 10_000, False, True),
        ("0.984065734", 10_000, False, True),
    ]
    assert [f"{figure.right:.10f}" for figure in figures[:2]] == ["0.2910277737", "0.0000351085"]
    assert [f"{figure.early:.10f}" for figure in figures[:2]] == ["0.2910279239", "0.0000350915"]
    assert [f"{figure.right:.9f}" for figure in figures[2:]] == ["0.015913620", "0.984064274"]


@pytest.mark.parametrize("place", range(4))
def test_no_other_state_gives_mazurs_figure(place):
    """Neither program prints it but in the state that is said, of the first hundred or the last thousand."""
    run, early = run_of("mazur"), outputs_updated_early()
    figure = two_programs(run)[place]
    decimals = len(figure.printed.split(".")[1])

    def agrees(outputs):
        number = total_error(outputs) if "error" in figure.label else outputs[place - 2]
        return f"{number:.{decimals}f}" == figure.printed

    states = [*range(100), *range(9_000, 10_001)]
    right = [state for state in states if agrees(run.outputs_after(state)[0])]
    assert right == figure.right_agrees * [figure.state]
    assert [state for state in states if agrees(early[state])] == figure.early_agrees * [figure.state]


def test_mazurs_printed_outputs_have_another_error_than_the_printed_one():
    """0.0000350848, where 0.0000351085 is printed."""
    assert f"{total_error(np.array([0.015912196, 0.984065734])):.10f}" == "0.0000350848"


def test_the_error_of_mazur_is_the_cores():
    """Summed over the outputs of its one row."""
    run = run_of("mazur")
    for state in (0, 1, 9_999):
        assert total_error(run.outputs_after(state)[0]) == pytest.approx(run.squared_error[state], rel=1e-12)


def test_updating_early_changes_only_the_hidden_layer():
    """Of the first update, as `backward` has it; the output weights' part is the same."""
    hidden, output = STEP_BY_STEP.weights_before
    layers = forward(STEP_BY_STEP.inputs, (hidden, output))
    steps = backward(layers, STEP_BY_STEP.target_columns, learning_rate=0.5, fixed_biases=True)
    updated = output + steps[1].update
    delta = (steps[1].delta @ updated[:-1].T) * steps[0].slope
    early = hidden + 0.5 * np.vstack([STEP_BY_STEP.inputs.T @ delta, np.zeros((1, 2))])
    outputs = forward(STEP_BY_STEP.inputs, (early, updated))[-1].activation[0]
    assert outputs_updated_early()[0] == pytest.approx(layers[-1].activation[0], rel=1e-12)
    assert outputs_updated_early()[1] == pytest.approx(outputs, rel=1e-12)


@pytest.mark.parametrize(
    "experiment",
    [Experiment(Dataset([[0, 1]], [1])), replace(STEP_BY_STEP, epochs=10), replace(STEP_BY_STEP, learning_rate=0.4)],
    ids=["another table", "fewer epochs", "another rate"],
)
def test_the_two_programs_are_told_of_mazurs_experiment_only(experiment):
    assert two_programs(train(experiment)) == ()


def test_the_textbooks_delta_is_of_a_rounded_output():
    """0.13117, where (0.474)(1 - 0.474)(1 - 0.474) is printed as 0.1311."""
    (delta,) = (number for number in EXAMPLES["3-2-1"].published if number.label == "Delta of unit 6")
    assert f"{delta.value(run_of('3-2-1')):.5f}" == "0.13117"
    assert f"{0.474 * (1 - 0.474) * (1 - 0.474):.4f}" == delta.printed == "0.1311"


def test_spencer_harpers_new_situation_is_the_row_that_is_missing():
    """Of all eight; the target is XOR of the first two inputs."""
    dataset = EXAMPLES["spencer-harper"].experiment.dataset
    rows = {tuple(row) for row in dataset.inputs.astype(int).tolist()}
    assert {(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)} - rows == {(1, 1, 0)}
    assert np.array_equal(dataset.targets, dataset.inputs[:, 0] != dataset.inputs[:, 1])


def test_a_new_situation_is_standardised_as_the_rows_are():
    """The answer to a row of the table, asked for as a new situation, is the output for that row."""
    standardised = replace(EXAMPLES["spencer-harper"].experiment, epochs=50, standardise=True)
    inputs = np.vstack([standardised.dataset.inputs[:-1], [1, 1, 0]])
    run = train(replace(standardised, dataset=Dataset(inputs, standardised.dataset.targets)))
    (answer,) = (number for number in EXAMPLES["spencer-harper"].published if number.label == "Answer to [1, 1, 0]")
    assert answer.value(run) == pytest.approx(run.after[-1], rel=1e-12)
