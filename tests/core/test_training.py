"""Training does what the published loops do, to the last bit, and keeps its promises at every size."""

import tracemalloc
from dataclasses import replace

import numpy as np
import plain
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebook import INPUTS, TARGETS, XOR_TARGETS, notebook_loop, three_layer_loop
from strategies import datasets, experiments, networks, seeds, tables

from core import NOTEBOOK, Dataset, Experiment, StopTraining, backward, forward, tape, train, training
from core.arrays import WHOLE_ROWS
from core.landscape import most_moved
from core.objectives import losses
from core.tape import Tape

HIDDEN = Experiment(
    Dataset(INPUTS, XOR_TARGETS), epochs=100, learning_rate=0.7, objective="cross_entropy", hidden_units=3
)
extreme_datasets = datasets(st.sampled_from([0.0, 5e-324, 1.0, -1.0, 1000.0, -1000.0, 1e50, -1e50]))


def table(rows, features):
    """Return inputs and targets of which every digit counts, small enough that no output saturates."""
    generator = np.random.default_rng(rows + features)
    return generator.standard_normal((rows, features)) / np.sqrt(rows), generator.random(rows)


def states(run):
    """Return the weights of every state, (epochs + 1, inputs, units) a layer."""
    return [np.stack(layers) for layers in zip(*map(run.weights_after, range(run.experiment.updates + 1)), strict=True)]


def passes(run):
    """Return the outputs of every forward pass, (epochs, rows)."""
    return np.stack([run.outputs_after(k) for k in range(run.experiment.epochs)])


def same(these, those):
    """Tell whether two runs are the same to the last bit."""
    losses = np.array_equal(these.cross_entropy, those.cross_entropy) and np.array_equal(
        these.squared_error, those.squared_error
    )
    return losses and all(map(np.array_equal, states(these), states(those)))


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1])
def test_it_is_the_notebooks_loop(seed):
    """Weights, outputs and the plotted loss."""
    run, loop = train(replace(NOTEBOOK, seed=seed)), notebook_loop(INPUTS, TARGETS, seed, 200)
    assert np.array_equal(states(run), loop.states)
    assert np.array_equal(passes(run), loop.outputs)
    assert run.cross_entropy[:-1] == pytest.approx(loop.losses, rel=1e-13)


@settings(max_examples=4 * settings.default.max_examples)
@given(datasets(), seeds, st.integers(1, 20))
def test_it_is_the_notebooks_loop_on_any_table(dataset, seed, epochs):
    """In every state, to the last bit."""
    run = train(Experiment(dataset, seed, epochs))
    loop = notebook_loop(dataset.inputs, dataset.targets, seed, epochs)
    assert np.array_equal(states(run), loop.states)
    assert np.array_equal(passes(run), loop.outputs)


@pytest.mark.parametrize("scale", [1, 1_000])
@pytest.mark.parametrize(
    ("rows", "features"),
    [(1, 1), (1, 64), (64, 1), (17, 5), (100, 33), (1_000, 3), (1_000, 100), (4_096, 1), (4_096, 32)],
)
def test_it_is_the_notebooks_loop_on_larger_tables(rows, features, scale):
    """The order of every sum is the same, whether or not the outputs saturate."""
    inputs, targets = table(rows, features)
    run = train(Experiment(Dataset(scale * inputs, targets), seed=3, epochs=20))
    loop = notebook_loop(scale * inputs, targets, 3, 20)
    assert np.array_equal(states(run), loop.states)
    assert np.array_equal(passes(run), loop.outputs)


@pytest.mark.parametrize(("rows", "features"), [(10, 2), (1_000, 5), (4_096, 32)])
def test_whole_numbers_are_trained_on_as_the_notebook_does(rows, features):
    """Its own table is one of integers, which NumPy converts on the way."""
    numbers, targets = table(rows, features)
    inputs = np.rint(3 * np.sqrt(rows) * numbers).astype(int)
    run, loop = train(Experiment(Dataset(inputs, targets), epochs=5)), notebook_loop(inputs, targets, 1, 5)
    assert np.array_equal(states(run), loop.states)


@pytest.mark.parametrize(
    ("rows", "features", "hidden_units"),
    [(4, 3, 4), (1, 1, 1), (5, 2, 1), (1, 8, 8), (50, 7, 5), (1_000, 8, 32), (1_000, 100, 3), (4_096, 5, 2)],
)
def test_it_is_the_three_layer_loop(rows, features, hidden_units):
    """Both layers in every state, to the last bit."""
    inputs, targets = table(rows, features)
    run = train(Experiment(Dataset(inputs, targets), seed=5, epochs=20, hidden_units=hidden_units))
    loop = three_layer_loop(inputs, targets, 5, hidden_units, 20)
    assert all(map(np.array_equal, states(run), loop.states))
    assert np.array_equal(passes(run), loop.outputs)


def assert_stepping_gives(run):
    """Step through a run with `forward` and `backward` and compare everything in every state."""
    experiment = run.experiment
    inputs, targets, weights = experiment.inputs, experiment.target_columns, experiment.weights_before
    for k in range(experiment.updates + 1):
        layers = forward(inputs, weights)
        assert all(map(np.array_equal, run.weights_after(k), weights))
        outputs = run.outputs_after(k).reshape(experiment.dataset.target_columns.shape)
        assert np.array_equal(outputs[experiment.training_rows], layers[-1].activation)
        expected = losses(layers[-1].logit, targets)
        assert run.cross_entropy[k] == expected["cross_entropy"]
        assert run.squared_error[k] == expected["squared_error"]
        if experiment.held_out:
            assert_held_out(run, k, outputs)
        batch = experiment.batch(k)
        learned = backward(
            forward(inputs[batch], weights),
            targets[batch],
            experiment.objective,
            experiment.learning_rate,
            fixed_biases=experiment.biases == "fixed",
        )
        weights = [before + layer.update for before, layer in zip(weights, learned, strict=True)]


def assert_held_out(run, k, outputs):
    """Compare outputs and losses of the rows held out, which go forward alone."""
    experiment, rows = run.experiment, run.experiment.held_out_rows
    last = forward(experiment.given(experiment.dataset.inputs[rows]), run.weights_after(k))[-1]
    assert np.array_equal(outputs[rows], last.activation)
    for objective, values in losses(last.logit, experiment.dataset.target_columns[rows]).items():
        assert run.held_out_losses[objective][k] == pytest.approx(values, rel=1e-12)


@settings(max_examples=4 * settings.default.max_examples)
@given(experiments())
def test_it_is_stepping_with_forward_and_backward(experiment):
    """Whatever the settings: weights, outputs and both losses, to the last bit."""
    assert_stepping_gives(train(experiment))


@settings(max_examples=4 * settings.default.max_examples)
@given(networks())
def test_any_network_is_stepped_through_with_forward_and_backward(experiment):
    assert_stepping_gives(train(experiment))


@given(networks(), st.sampled_from([1, 3, 128]), st.sampled_from([2, 4096]))
def test_tapes_of_any_length_lead_to_the_same_states(experiment, updates, longest):
    """Long epochs too, for which a tape is made anew."""
    run = train(experiment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "TAPE_UPDATES", updates)
        patch.setattr(training, "BLOCK_UPDATES", 2 * updates + 1)
        patch.setattr(training, "LONGEST_TAPE", longest)
        patch.setattr(training, "KEPT_NUMBERS", 100)
        assert same(train(experiment), run)


@given(networks(tables(most_rows=3, most_features=2), learning_rates=st.floats(0.01, 2)))
def test_any_network_ends_where_a_plain_loop_does(experiment):
    """Row by row and weight by weight, each against the slope of its batch's loss."""
    run, expected = train(experiment), plain.trained(experiment)
    for layer, plain_layer in zip(run.weights, expected, strict=True):
        assert layer == pytest.approx(plain_layer, rel=1e-9, abs=1e-9)
    row_losses = plain.loss(experiment.inputs, experiment.target_columns, run.weights, experiment.objective).real
    assert run.loss[-1] == pytest.approx(row_losses / len(experiment.inputs), rel=1e-7, abs=1e-12)


def assert_losses(run, k, of_state, rel):
    """Compare with both losses by the logits of a state."""
    for name, expected in losses(of_state[-1].logit, run.experiment.target_columns).items():
        assert run.losses[name][k] == pytest.approx(expected, rel=rel, abs=0)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"hidden_units": (4, 3), "biases": "learned"},
        {"biases": "fixed"},
        {"outputs": 3, "hidden_units": 2},
        {"held_out": 0.25, "standardise": True},
    ],
)
@pytest.mark.parametrize("over", [1, 17])
def test_a_large_table_in_blocks_is_the_whole_but_for_rounding(settings, over):
    """More rows than go through at once: weights and losses are those of stepping, as far as sums of them can be."""
    rows, outputs = 2 * tape.BLOCK_ROWS + over, settings.get("outputs", 1)
    inputs, targets = table(rows, 3)
    dataset = Dataset(inputs, np.column_stack([targets, targets**2, 1 - targets])[:, :outputs])
    experiment = Experiment(dataset, epochs=5, learning_rate=50 / rows)
    run = train(replace(experiment, **{name: value for name, value in settings.items() if name != "outputs"}))
    inputs, targets, weights = run.experiment.inputs, run.experiment.target_columns, run.experiment.weights_before
    for k in range(6):
        layers = forward(inputs, weights)
        assert_losses(run, k, layers, rel=1e-12)
        for layer, stepped in zip(run.weights_after(k), weights, strict=True):
            assert layer == pytest.approx(stepped, rel=1e-10, abs=1e-13)
        steps = backward(layers, targets, learning_rate=50 / rows, fixed_biases=settings.get("biases") == "fixed")
        weights = tuple(layer + step.update for layer, step in zip(weights, steps, strict=True))


@pytest.mark.parametrize(
    "settings",
    [{}, {"biases": "learned"}, {"hidden_units": 3, "biases": "learned", "seed": 2}, {"standardise": True}],
)
@pytest.mark.parametrize("batch_size", [WHOLE_ROWS // 8, WHOLE_ROWS - 5])
def test_a_large_table_in_batches_is_stepped_through_bit_for_bit(settings, batch_size):
    """Also one row that is left over. The losses, of all rows, are only as good as sums can be."""
    inputs, targets = table(WHOLE_ROWS + 1, 5)
    run = train(Experiment(Dataset(inputs, targets), epochs=2, batch_size=batch_size, **settings))
    weights, experiment = run.experiment.weights_before, run.experiment
    for k in range(experiment.updates + 1):
        assert all(map(np.array_equal, run.weights_after(k), weights))
        assert_losses(run, k, forward(experiment.inputs, weights), rel=1e-13)
        batch = experiment.batch(k)
        steps = backward(forward(experiment.inputs[batch], weights), experiment.target_columns[batch])
        weights = tuple(layer + step.update for layer, step in zip(weights, steps, strict=True))


def test_a_large_table_whose_losses_become_small_on_the_way_keeps_their_digits():
    """From the first state on whose digits the quick sums would lose; the outputs saturate in the end."""
    rows = tape.BLOCK_ROWS + 40
    inputs = np.tile([[1.0, 0.5], [-1.0, 0.25]], (rows // 2, 1))
    run = train(Experiment(Dataset(inputs, inputs[:, 0] > 0), epochs=60, learning_rate=100 / rows))
    for k in range(61):
        assert_losses(run, k, forward(inputs, run.weights_after(k)), rel=1e-12)
    assert run.cross_entropy[0] > 0.1
    assert run.squared_error[-1] < 1e-6


@pytest.mark.parametrize("logit", [*np.linspace(-14.4, -13, 8), -4.0])
def test_a_large_table_with_few_wrong_rows_keeps_the_digits_of_its_loss(logit):
    """What they add is a small part of numbers that cancel."""
    targets = np.zeros(5 * tape.BLOCK_ROWS)
    targets[0] = 1
    experiment = Experiment(Dataset(np.ones((len(targets), 1)), targets), starting_weights=[[[logit]]])
    run = train(replace(experiment, epochs=2, learning_rate=1e-300))
    for k in range(3):
        assert_losses(run, k, forward(run.experiment.inputs, run.weights_after(k)), rel=1e-12)


def test_a_large_table_with_an_outlier_has_its_losses():
    """Its output saturates: its block of rows alone has its losses exactly computed."""
    inputs, targets = table(3 * tape.BLOCK_ROWS, 2)
    inputs[tape.BLOCK_ROWS + 5], targets[tape.BLOCK_ROWS + 5] = 1600, 0
    run = train(Experiment(Dataset(inputs, targets), epochs=3, learning_rate=1e-6))
    for k in range(4):
        assert_losses(run, k, forward(inputs, run.weights_after(k)), rel=1e-12)


@pytest.mark.parametrize("logit", [9.0, 36.0])
@pytest.mark.parametrize("other", [1.0, -1.0])
def test_a_large_table_that_is_learned_keeps_the_digits_of_its_small_losses(logit, other):
    """Errors that have lost theirs are not used for them, be all targets 1 or half of them."""
    rows = 2 * WHOLE_ROWS
    inputs = np.tile([[1.0], [other]], (rows // 2, 1))
    run = train(
        Experiment(Dataset(inputs, inputs[:, 0] > 0), epochs=1, learning_rate=1e-15, starting_weights=[[[logit]]])
    )
    error = 1 / (1 + np.exp(logit))
    assert run.cross_entropy == pytest.approx(np.full(2, np.log1p(np.exp(-logit))), rel=1e-13, abs=0)
    assert run.squared_error == pytest.approx(np.full(2, error**2 / 2), rel=1e-13, abs=0)


def test_a_large_table_of_small_outputs_has_its_losses():
    """No product of outputs is too small for a float on the way to a logarithm."""
    rows = 5 * WHOLE_ROWS
    run = train(Experiment(Dataset(np.ones((rows, 1)), np.full(rows, 0.5)), epochs=1, starting_weights=[[[-7.0]]]))
    assert run.cross_entropy[0] == pytest.approx(np.log1p(np.exp(-7)) + 7 / 2, rel=1e-12)


@given(experiments(extreme_datasets, learning_rates=st.sampled_from([5e-324, 1.0, 100.0, 1e50])))
def test_extremes_stay_finite_and_right(experiment):
    """Weights and losses at the ends of every range, without a warning, are those of stepping."""
    run = train(experiment)
    assert all(np.isfinite(layer).all() for layer in states(run))
    assert np.isfinite(run.cross_entropy).all()
    assert np.all((run.squared_error >= 0) & (run.squared_error <= 0.5))
    assert_stepping_gives(run)


@pytest.mark.parametrize("objective", ["squared_error", "cross_entropy"])
@pytest.mark.parametrize("size", [1000.0, 1e50])
def test_a_saturated_output_has_its_exact_loss(size, objective):
    """Both rows as wrong as can be: the cross-entropy is the logit, the squared error one half."""
    dataset = Dataset([[size], [-size]], [1, 0])
    start = [[[-1]]]
    run = train(Experiment(dataset, epochs=1, learning_rate=100, objective=objective, starting_weights=start))
    assert run.before.tolist() == [0, 1]
    assert (run.cross_entropy[0], run.squared_error[0]) == (size, 0.5)
    if objective == "squared_error":  # its slope has vanished: nothing is learned
        assert run.weights[0].tolist() == [[-1]]
        assert (run.cross_entropy[1], run.squared_error[1]) == (size, 0.5)
    else:
        assert run.weights[0].tolist() == [[200 * size - 1]]
        assert (run.cross_entropy[1], run.squared_error[1]) == (0, 0)


def test_one_epoch_has_two_states():
    """The last forward pass is then the first."""
    run = train(replace(NOTEBOOK, epochs=1))
    assert run.cross_entropy.shape == run.squared_error.shape == (2,)
    assert np.array_equal(run.last_pass, run.before)
    assert not np.array_equal(run.after, run.before)


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_the_named_states_are_the_numbered_ones(experiment):
    """Before is state 0, the last pass one update before the end, after and the weights the end."""
    run, epochs = train(experiment), experiment.epochs
    assert np.array_equal(run.before, run.outputs_after(0))
    assert np.array_equal(run.last_pass, run.outputs_after(epochs - 1))
    assert np.array_equal(run.after, run.outputs_after(epochs))
    assert all(map(np.array_equal, run.weights, run.weights_after(epochs)))
    assert run.experiment is experiment


@pytest.mark.parametrize("k", [-1, 201])
def test_a_state_that_does_not_exist_is_refused(k):
    """The message says which ones do."""
    run = train(NOTEBOOK)
    message = f"^state {k} does not exist: this run has states 0 to 200$"
    with pytest.raises(IndexError, match=message):
        run.weights_after(k)
    with pytest.raises(IndexError, match=message):
        run.outputs_after(k)


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_a_run_is_repeatable(experiment):
    """To the last bit, whatever else draws random numbers."""
    first = train(experiment)
    train(replace(experiment, seed=2))
    np.random.random_sample()  # noqa: NPY002 - the global stream must not matter
    assert same(train(experiment), first)


@pytest.mark.parametrize("kept_numbers", [1, 7, 100, 1_000])
@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_states_that_were_not_kept_are_the_same(monkeypatch, experiment, kept_numbers):
    """A run that keeps few states computes the others again, to the last bit."""
    run = train(experiment)
    monkeypatch.setattr(training, "KEPT_NUMBERS", kept_numbers)
    spaced = train(experiment)
    assert sum(layer.size for layer in spaced.kept_weights) <= kept_numbers + experiment.weight_count
    assert same(spaced, run)


@pytest.mark.parametrize(("kept_numbers", "spacing"), [(2**21, 1), (1_000, 20)])
def test_a_state_takes_no_more_updates_than_lead_to_it(monkeypatch, kept_numbers, spacing):
    """A kept one takes none, nor is any prepared: a picture asks for hundreds of states."""
    prepared = []

    class CountedTape(Tape):
        def __init__(self, experiment, start, updates, first):
            prepared.append(updates)
            super().__init__(experiment, start, updates, first)

    monkeypatch.setattr(training, "KEPT_NUMBERS", kept_numbers)
    run = train(Experiment(Dataset(*table(500, 3)), epochs=13, batch_size=1))
    assert run.spacing == spacing
    monkeypatch.setattr(training, "Tape", CountedTape)
    for k in range(4 * spacing):
        run.weights_after(k)
    assert prepared == [*range(1, spacing)] * 4


@pytest.mark.parametrize(("block_epochs", "kept_numbers"), [(1, 2**21), (7, 2**21), (7, 100), (64, 30)])
@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_the_borders_of_blocks_leave_no_trace(monkeypatch, experiment, block_epochs, kept_numbers):
    """However few epochs are trained at a time, and states kept, the run is the same."""
    run = train(experiment)
    monkeypatch.setattr(training, "TAPE_UPDATES", max(1, block_epochs // 3))
    monkeypatch.setattr(training, "BLOCK_UPDATES", block_epochs)
    monkeypatch.setattr(training, "KEPT_NUMBERS", kept_numbers)
    assert same(train(experiment), run)


@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_a_run_cannot_be_changed(monkeypatch, experiment):
    """Every array is read-only, those computed again among them."""
    monkeypatch.setattr(training, "KEPT_NUMBERS", 100)
    run = train(experiment)
    outputs = [run.before, run.last_pass, run.after]
    weights = [layer for k in range(experiment.epochs + 1) for layer in run.weights_after(k)]
    for array in (run.cross_entropy, run.squared_error, *run.kept_weights, *run.last_weights, *outputs, *weights):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@pytest.mark.parametrize("biases", ["none", "learned"])
def test_a_large_table_needs_memory_for_a_fraction_of_it(biases):
    """It is copied for no purpose, as a whole: not for biases either."""
    experiment = Experiment(Dataset(*table(200_000, 20)), epochs=3, learning_rate=1e-5, biases=biases)
    tracemalloc.start()
    try:
        train(experiment)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 0.2 * experiment.dataset.inputs.nbytes


def test_a_large_table_needs_memory_for_a_few_epochs_only():
    """What grows with rows × epochs is never stored, and progress is told as often as on small ones."""
    rows, epochs = 100_000, 100
    experiment = Experiment(Dataset(*table(rows, 3)), epochs=epochs)
    told: list[int] = []
    tracemalloc.start()
    try:
        train(experiment, told.append)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < rows * epochs * 8 / 5
    assert told[-1] == epochs
    assert np.diff([0, *told]).max() <= 10


@pytest.mark.parametrize("epochs", [1, 200, 1_024, 5_000])
def test_progress_is_told_often_and_at_the_end(epochs):
    """The updates made so far only rise, by at most 1,024 on a small table, up to all of them; the run is the same."""
    told: list[int] = []
    experiment = replace(NOTEBOOK, epochs=epochs)
    run = train(experiment, told.append)
    steps = np.diff([0, *told])
    assert told[-1] == epochs
    assert np.all((steps > 0) & (steps <= 1_024))
    assert np.array_equal(run.cross_entropy, train(experiment).cross_entropy)


def test_progress_cancels_by_raising():
    """What it raises comes out of `train`, at once."""
    told: list[int] = []

    def cancel(updates_done):
        told.append(updates_done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(replace(NOTEBOOK, epochs=1_000_000), cancel)
    assert len(told) == 1


def stopping_at(updates):
    """Return a progress that ends the training at the first call from so many updates on."""

    def stop(updates_done):
        if updates_done >= updates:
            raise StopTraining

    return stop


@pytest.mark.parametrize("kept_numbers", [100, 2**21])
@pytest.mark.parametrize("experiment", [NOTEBOOK, HIDDEN])
def test_a_stopped_run_is_that_of_the_epochs_reached(monkeypatch, experiment, kept_numbers):
    """In every state, to the last bit, however few states it keeps."""
    monkeypatch.setattr(training, "TAPE_UPDATES", 3)
    monkeypatch.setattr(training, "BLOCK_UPDATES", 7)
    monkeypatch.setattr(training, "KEPT_NUMBERS", kept_numbers)
    stopped = train(experiment, stopping_at(30))
    assert stopped.experiment == replace(experiment, epochs=30)
    whole = train(stopped.experiment)
    assert same(stopped, whole)
    assert most_moved(stopped) == most_moved(whole)
    assert len(stopped.kept_weights[0]) == stopped.experiment.updates // stopped.spacing + 1


def test_a_run_stopped_at_its_end_is_complete():
    assert train(NOTEBOOK, stopping_at(NOTEBOOK.epochs)).experiment is NOTEBOOK


@given(networks(), st.integers(0, 30), st.sampled_from([1, 3, 128]))
def test_a_run_in_batches_stops_at_the_end_of_an_epoch(experiment, updates, tape_updates):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "TAPE_UPDATES", tape_updates)
        patch.setattr(training, "BLOCK_UPDATES", tape_updates)
        patch.setattr(training, "LONGEST_TAPE", tape_updates)
        stopped = train(experiment, stopping_at(updates))
    assert stopped.experiment == replace(experiment, epochs=stopped.experiment.epochs)
    assert same(stopped, train(stopped.experiment))


@given(st.integers(1, 100_000), st.integers(2, 60))
def test_spread_states_have_both_ends_and_ever_longer_steps(epochs, most):
    """Early states lie no further apart than later ones, but for rounding."""
    states = training.spread_states(epochs, most)
    assert (states[0], states[-1]) == (0, epochs)
    assert len(states) <= most
    assert np.all(np.diff(states) > 0)
    assert np.all(np.diff(states, 2) >= -1)
