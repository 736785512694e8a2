"""What scikit-learn makes of the same: where logistic regression ends, a perceptron's updates, a confusion matrix.

These tests are in one file, for their import takes two seconds: a file is run in one process.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import Dataset, Experiment, confusion, initial_weights, train


@pytest.mark.parametrize(("seed", "rows", "features"), [(1, 30, 1), (2, 60, 3), (3, 200, 8)])
def test_a_neuron_converges_to_the_maximum_likelihood_fit(seed, rows, features):
    """Unpenalised, on classes that overlap, from weights that have nothing to do with the solution."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - takes two seconds

    generator = np.random.default_rng(seed)
    inputs = np.column_stack([generator.standard_normal((rows, features)), np.ones(rows)])
    targets = (inputs.sum(axis=1) + 2 * generator.logistic(size=rows) > 0).astype(float)
    solution = LogisticRegression(C=np.inf, fit_intercept=False, solver="newton-cholesky", tol=1e-12)
    solution.fit(inputs, targets)
    steepest = np.linalg.norm(inputs, 2) ** 2 / 4  # an upper bound of the curvature
    run = train(
        Experiment(
            Dataset(inputs, targets), epochs=2_000, learning_rate=1 / steepest, objective="cross_entropy", seed=seed
        )
    )
    assert run.weights[0][:, 0] == pytest.approx(solution.coef_[0], rel=1e-9)
    assert run.after == pytest.approx(solution.predict_proba(inputs)[:, 1], rel=1e-9)


@pytest.mark.parametrize(
    ("hidden_units", "outputs", "batch_size"), [((4,), 1, None), ((4, 3), 1, 10), ((3,), 3, 5), ((5, 4, 3), 2, None)]
)
def test_an_epoch_is_the_multi_layer_perceptrons(hidden_units, outputs, batch_size):
    """From the same weights, by plain gradient descent of the same cross-entropy; its rate is that of the mean."""
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415 - as above

    generator = np.random.default_rng(outputs)
    inputs = generator.standard_normal((20, 3))
    targets = (generator.random((20, outputs)) > 0.5).astype(int)
    rows = batch_size or 20
    perceptron = MLPClassifier(
        hidden_units,
        activation="logistic",
        solver="sgd",
        alpha=0,
        batch_size=rows,
        learning_rate_init=0.3 * rows,
        momentum=0,
        shuffle=False,
    )
    labels = targets if outputs > 1 else targets[:, 0]
    perceptron.partial_fit(inputs, labels, classes=range(max(outputs, 2)))  # makes its arrays, replaced below
    start = initial_weights(outputs, (3, *hidden_units, outputs), biases=True)
    perceptron.coefs_ = [layer[:-1].copy() for layer in start]
    perceptron.intercepts_ = [layer[-1].copy() for layer in start]
    perceptron._optimizer.params = perceptron.coefs_ + perceptron.intercepts_  # which it would otherwise not change
    perceptron.partial_fit(inputs, labels)
    run = train(
        Experiment(
            Dataset(inputs, targets),
            epochs=1,
            learning_rate=0.3,
            objective="cross_entropy",
            hidden_units=hidden_units,
            starting_weights=start,
            biases="learned",
            batch_size=batch_size,
        )
    )
    for layer, weights, biases in zip(run.weights, perceptron.coefs_, perceptron.intercepts_, strict=True):
        assert layer == pytest.approx(np.vstack([weights, biases]), rel=1e-10, abs=1e-12)


@given(st.lists(st.tuples(st.floats(0, 1).filter(lambda output: output != 0.5), st.sampled_from([0, 1])), min_size=1))
def test_the_confusion_matrix_is_the_same(pairs):
    """For targets of 0 and 1, with outputs above one half taken as 1."""
    from sklearn.metrics import confusion_matrix  # noqa: PLC0415 - as above

    outputs, asked = np.array(pairs, dtype=float).T
    assert np.array_equal(confusion(outputs, asked), confusion_matrix(asked, outputs > 0.5, labels=[0, 1]))
