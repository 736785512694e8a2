"""The link of an experiment: it opens what it was made from, and whatever it says it opens something."""

import random
import string
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import seeds

from core import EXAMPLES, Dataset, Experiment
from core.arrays import LARGEST_NUMBER
from core.dataset import column_name
from core.experiment import LARGEST_SEED, layers_of, units_of
from core.objectives import OBJECTIVES
from ui.formats.link import KNOWN, MOST_PROBLEMS, NOT_HERE, left_out, to_query
from ui.formats.link import from_query as from_any_query
from ui.formats.table_text import encode_table
from ui.hideable import HIDEABLE
from ui.names import neuron_choices
from ui.settings import BY_NAME, MOST_TARGETS, PUBLISHED, Settings, dataset_of, experiment_of, plain
from ui.tabs.tabs import LABELS
from ui.view import GUESSES, LESSON_KEYS, PRACTICES, RELIEFS, SCALES, View, changes

NOTEBOOK = PUBLISHED["notebook"]
EPOCHS, LEARNING_RATE, HIDDEN_UNITS = (BY_NAME[name].kind for name in ("epochs", "learning_rate", "hidden_units"))
TABLE = "1~x1_x2_x3_y~0_0_1_0~0_1_1_0~1_0_1_1~1_1_1_1~end"
HUGE = tuple((f"{i}.{i**5 % 9973}", "1") for i in range(9_000))
NOISE = "".join(random.Random(1).choices(string.ascii_letters, k=100_000))  # noqa: S311

cells = st.text("01.-x_~ ", max_size=3) | st.text(max_size=3)


def tables(columns, least=0):
    """Draw rows of `columns` cells."""
    return st.lists(st.tuples(*[cells] * columns), min_size=least, max_size=4).map(tuple)


layers = st.integers(1, 3).flatmap(lambda units: tables(units, least=1))


def from_query(query, kept=()):
    return from_any_query(query, LABELS, dict(kept))


def without_names(query):
    """Return a query in which what is too large has no name of its own."""
    return {name: NOT_HERE if value.startswith(f"{NOT_HERE}-") else value for name, value in query.items()}


def neurons_of(settings):
    return [View.neuron, *neuron_choices(settings.sizes)]


def weights_of(settings):
    """Count the weights of the network, if there is a column of inputs."""
    sizes, bias = settings.sizes, settings.biases != "none"
    return max(1, sum((before + bias) * units for before, units in pairwise(sizes)))


def one_way(layers):
    """Write hidden layers as an experiment does."""
    return units_of(tuple(layers))


@st.composite
def settings_and_views(draw):
    """Draw any controls, wrong tables among them, and what can be looked at in a run of them."""
    names = tuple(draw(st.lists(cells.map(column_name), min_size=1, max_size=4)))
    settings = Settings(
        example=draw(st.sampled_from(list(PUBLISHED))),
        seed=draw(seeds),
        epochs=draw(st.integers(EPOCHS.least, EPOCHS.most)),
        learning_rate=draw(st.floats(LEARNING_RATE.least, LEARNING_RATE.most)),
        objective=draw(st.sampled_from(list(OBJECTIVES))),
        hidden_units=draw(st.lists(st.integers(1, HIDDEN_UNITS.units.most), max_size=HIDDEN_UNITS.most).map(one_way)),
        biases=draw(st.sampled_from(["none", "learned", "fixed"])),
        batch_size=draw(st.none() | st.integers(1, 5)),
        standardise=draw(st.booleans()),
        held_out=draw(st.just(0.0) | st.floats(0, 0.9)),
        scale_targets=draw(st.booleans()),
        names=names,
        targets=draw(st.integers(1, min(MOST_TARGETS, len(names)))),
        rows=draw(tables(len(names))),
        weights=draw(st.none() | st.lists(layers, max_size=3).map(tuple)),
        title=draw(cells.map(column_name)),
    )
    inputs, asked = len(names) - settings.targets, st.floats(-LARGEST_NUMBER, LARGEST_NUMBER)
    view = View(
        tab=draw(st.sampled_from(list(LABELS))),
        state=draw(st.integers(0, settings.updates)),
        row=draw(st.integers(1, max(1, len(settings.rows)))),
        neuron=draw(st.sampled_from(neurons_of(settings))),
        weight_across=draw(st.none() | st.integers(1, weights_of(settings))),
        weight_up=draw(st.none() | st.integers(1, weights_of(settings))),
        relief=draw(st.sampled_from(list(RELIEFS))),
        scale=draw(st.sampled_from(list(SCALES))),
        turn=draw(st.integers(0, 360)),
        input_across=draw(st.integers(0, inputs)),
        input_up=draw(st.integers(0, inputs)),
        other_inputs=draw(st.sampled_from(["row", "mean", "asked"])),
        picture=draw(st.sampled_from(["largest", "neuron"])),
        asked=draw(st.just(()) | st.tuples(*(st.tuples(st.just(name), asked) for name in names[:inputs]))),
        level=draw(st.integers(1, 7)),
        decimals=draw(st.integers(4, 8)),
        exercise=draw(st.integers(0, 9999)),
        practice=draw(st.sampled_from(list(PRACTICES.names))),
        change=draw(st.sampled_from(list(changes(settings).names))),
        guess=draw(st.sampled_from(list(GUESSES.names))),
        prediction=draw(st.integers(1, 9999)),
        lesson=draw(st.sampled_from(list(LESSON_KEYS.names))),
        lesson_step=draw(st.integers(1, 12)),
        hide=draw(
            st.sets(st.sampled_from(list(HIDEABLE))).map(lambda some: tuple(filter(some.__contains__, HIDEABLE)))
        ),
    )
    return settings, view


@given(settings_and_views())
def test_a_link_opens_what_it_was_made_from(drawn):
    """Every control and the view travel, whatever was typed, also through a browser's address."""
    link = urlencode(to_query(*drawn))
    settings, view = drawn
    assert from_query(dict(parse_qsl(link, keep_blank_values=True))) == (plain(settings), view, [])


spellings = st.sampled_from(
    [("0", "-0"), ("1", "1.0"), ("1", " 01 "), ("0.5", "+5e-1"), ("1000", "1_000"), ("0", "-.0")]
)


@given(inputs=st.lists(spellings, min_size=2, max_size=2), weights=st.lists(spellings, min_size=1, max_size=1))
@example(inputs=[("0", "-0"), ("1", "1.0")], weights=[("2", "2.")])
@example(inputs=[("1", "1"), ("1", "1")], weights=[("0", "-0")])
def test_equal_experiments_have_equal_links(inputs, weights):
    """However their numbers are typed, into the table or the weights; what the link opens is that experiment."""
    links, experiments = [], []
    for typed in (0, 1):
        rows = tuple((pair[typed], "0") for pair in inputs)
        settings = replace(NOTEBOOK, names=("x", "y"), rows=rows, weights=(((weights[0][typed],),),))
        links.append(to_query(settings, View()))
        experiments.append(experiment(settings))
        assert experiment(from_query(links[-1])[0]) == experiments[-1]
    assert (links[0] == links[1]) == (experiments[0] == experiments[1])


def experiment(settings):
    return experiment_of(settings, dataset_of(settings.names, settings.targets, settings.rows))


@pytest.mark.parametrize("key", EXAMPLES)
def test_what_is_as_published_leaves_no_trace(key):
    """An example's link is its key, and the notebook's is empty."""
    assert to_query(PUBLISHED[key], View()) == ({} if key == "notebook" else {"example": key})


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({"seed": 7, "epochs": 50}, "seed=7&epochs=50"),
        ({"learning_rate": 0.5}, "learning_rate=0.5"),
        ({"objective": "cross_entropy"}, "objective=cross_entropy"),
        ({"hidden_units": 4, "biases": "learned"}, "hidden_units=4&biases=learned"),
        ({"hidden_units": (4, 3), "batch_size": 1, "standardise": True}, "hidden_units=4-3&batch_size=1&standardise=1"),
        ({"held_out": 0.25, "scale_targets": True}, "held_out=0.25&scale_targets=1"),
        ({"batch_size": 4}, ""),
        ({"targets": 2}, "targets=2"),
        ({"title": "my table.csv"}, ""),
        ({"title": "a b.csv", "names": ("a", "b"), "rows": (("0", "1"),)}, "title=a+b.csv&table=1~a_b~0_1~end"),
        ({"weights": ((("1",), ("-2",), ("",)),)}, "weights=1~3x1~1~-2~~end"),
        ({"names": ("a", "b"), "rows": (("0", "1"),)}, "table=1~a_b~0_1~end"),
        ({"example": "nielsen-bad"}, f"example=nielsen-bad&epochs=200&learning_rate=1&weights=seed&table={TABLE}"),
    ],
)
def test_a_changed_setting_is_written_as_a_reader_would(changes, link):
    """A link is short and says in plain words what differs from the example."""
    assert urlencode(to_query(replace(NOTEBOOK, **changes), View())) == link


def test_the_view_is_written_behind_the_experiment():
    """What is looked at are the last parameters."""
    link = urlencode(
        to_query(replace(NOTEBOOK, hidden_units=2), View("turn", 12, 3, "h2", level=3, decimals=6, exercise=42))
    )
    assert link == "hidden_units=2&tab=turn&state=12&row=3&neuron=h2&level=3&decimals=6&exercise=42"
    link = urlencode(to_query(replace(NOTEBOOK, hidden_units=2), View("down", 12, 3, "h2", weight_up=4, scale="log")))
    assert link == "hidden_units=2&tab=down&state=12&row=3&neuron=h2&weight_up=4&scale=log"


written = to_query(
    replace(
        PUBLISHED["majority"],
        seed=5,
        epochs=9,
        objective="cross_entropy",
        hidden_units=2,
        rows=HUGE[:40],
        names=("x_1", "y"),
        weights=((("1", "é"),), (("0.5",), ("",))),
    ),
    View("computes", 4, 2, "h1", 1, 1, "mean", "neuron", (("x_1", -0.5),), 7, 5, 9999),
)
values = (
    st.text(max_size=8)
    | st.integers().map(str)
    | st.floats().map(str)
    | st.sampled_from(sorted(written.values())).flatmap(
        lambda text: st.integers(0, len(text)).map(lambda end: text[:end])
    )
    | st.just(NOT_HERE)
)
queries = st.dictionaries(st.sampled_from(sorted(KNOWN)) | st.text(max_size=80), values, max_size=12)


def assert_readable(query):
    """Assert that a query gives controls that can be set, and at most a few short lines."""
    settings, view, problems = from_query(query)
    assert settings.example in PUBLISHED
    assert 0 <= settings.seed <= LARGEST_SEED
    assert 1 <= settings.epochs <= 100_000
    assert 0.001 <= settings.learning_rate <= 1_000
    assert settings.objective in OBJECTIVES
    assert all(1 <= units <= 32 for units in layers_of(settings.hidden_units))
    assert settings.biases in {"none", "learned", "fixed"}
    assert settings.batch_size is None or 1 <= settings.batch_size <= 10_000
    assert 1 <= settings.targets <= len(settings.names)
    assert settings.names
    assert all(len(row) == len(settings.names) for row in settings.rows)
    assert view.tab in LABELS
    assert 0 <= view.state <= settings.updates
    assert 1 <= view.row <= max(1, len(settings.rows))
    assert view.neuron in neurons_of(settings)
    assert 1 <= view.level <= 7
    assert 4 <= view.decimals <= 8
    assert 0 <= view.exercise <= 9999
    assert {view.weight_across, view.weight_up} <= {None, *range(1, weights_of(settings) + 1)}
    assert from_query(to_query(settings, view)) == (plain(settings), view, [])
    assert len(problems) <= MOST_PROBLEMS + 1
    for problem in problems:
        assert len(problem) < 150
        assert len(problem.splitlines()) == 1
    return problems


@given(queries)
@example(written | dict.fromkeys(KNOWN, NOT_HERE))
@example({"table": "1~~end", "row": "1"})
@example({"table": "1~a_b~0_1~end", "title": "\ud800 " + "t" * 99})
@example({"seed": "٣", "epochs": "²", "learning_rate": "nan", "state": "0\n"})
def test_no_link_is_too_bad_to_be_opened(query):
    """Unknown names, damaged values, anything: the page opens on something that it could have written."""
    assert_readable(query)


@pytest.mark.parametrize("name", sorted(KNOWN - {"title"}))  # which may be any text
@pytest.mark.parametrize("text", ["", "1" * 1_000_000, "\n# x\n" * 1_000, "1z" + "A" * 1_000_000])
def test_a_value_that_cannot_be_read_is_named(name, text):
    """However large it is, one short line says which parameter it was."""
    (problem,) = assert_readable({name: text})
    assert problem.startswith(f"{name}: ")


def test_a_thousand_problems_are_a_few_lines():
    """The first are told, and how many more there are."""
    problems = assert_readable({f"x{i}": "1" for i in range(1_000)})
    assert problems[0] == "“x0” is no parameter of this page."
    assert problems[MOST_PROBLEMS:] == ["And 995 more."]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"seed": "abc"}, "seed: “abc” is not a whole number from 0 to 4,294,967,295."),
        ({"seed": "-1"}, "seed: “-1” is not a whole number from 0 to 4,294,967,295."),
        ({"epochs": "100001"}, "epochs: “100001” is not a whole number from 1 to 100,000."),
        ({"learning_rate": "0"}, "learning_rate: “0” is not a number from 0.001 to 1,000."),
        ({"objective": "entropy"}, "objective: “entropy” is not one of squared_error, cross_entropy."),
        ({"bias": "yes"}, "bias: “yes” is not one of 0, 1."),
        ({"biases": "yes"}, "biases: “yes” is not one of none, learned, fixed."),
        ({"batch_size": "0"}, "batch_size: “0” is not a whole number from 1 to 10,000, or all."),
        ({"hidden_units": "4-x"}, "hidden_units: “4-x” is not 0, or up to 3 numbers from 1 to 32, such as 4-3."),
        (
            {"hidden_units": "1-1-1-1"},
            "hidden_units: “1-1-1-1” is not 0, or up to 3 numbers from 1 to 32, such as 4-3.",
        ),
        ({"targets": "5"}, "targets: “5” is not a whole number from 1 to 4."),
        ({"example": "xor"}, "example: “xor” is not an example of this page."),
        ({"epochs": "9", "state": "10"}, "state: “10” is not a whole number from 0 to 9."),
        ({"row": "5"}, "row: “5” is not a whole number from 1 to 4."),
        ({"neuron": "h1"}, "neuron: “h1” is not one of output."),
        ({"weight_across": "4"}, "weight_across: “4” is not a whole number from 1 to 3, or moved-most."),
        ({"biases": "fixed", "weight_up": "5"}, "weight_up: “5” is not a whole number from 1 to 4, or moved-most."),
        ({"relief": "hills"}, "relief: “hills” is not one of contours, surface."),
        ({"targets": "2", "neuron": "o3"}, "neuron: “o3” is not one of output, o1, o2."),
        ({"v": "2"}, "v: the link has version “2”, and this page reads version 1."),
        ({"tab": "step", "a\n\n b" + "c" * 99: ""}, f"“a b{'c' * 56}…” is no parameter of this page."),
    ],
)
def test_the_line_says_what_is_possible(query, problem):
    """It quotes the value, shortened, and names the range or the choices."""
    assert from_query(query)[2] == [problem]


def test_an_old_links_bias_is_a_column_of_ones():
    """Its switch added an input behind the others, under a name that no column had."""
    settings, _, problems = from_query({"bias": "1", "hidden_units": "2", "table": "1~one_y~5_0~6_1~end"})
    assert not problems
    assert settings.names == ("one", "one 2", "y")
    assert settings.rows == (("5", "1", "0"), ("6", "1", "1"))
    assert experiment(settings) == Experiment(Dataset([[5, 1], [6, 1]], [0, 1], ["one", "one 2"]), hidden_units=2)
    assert from_query(to_query(settings, View()))[0] == settings
    assert from_query({"bias": "0"})[0] == NOTEBOOK


def test_an_old_links_table_is_trained_on_as_it_is():
    """It says nothing of settings that there were not, whatever its example has by now."""
    settings, _, _ = from_query({"example": "challenger", "table": "1~t_one_y~-1_1_1~1_1_0~end"})
    challenger = PUBLISHED["challenger"]
    names, rows = ("t", "one", "y"), (("-1", "1", "1"), ("1", "1", "0"))
    assert settings == replace(challenger, biases="none", standardise=False, names=names, rows=rows)


@pytest.mark.parametrize(("name", "value"), [("held_out", 0.25), ("scale_targets", True), ("standardise", True)])
def test_a_table_of_ones_own_is_treated_as_no_example_has_it(monkeypatch, name, value):
    """Whatever the example does with its own table, a link of before it did says nothing of it."""
    monkeypatch.setitem(PUBLISHED, "xor-hidden", replace(PUBLISHED["xor-hidden"], **{name: value}))
    settings, _, problems = from_query({"example": "xor-hidden", "table": "1~a_b~0_1~end"})
    assert problems == []
    assert getattr(settings, name) == getattr(NOTEBOOK, name)


def test_what_can_be_read_of_a_bad_link_is_kept():
    """One wrong parameter costs no other."""
    settings, view, problems = from_query(written | {"seed": "x", "table": written["table"][:-3]})
    published = PUBLISHED["majority"]
    right, right_view, _ = from_query(written)
    assert settings == replace(right, seed=published.seed, names=published.names, rows=published.rows)
    assert view == replace(right_view, asked=())  # which was of the other table
    assert [problem.split(":")[0] for problem in problems] == ["seed", "table", "asked"]


def test_a_table_too_large_for_a_link_is_taken_from_the_page():
    """By its own address, none of another; elsewhere the line says why it is missing."""
    large = replace(NOTEBOOK, seed=3, names=("x", "y"), rows=HUGE)
    other = replace(large, rows=HUGE[1:])
    query = to_query(large, View(row=4))
    kept = left_out(large, query) | left_out(other, to_query(other, View()))
    assert without_names(query) == {"seed": "3", "table": NOT_HERE, "row": "4"}
    assert from_query(query, kept) == (large, View(row=4), [])
    assert from_query(to_query(other, View()), kept) == (other, View(), [])
    assert not left_out(NOTEBOOK, to_query(NOTEBOOK, View()))
    settings, _, problems = from_query(query)
    assert settings == replace(NOTEBOOK, seed=3)
    assert problems == ["table: the table was too large for a link. Ask for the experiment as a file."]


@pytest.mark.parametrize("cell", [NOISE[:30_000], NOISE, NOISE * 20])
def test_starting_weights_too_large_for_a_link_are_left_out(cell):
    """Nothing typed keeps the page from writing its link, and no link grows beyond what servers read."""
    typed = replace(NOTEBOOK, weights=(((cell,), ("0",), ("0",)),))
    query = to_query(typed, View())
    assert without_names(query) == {"weights": NOT_HERE}
    assert from_query(query, left_out(typed, query)) == (typed, View(), [])
    settings, _, problems = from_query(query)
    assert settings == NOTEBOOK
    assert problems == ["weights: the starting weights were too large for a link. Ask for the experiment as a file."]


def test_a_table_in_a_link_stays_within_what_servers_read():
    """It is written up to 20,000 characters."""
    short, long = (replace(NOTEBOOK, names=("x", "y"), rows=HUGE[:rows]) for rows in (2_900, 3_100))
    text = encode_table(short.names, plain(short).rows)
    assert 19_000 < len(text) <= 20_000
    assert to_query(short, View()) == {"table": text}
    assert without_names(to_query(long, View())) == {"table": NOT_HERE}
