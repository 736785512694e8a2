"""What is said of a curve or a map is what it shows."""

from dataclasses import replace

import numpy as np
import pytest

from core import EXAMPLES, Dataset, Experiment, train
from core.slices import slice_of
from ui.figures.caption import caption
from ui.figures.computed import Computed
from ui.figures.in_words import names_in, neurons_in_words, read_aloud, seen
from ui.figures.row_marks import Marked
from ui.text import escape

FLIGHTS, XOR = EXAMPLES["challenger"].experiment, EXAMPLES["xor-two-bits"].experiment
THREE = Experiment(
    Dataset([[0], [1], [2]], np.eye(3), ["x"], ["a", "b", "c"]), epochs=3_000, biases="learned", hidden_units=3
)


def after(experiment, columns, points=101, k=None):
    """Return what the network of an experiment computes in a state, its last if none is given."""
    run, dataset = train(experiment), experiment.dataset
    k = experiment.updates if k is None else k
    return Computed(experiment, run.weights_after(k), slice_of(dataset, columns, dataset.inputs[0], points))


def test_a_curve_is_told_from_end_to_end():
    """With the place where it is ½, which is that of the published fit; or that there is none."""
    assert seen(after(FLIGHTS, [0]), (0, 0), ["distress"]) == (
        "the output falls from 0.98 at 47.4 to 0.01 at 86.6; it is ½ at 64.8."
    )
    early = read_aloud(after(FLIGHTS, [0], k=0), (0, 0), ["temperature"], ["distress"])
    assert early == "Over temperature, the output falls from 0.73 at 47.4 to 0.51 at 86.6; it is above ½ all along."


def test_a_curve_that_turns_is_told_by_its_extremes():
    said = seen(after(replace(EXAMPLES["two-layers"].experiment, epochs=5_000), [0]), (2, 0), ["odd"])
    assert said.startswith("the output goes up and down between 0.")
    assert said.endswith("it is ½ in 7 places.")


def test_a_curve_that_is_flat_to_the_last_digit_told_is_not_told_to_move():
    said = seen(after(EXAMPLES["two-layers"].experiment, [0], k=1), (2, 0), ["odd"])
    assert said == "the output is nearly 0.45 everywhere; it is below ½ all along."


def test_a_map_is_told_by_how_much_of_it_is_above_one_half():
    """Counted point by point; read aloud with where it is lowest and highest."""
    picture = after(XOR, [0, 1], points=5)
    output = picture.output((1, 0))
    share = round(100 * sum(answer > 0.5 for answer in output.ravel()) / 25)
    assert seen(picture, (1, 0), ["xor"]) == f"the output is above ½ on {share} % of the picture."
    said = read_aloud(picture, (1, 0), ["a", "b"], ["xor"])
    row, column = divmod(int(output.argmax()), 5)
    x, y = (round(float(axis[place]), 2) for axis, place in zip(picture.over.axes, (column, row), strict=True))
    assert said.startswith("Over a and b, the output is above ½")
    assert said.endswith(f"its highest {output.max():.2f} at a {x:g} and b {y:g}.")


def test_the_largest_output_is_told_from_where_to_where():
    """Along an input in order; over two by its share."""
    picture = after(THREE, [0])
    assert picture.layers[-1].activation.argmax(axis=-1)[[0, 50, 100]].tolist() == [0, 1, 2]
    said = seen(picture, None, ["a", "b", "c"])
    assert [part.split()[0] for part in said.removeprefix("the largest output is ").split(", then ")] == ["a", "b", "c"]
    assert said.endswith("c to the end.")
    places = [float(part.split()[-1]) for part in said.split(", then ")[:-1]]
    for place, pair in zip(places, ((0, 1), (1, 2)), strict=True):
        one, other = picture.of(np.array([[place]]))[-1].activation[0, list(pair)]
        assert one == pytest.approx(other, abs=0.05)  # the place is rounded
    iris = after(EXAMPLES["iris"].experiment, [2, 3], points=21)
    wins = np.bincount(iris.layers[-1].activation.reshape(-1, 3).argmax(axis=1)) / 441
    shares = [f"{name} on {round(100 * share)} %" for name, share in zip("abc", wins, strict=True)]
    assert seen(iris, None, ["a", "b", "c"]) == (
        f"the largest output is {shares[0]}, {shares[1]} and {shares[2]} of the picture."
    )


@pytest.mark.parametrize("columns", [[0], [0, 1]])
def test_what_is_the_same_everywhere_is_told_so(columns):
    """Neither a direction nor a share is made up of nothing."""
    still = replace(XOR, hidden_units=0, starting_weights=[np.zeros((3, 1))], epochs=1)
    said = read_aloud(after(still, columns, k=0), (0, 0), ["a", "b"], ["xor"])
    assert said.endswith("the output is 0.50 everywhere.")
    for biases in ([0, 0, 0], [1, 1, 0]):
        weights = [np.vstack([np.zeros((3, 3)), biases])]
        three = Experiment(Dataset(np.eye(3), np.eye(3)), starting_weights=weights, biases="learned", epochs=1)
        assert seen(after(three, columns, k=0), None, ["a", "b", "c"]) == "the largest output is shared everywhere."


def test_each_neuron_is_told():
    """Its name, its lowest and highest output, and where it is above ½."""
    picture = after(replace(XOR, epochs=1), [0, 1], points=3)
    parts = neurons_in_words(picture).removesuffix(".").split("; ")
    assert [part.split(":")[0] for part in parts] == ["h1", "h2", "output"]
    lowest = picture.output((0, 0)).min()
    assert parts[0].startswith(f"h1: {lowest:.2f} to ")


def test_a_caption_says_what_is_held():
    """And of a star that is gray why."""
    experiment = EXAMPLES["notebook"].experiment
    over = slice_of(experiment.dataset, [0, 1], experiment.dataset.inputs[0], 3)
    said = caption(experiment, over, (0, 0), Marked(2, np.array([1.0, 0, 0])))
    assert "The :violet[ring] is around row 3. Everywhere here “x3” is 1, as in the table." in said
    assert said.endswith("gray because its “x3” differs from that.")
    iris = EXAMPLES["iris"].experiment
    over = slice_of(iris.dataset, [2, 3], iris.dataset.inputs.mean(axis=0), 3)
    said = caption(iris, over, None, Marked(0, None))
    assert "“sepal length” is 5\\.8433 and “sepal width” is 3\\.0573. Rows with other values" in said


def test_a_caption_says_what_the_curves_of_several_outputs_are():
    iris = EXAMPLES["iris"].experiment
    over = slice_of(iris.dataset, [2], iris.dataset.inputs.mean(axis=0), 3)
    said = caption(iris, over, None, Marked(0, None))
    assert said.startswith("Of the curves, one for each output, the highest is the largest output")
    assert "on the curve of its largest target" in said


def test_a_caption_says_what_scaled_targets_are():
    """In the table's units, of the output that is drawn; and that hollow rows are held out."""
    dataset = Dataset([[0], [1], [2]], [20, 40, 50], scale_targets=True)
    experiment = Experiment(dataset, hidden_units=2, held_out=0.4)
    over = slice_of(dataset, [0], dataset.inputs[0], 3)
    said = caption(experiment, over, (1, 0), Marked(0, None))
    assert "an output of 0 is 20 in the table's units, ½ is 35, and 1 is 50." in said
    assert "Hollow ones are held out" in said
    assert "units" not in caption(experiment, over, (0, 0), Marked(0, None))


def test_names_are_written_as_they_are_to_be_read():
    """One that has nothing to be said is told by its place."""
    dataset = Dataset([[1, 2]], [1], ["$", "*a*"])
    assert names_in(dataset, lambda name: name.strip("$*")) == (["input 1", "a"], ["y"])
    assert names_in(dataset, escape)[0][1] == "\\*a\\*"
