"""The code with its backward pass left out says what is missing, and which number that is filled in is right."""

import ast
import re
from dataclasses import replace

import nbformat
import numpy as np
import pytest
from exported import EXPERIMENTS, HIDDEN, PLACE, code_of, filled_in, formulas, run_alone, run_here
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import is_moderate, networks

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from ui.formats.fill_in import MOST_ROWS
from ui.formats.script import notebook_to_fill_in, python_script, script_to_fill_in

MANY_ROWS = Experiment(Dataset(np.linspace(-1, 1, 60).reshape(30, 2), np.linspace(0, 1, 30)), epochs=3, hidden_units=2)


def right_digits(printed):
    return {
        name: int(digits or 0)
        for name, digits in re.findall(
            r"^(\w+) is right (?:to (\d+) digits|but for rounding)\.$", printed, re.MULTILINE
        )
    }


def message(code, folder):
    """Run code that ends with a message; return that."""
    with pytest.raises(SystemExit) as end:
        run_here(code, folder)
    return end.value.code


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("scripts")


@pytest.mark.parametrize("experiment", [*EXPERIMENTS, MANY_ROWS])
def test_every_formula_of_the_backward_pass_is_left_out(experiment):
    """Once each, and nothing else: the rest of the code is the whole script's."""
    code = script_to_fill_in(train(experiment))
    assert sorted(name for _, name in PLACE.findall(code)) == sorted(formulas(experiment))
    whole = {line for line in python_script(experiment).splitlines() if line.startswith("    ")}
    assert [line for line in whole - set(code.splitlines()) if not re.search(r"(\w = |\+= )", line)] == []
    for name, formula in formulas(experiment).items():
        assert f"{name} = {formula}" not in code


@given(networks().filter(is_moderate))
def test_with_the_right_formulas_every_check_is_passed(folder, experiment):
    """Of each number of the first update, then of the final weights, to the last bit."""
    run = train(experiment)
    answers = formulas(experiment)
    printed, variables = run_here(filled_in(script_to_fill_in(run), answers), folder)
    passed = right_digits(printed)
    names = [name for name in variables if re.fullmatch(r"(hidden_|output_)?weights(_\d)?", name)]
    assert list(passed) == [*(name for _, name in PLACE.findall(script_to_fill_in(run))), *names]
    assert min(passed.values()) == 16
    assert [variables[name].tobytes() for name in names] == [layer.tobytes() for layer in run.weights]


@given(networks().filter(is_moderate), st.data())
def test_what_is_missing_is_named(folder, experiment, data):
    """The first of it, whatever is filled in beyond; what stands before it is checked."""
    answers = formulas(experiment)
    code = script_to_fill_in(train(experiment))
    places = [name for _, name in PLACE.findall(code)]
    left = data.draw(st.sets(st.sampled_from(places), min_size=1))
    first = next(name for name in places if name in left)
    given_answers = {name: formula for name, formula in answers.items() if name not in left}
    said = message(filled_in(code, given_answers), folder)
    assert said == f'Still to do: {first}. Replace your_turn("{first}") by its formula.'


@given(networks().filter(is_moderate), st.sampled_from(["-({})", "2 * ({})", "np.nan * ({})"]), st.data())
def test_a_wrong_formula_is_named(folder, experiment, slip, data):
    """Before anything is trained with it, and beside what it should give."""
    code, answers = script_to_fill_in(train(experiment)), formulas(experiment)
    name = data.draw(st.sampled_from(sorted(answers)))
    _, variables = run_here(filled_in(code, answers), folder)
    assume(np.abs(variables["right"][name]).max() > 1e-13)
    said = message(filled_in(code, answers | {name: slip.format(answers[name])}), folder)
    assert said.startswith(f"{name} is not right yet:\n")


def without_last_factor(formula):
    return re.split(r" [@*] (?=\w+(?:\[:-1\])?(?:\.T)?$|\(1)", formula)[0]


@pytest.mark.parametrize(
    ("slipped", "slip"),
    [
        ("error", lambda formula: " - ".join(reversed(formula.split(" - ")))),
        ("slope", without_last_factor),
        ("delta", without_last_factor),
        ("delta", lambda formula: formula.replace("*", "+")),
        ("hidden_slope", without_last_factor),
        ("hidden_delta", without_last_factor),
        ("hidden_error", lambda formula: formula.replace("delta", "error")),
        ("hidden_error", lambda formula: f"np.sum({formula})"),
        ("hidden_change", lambda formula: formula.replace("delta", "error")),
        ("change", lambda formula: formula.replace("learning_rate * ", "")),
        ("change", lambda formula: f"({formula}) / 4"),
        ("change", lambda formula: f"({formula})[1:]"),
    ],
)
@pytest.mark.parametrize("experiment", [replace(HIDDEN, objective="squared_error"), MANY_ROWS])
def test_the_usual_slips_are_found(folder, experiment, slipped, slip):
    """Targets less outputs the wrong way round, a slope or a learning rate forgotten, a mean for a sum."""
    experiment = replace(experiment, learning_rate=0.5)
    answers = formulas(experiment)
    wrong = slip(answers[slipped])
    assert wrong != answers[slipped]
    said = message(filled_in(script_to_fill_in(train(experiment)), answers | {slipped: wrong}), folder)
    assert said.startswith(f"{slipped} is not right yet:\n")


def test_a_formula_that_is_right_once_fails_at_the_end(folder):
    """As the numbers of the first update would be if they were copied."""
    code, answers = script_to_fill_in(train(NOTEBOOK)), formulas(NOTEBOOK)
    said = message(filled_in(code, answers | {"error": 'right["error"]'}), folder)
    assert said.startswith("weights is not right yet:\n")


@pytest.mark.parametrize("key", EXAMPLES)
def test_a_formula_that_rounds_otherwise_is_right(folder, key):
    """Also where what is right is 0, but for rounding, and where rounding grows over the updates."""
    experiment = EXAMPLES[key].experiment
    answers = formulas(experiment)
    answers |= {name: f"({answers[name]}) * (1 + 2**-52)" for name in answers if "delta" in name}
    passed = right_digits(run_here(filled_in(script_to_fill_in(train(experiment)), answers), folder)[0])
    assert set(answers) < set(passed)
    assert min(passed[name] for name in answers) >= 15
    assert min(passed.values(), default=0) >= (3 if key != "xor-neuron" else 0)


def test_what_is_missing_is_a_line_and_no_traceback(folder):
    """In a Python of its own, below the output before training."""
    process = run_alone(script_to_fill_in(train(NOTEBOOK)), folder)
    assert process.returncode == 1
    assert process.stderr == 'Still to do: error. Replace your_turn("error") by its formula.\n'
    assert process.stdout.startswith("Output before training:\n")


def test_the_numbers_of_many_rows_are_few():
    """The errors, slopes and deltas of the first ones, and all the changes."""
    code = script_to_fill_in(train(MANY_ROWS))
    numbers = dict(re.findall(r'^right\["(\w+)"\] = np.array\((.*)\)', code, re.MULTILINE))
    assert {name: len(ast.literal_eval(numbers[name])) for name in ("error", "hidden_delta", "hidden_change")} == {
        "error": MOST_ROWS,
        "hidden_delta": MOST_ROWS,
        "hidden_change": 2,
    }
    assert f"of its first {MOST_ROWS} rows" in code


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_notebook_has_the_same_places_and_checks(experiment):
    """All code of the script is in it."""
    run = train(experiment)
    notebook = nbformat.reads(notebook_to_fill_in(run), as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    texts = code_of(notebook_to_fill_in(run)), script_to_fill_in(run).replace("SystemExit", "Stop")
    code, script = map(ast.parse, texts)
    missing = set(ast.unparse(script.body[1:]).splitlines()) - set(ast.unparse(code).splitlines())
    assert missing == set()
