"""Kept runs: what is remembered, what they are called, and how they compare."""

from dataclasses import replace

import numpy as np
import pytest

from core import EXAMPLES, NOTEBOOK, train
from ui.kept_runs import MOST_KEPT, KeptRun, Outcome, comparison, keep, obstacle, same
from ui.settings import PUBLISHED

SETTINGS = PUBLISHED["notebook"]
RUN = train(NOTEBOOK)
ROWS = (("0", "0", "1", "0.5"), *SETTINGS.rows[1:])


def kept_with(*settings):
    """Return the kept runs of these settings."""
    kept: tuple[KeptRun, ...] = ()
    for one in settings:
        kept = keep(kept, one)
    return kept


def names(*settings):
    """Return what the runs of these settings are called, kept one after the other."""
    return [run.name for run in kept_with(*settings)]


def test_what_came_out_is_remembered():
    """The loss of all states, and how many rows of how many are right."""
    outcome = Outcome.of(RUN)
    assert np.array_equal(outcome.cross_entropy, RUN.cross_entropy)
    assert (outcome.right, outcome.rows) == (sum(np.round(RUN.after) == NOTEBOOK.dataset.targets), 4)


def test_of_rows_held_out_nothing_is_counted():
    """The rows right are those of the loss beside them."""
    run = train(replace(NOTEBOOK, held_out=0.5, seed=3))
    rows = [row for row in range(4) if row not in run.experiment.held_out_rows]
    right = sum(round(run.after[row]) == NOTEBOOK.dataset.targets[row] for row in rows)
    assert (Outcome.of(run).right, Outcome.of(run).rows) == (right, 2)


def test_the_same_run_is_not_kept_twice():
    """The reader is told that it is kept."""
    kept = keep((), SETTINGS)
    assert keep(kept, SETTINGS) == kept
    assert obstacle(kept, SETTINGS).startswith("This run is kept")


def test_the_ninth_run_is_refused_with_the_remedy():
    """Eight are kept; after one is dropped there is room."""
    kept = kept_with(*(replace(SETTINGS, seed=seed) for seed in range(MOST_KEPT)))
    ninth = replace(SETTINGS, seed=MOST_KEPT)
    assert keep(kept, ninth) == kept
    assert obstacle(kept, ninth).startswith("8 runs are kept, and no more can be. Drop one")
    assert obstacle(kept[1:], ninth) is None


def test_numbers_stay_while_others_are_dropped():
    """A run keeps its number, and a new one gets a number of its own."""
    kept = kept_with(*(replace(SETTINGS, seed=seed) for seed in range(3)))
    kept = keep(kept[1:], SETTINGS)
    assert [run.number for run in kept] == [2, 3]
    assert [run.number for run in keep(kept, replace(SETTINGS, seed=9))] == [2, 3, 4]


def test_what_makes_the_same_run_is_the_same():
    """The example that was begun with, and a seed beside typed weights, change nothing."""
    bad_start = replace(PUBLISHED["nielsen-bad"], objective="cross_entropy")
    assert same(bad_start, PUBLISHED["nielsen-cross-entropy"])
    assert same(replace(bad_start, seed=7), bad_start)
    assert not same(bad_start, PUBLISHED["nielsen-bad"])
    assert not same(replace(SETTINGS, seed=7), SETTINGS)


def test_how_a_number_is_typed_makes_no_other_run():
    """1.0 is 1, and -0 in the table is 0; such a run is kept once, and is as published."""
    rows = (("0", "-0", "1.0", "0.00"), *SETTINGS.rows[1:])
    typed = replace(SETTINGS, rows=rows)
    assert same(typed, SETTINGS)
    assert len(kept_with(typed, SETTINGS)) == 1
    assert names(replace(typed, seed=7)) == ["seed 7"]
    bad_start = PUBLISHED["nielsen-bad"]
    weights = tuple(tuple(tuple(f" {cell}.0" for cell in row) for row in layer) for layer in bad_start.weights)
    assert weights != bad_start.weights
    assert names(replace(bad_start, weights=weights)) == [EXAMPLES["nielsen-bad"].title]
    assert not same(replace(typed, rows=(("0", "", "1", "0"), *rows[1:])), SETTINGS)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"seed": 7}, "seed 7"),
        ({"objective": "cross_entropy"}, "cross-entropy"),
        ({"epochs": 50}, "50 epochs"),
        ({"epochs": 1}, "1 epoch"),
        ({"learning_rate": 0.5}, "learning rate 0.5"),
        ({"hidden_units": 4}, "4 hidden units"),
        ({"hidden_units": 1}, "1 hidden unit"),
        ({"hidden_units": (4, 3)}, "4 + 3 hidden units"),
        ({"biases": "fixed"}, "fixed biases"),
        ({"batch_size": 1}, "1 row per update"),
        ({"standardise": True}, "standardised inputs"),
        ({"targets": 2}, "changed table"),
        ({"rows": ROWS}, "changed table"),
        ({"names": ("a", "b", "c", "y")}, "changed table"),
        ({"weights": ((("0",), ("0",), ("0",)),)}, "typed weights"),
        ({"seed": 7, "epochs": 50}, "seed 7, 50 epochs"),
        ({"rows": ROWS, "epochs": 50}, "changed table, 50 epochs"),
        ({}, "The notebook"),
    ],
)
def test_a_name_tells_what_is_changed_in_the_example(changes, name):
    """Only that, in the order of the controls."""
    assert names(replace(SETTINGS, **changes)) == [name]


def test_the_data_are_named_where_others_have_other_data():
    """What the reader changed in an example follows its title."""
    one_neuron, moderate = PUBLISHED["xor-neuron"], PUBLISHED["nielsen-moderate"]
    title = EXAMPLES["xor-neuron"].title
    assert names(replace(one_neuron, seed=7), replace(one_neuron, seed=8)) == ["seed 7", "seed 8"]
    assert names(SETTINGS, one_neuron, replace(one_neuron, seed=7), moderate) == [
        "The notebook",
        title,
        f"{title}, seed 7",
        EXAMPLES["nielsen-moderate"].title,
    ]
    own = replace(SETTINGS, rows=ROWS, title="heights.csv")
    assert names(own, replace(own, seed=7)) == ["heights.csv", "heights.csv, seed 7"]


def test_a_name_stays_whatever_is_kept_or_dropped_beside_it():
    """It is given once."""
    first, second, third = kept_with(replace(SETTINGS, seed=7), replace(PUBLISHED["xor-neuron"], seed=7), SETTINGS)
    assert [first.name, second.name, third.name] == ["seed 7", "XOR with one neuron, seed 7", "The notebook"]
    assert keep((third,), PUBLISHED["and"])[0] == third


def test_no_two_names_are_alike():
    """Two tables that were both changed are told apart by a number; a typed name is taken, too."""
    one, other = replace(SETTINGS, rows=ROWS), replace(SETTINGS, rows=ROWS[:3])
    assert names(one, other) == ["changed table", "changed table (2)"]
    (first,) = kept_with(replace(SETTINGS, seed=7))
    assert keep([replace(first, typed="seed 8")], replace(SETTINGS, seed=8))[1].name == "seed 8 (2)"


def test_a_typed_name_takes_the_place_of_the_automatic_one():
    (first,) = kept_with(replace(SETTINGS, seed=7))
    assert replace(first, typed="mine").name == "mine"


def test_the_comparison_lists_what_differs_and_what_came_out():
    """The numbers are the published ones, and those of a run that never gets there."""
    one_neuron = EXAMPLES["xor-neuron"].experiment
    settings = replace(PUBLISHED["xor-neuron"], seed=7, epochs=1_000)
    run = train(replace(one_neuron, seed=7, epochs=1_000))
    (kept,) = keep((), settings)
    header, rows = comparison([replace(kept, typed="*mine*")], [Outcome.of(run)], SETTINGS, RUN)
    assert header == [
        "run",
        "data",
        "starting weights",
        "epochs",
        "final loss",
        "rows right",
        "updates to a loss of 0.1",
    ]
    reached = next(epoch for epoch, loss in enumerate(RUN.cross_entropy) if loss <= 0.1)
    assert rows[0] == ["this run", "The notebook", "seed 1", "200", "0.06398539", "4 of 4", f"{reached}"]
    assert rows[1][:4] == ["\\*mine\\*", EXAMPLES["xor-neuron"].title, "seed 7", "1,000"]
    assert rows[1][4] == f"{np.log(2):.8f}"
    assert rows[1][6] == "never"


@pytest.mark.parametrize(
    ("changes", "header", "cells"),
    [
        ({"standardise": True}, "standardised", ["off", "on"]),
        ({"batch_size": 2}, "rows per update", ["all", "2"]),
        ({"biases": "learned"}, "biases", ["none", "learned"]),
    ],
)
def test_the_comparison_has_a_column_for_what_differs(changes, header, cells):
    (kept,) = keep((), replace(SETTINGS, **changes))
    headers, rows = comparison([kept], [Outcome.of(RUN)], SETTINGS, RUN)
    assert [row[headers.index(header)] for row in rows] == cells
