"""What is said of many seeds' runs, against a count by hand."""

from dataclasses import replace

import pytest

from core import EXAMPLES, NOTEBOOK, rows_right, spread_of, train
from ui.comparison.spreads import learned_text, median_updates, spreads_of, total

XOR = EXAMPLES["xor-two-bits"].experiment


def test_the_share_that_learns_is_counted():
    runs = [train(replace(XOR, seed=seed)) for seed in range(1, 31)]
    right = [int(rows_right(run.after, run.experiment.dataset.targets).sum()) for run in runs]
    spread = spread_of(XOR, range(1, 31))
    text = learned_text(spread)
    assert text.startswith(f"**{right.count(4)}** of 30 seeds end with all rows right, half of them by update ")
    others = [count for count in right if count < 4]
    assert text.endswith(f"The others most often have {max(others, key=others.count)} of 4 right.")
    after = sorted(spread.learned_after[spread.learned])
    updates = median_updates(spread)
    assert 2 * sum(k <= updates for k in after) >= len(after) > 2 * sum(k < updates for k in after)


@pytest.mark.parametrize(
    ("experiment", "text"),
    [
        (NOTEBOOK, "**All** 5 seeds end with all rows right, half of them by update "),
        (EXAMPLES["xor-neuron"].experiment, "**None** of the 5 seeds ends with all rows right. They most often have "),
    ],
)
def test_all_and_none_are_said_so(experiment, text):
    assert learned_text(spread_of(experiment, range(1, 6))).startswith(text)


def test_of_one_seed_that_learns_it_nothing_is_said_of_half():
    spread = spread_of(XOR, (1, 3, 9))
    assert spread.learned.sum() == 1
    text = f"**1** of 3 seeds ends with all rows right, from update {spread.learned_after.max():,} on. The others"
    assert learned_text(spread).startswith(text)


def test_several_experiments_are_told_as_one():
    """The updates of all together, and the cost."""
    told: list[int] = []
    experiments = [NOTEBOOK, XOR]
    spreads = spreads_of(experiments, [1, 2], told.append)
    assert [spread.experiment for spread in spreads] == experiments
    assert sorted(told) == told
    assert told[-1] == 2 * (NOTEBOOK.updates + XOR.updates)
    assert total(experiments, 2).seconds == sum(total([one], 2).seconds for one in experiments)
