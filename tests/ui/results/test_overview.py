"""The tables that are always in sight, as they are written."""

import numpy as np

from core import Dataset, Experiment, train
from ui.results.overview import in_table_units
from ui.tables import written


def test_weights_in_the_tables_units_have_digits_however_large_the_inputs_are():
    """A weight of inputs in the millions is no 0.00000000; with the bias it gives the network's own outputs."""
    dataset = Dataset([[2e9, 1.5], [8e9, 0.5], [4e9, 3.5]], [0, 1, 1])
    run = train(Experiment(dataset, epochs=50, biases="learned", standardise=True))
    units = in_table_units(run)
    assert units
    *weights, bias = (float(row[-1]) for row in written(*units).rows)
    logits = dataset.inputs @ weights + bias
    np.testing.assert_allclose(1 / (1 + np.exp(-logits)), run.after, rtol=1e-4)
