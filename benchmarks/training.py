"""`train` beside the loops that it is bit for bit equal to."""

from dataclasses import replace

from benchmarks.table import Table
from benchmarks.test_training import XOR, notebook_loop, three_layer_loop
from benchmarks.timing import pair
from core import NOTEBOOK, train

CASES = ((NOTEBOOK, notebook_loop, "the notebook's loop"), (XOR, three_layer_loop, "the three-layer loop"))


def tables() -> list[Table]:
    """Measure, and return the table."""
    rows = []
    for experiment, loop, name in CASES:
        for epochs in (200, 10_000):
            run = replace(experiment, epochs=epochs)
            times = pair(lambda run=run: train(run), lambda loop=loop, epochs=epochs: loop(epochs))  # type: ignore[misc]
            what = f"{'-'.join(map(str, run.sizes))}, {epochs:,} epochs, beside {name}"
            rows.append((what, f"{1000 * times.one:.2f}", f"{1000 * times.other:.2f}", f"{times.ratio:.1f}"))
    note = "Medians, both timed in turn. On both sides the loss of every epoch is kept."
    return [Table("Training", ("", "train, ms", "loop, ms", "times as fast"), rows, note)]
