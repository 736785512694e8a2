"""What is always in sight, of runs that hold out rows."""

from dataclasses import replace

import numpy as np

from core import NOTEBOOK, rows_right, train
from ui.results.overview import losses, row_labels


def test_rows_held_out_are_marked_and_counted_apart():
    """With their own loss, in the three states that are shown."""
    run = train(replace(NOTEBOOK, held_out=0.5, seed=3))
    held_out, others = run.experiment.held_out_rows, run.experiment.training_rows
    assert [label.endswith("*") for label in row_labels(run.experiment)] == [row in held_out for row in range(4)]
    columns = {column.name: column.numbers for column in losses(run)}
    assert list(columns) == ["cross-entropy", "right of 2", "cross-entropy held out", "right of 2 held out"]
    targets = NOTEBOOK.dataset.targets
    for name, rows in (("right of 2", others), ("right of 2 held out", held_out)):
        assert columns[name][-1] == rows_right(run.after[rows], targets[rows]).sum()
    expected = -np.mean(np.log(np.where(targets == 1, run.after, 1 - run.after))[held_out])
    assert np.isclose(columns["cross-entropy held out"][-1], expected)


def test_where_no_row_is_held_out_none_is_numbered():
    assert row_labels(NOTEBOOK) == []
