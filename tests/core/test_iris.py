"""Fisher's irises, as scikit-learn has them."""

import numpy as np
import pytest

from core.iris import IRIS


@pytest.mark.xdist_group("scikit-learn")
def test_the_flowers_are_fishers():
    """Every measurement and species, in the order of the paper; scikit-learn's version follows it."""
    from sklearn.datasets import load_iris  # noqa: PLC0415 - takes two seconds, once a run with its group

    irises = load_iris()
    assert np.array_equal(IRIS.inputs, irises.data)
    assert np.array_equal(IRIS.targets, np.eye(3)[irises.target])
    assert [f"{name} (cm)" for name in IRIS.input_names] == irises.feature_names
    assert list(IRIS.target_names) == irises.target_names.tolist()


def test_there_are_fifty_of_each_species():
    assert IRIS.inputs.shape == (150, 4)
    assert IRIS.targets.sum(axis=0).tolist() == [50, 50, 50]
    assert np.all(IRIS.targets.sum(axis=1) == 1)
