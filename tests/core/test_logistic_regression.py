"""Descending cross-entropy, a neuron ends where scikit-learn's logistic regression does."""

import numpy as np
import pytest

from core import Dataset, Experiment, train


@pytest.mark.xdist_group("scikit-learn")
@pytest.mark.parametrize(("seed", "rows", "features"), [(1, 30, 1), (2, 60, 3), (3, 200, 8)])
def test_a_neuron_converges_to_the_maximum_likelihood_fit(seed, rows, features):
    """Unpenalised, on classes that overlap, from weights that have nothing to do with the solution."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - takes two seconds, once a run with its group

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
