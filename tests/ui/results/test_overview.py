"""The tables that are always in sight, as they are written."""

import numpy as np

from core import EXAMPLES, Dataset, Experiment, train
from ui.results.overview import in_table_units, predictions
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


def test_of_several_outputs_the_final_ones_come_first_under_names_that_differ():
    """Iris has sixteen columns, of which a screen shows ten: in full each where it is pointed at."""
    run = train(EXAMPLES["iris"].experiment)
    columns = predictions(run)
    assert [column.short_name for column in columns] == [
        *["sepal l…", "sepal w…", "petal l…", "petal w…", "setosa", "versico…", "virgini…"],
        *(
            f"{target} {state}"
            for state in ("final", "last pass", "before")
            for target in ("setosa", "versi…", "virgi…")
        ),
    ]
    assert columns[8].name == "versicolor final"
    for place, states in ((7, run.after), (10, run.last_pass), (13, run.before)):
        np.testing.assert_array_equal(
            np.column_stack([column.numbers for column in columns[place : place + 3]]), states
        )
