"""The controls make the experiment, to the last bit, or say what is in the way."""

from dataclasses import replace

import numpy as np
import pytest

from core import EXAMPLES, Dataset, Experiment, InvalidDataset, InvalidExperiment, train
from ui.settings import PUBLISHED, dataset_of, experiment_of


def dataset(settings):
    return dataset_of(settings.names, settings.targets, settings.rows)


def experiment(settings):
    return experiment_of(settings, dataset(settings))


@pytest.mark.parametrize("key", EXAMPLES)
def test_the_controls_as_published_make_the_example(key):
    """Through all of its texts, every number keeps its bits."""
    made, published = experiment(PUBLISHED[key]), EXAMPLES[key].experiment
    assert made == published
    assert made.dataset.inputs.tobytes() == published.dataset.inputs.tobytes()
    short = replace(made, epochs=3)
    assert np.array_equal(train(short).outputs_after(3), train(replace(published, epochs=3)).outputs_after(3))


def test_every_control_is_part_of_the_experiment():
    """What is typed as text is trained on as a number."""
    settings = replace(
        PUBLISHED["notebook"],
        seed=9,
        epochs=20,
        learning_rate=0.5,
        objective="cross_entropy",
        hidden_units=1,
        biases="fixed",
        batch_size=1,
        standardise=True,
        names=("a", "b", "t", "u"),
        targets=2,
        rows=((" 1.5", "-2e1", "0.25", "0"), ("0", "1", "1", ".5")),
        weights=((("0.5",), ("-1",), ("2",)), (("3", "4"), ("5", "6"))),
    )
    assert experiment(settings) == Experiment(
        Dataset([[1.5, -20], [0, 1]], [[0.25, 0], [1, 0.5]], ["a", "b"], ["t", "u"]),
        seed=9,
        epochs=20,
        learning_rate=0.5,
        objective="cross_entropy",
        hidden_units=1,
        biases="fixed",
        batch_size=1,
        standardise=True,
        starting_weights=(np.array([[0.5], [-1.0], [2.0]]), np.array([[3.0, 4.0], [5.0, 6.0]])),
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rows": ()}, "There is no row."),
        ({"rows": (), "targets": 2}, "There is no row."),
        ({"targets": 4}, "There is no input column."),
        ({"names": ("y",), "rows": (("0",),)}, "There is no input column."),
        ({"names": ("x1", "x2", "", "y")}, "Column 3 has no name."),
        ({"rows": (("0", "", "1", "0"),)}, "Row 1, column “x2”: the cell is blank."),
    ],
)
def test_a_table_that_is_not_finished_is_explained(changes, message):
    """Whatever is missing, the message says where."""
    with pytest.raises(InvalidDataset, match=f"^{message}"):
        dataset(replace(PUBLISHED["notebook"], **changes))


@pytest.mark.parametrize(
    ("cell", "quoted"), [("", "''"), ("0,5", "'0,5'"), ("nan", "'nan'"), ("1e51", "'1e51'"), ("x" * 99, "'xxx")]
)
def test_a_starting_weight_that_is_no_number_is_named(cell, quoted):
    """Layer, row and column are told, and what stands there."""
    weights = ((("1", "2"), ("3", "4"), ("5", cell)), (("6",), ("7",)))
    with pytest.raises(InvalidExperiment, match=f"layer 1, row 3, column 2: {quoted}.* is not a number"):
        experiment(replace(PUBLISHED["notebook"], hidden_units=2, weights=weights))


def test_starting_weights_of_another_shape_are_refused():
    """The message tells the shapes that the network needs."""
    with pytest.raises(InvalidExperiment, match=r"this network needs \[\(3, 1\)\]"):
        experiment(replace(PUBLISHED["notebook"], weights=((("1",),),)))
