"""The script and the notebook that a reader takes home print the digits of the page."""

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from dataclasses import replace
from functools import lru_cache

import nbformat
import numpy as np
import pytest
from exported import (
    DEEP,
    EXPERIMENTS,
    HIDDEN,
    IN_BATCHES,
    MAZUR,
    NASTY_NAMES,
    NIELSEN,
    ROW_BY_ROW,
    STANDARDISED,
    code_of,
    digits,
    digits_of_the_page,
    run_alone,
    run_here,
)
from hypothesis import example, given
from hypothesis import strategies as st
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from strategies import column_names, datasets, experiments, networks, tables

from core import EXAMPLES, NOTEBOOK, Dataset, Experiment, train
from core.dataset import column_name
from ui.formats.code_literals import LINE_LENGTH
from ui.formats.script import jupyter_notebook, notebook_to_fill_in, python_script, script_to_fill_in

PUBLISHED_CODE_LINES = 35  # of the published notebook, without blank lines, comments and docstrings


def large(rows, features, hidden_units):
    """Return an experiment whose numbers need all their digits."""
    generator = np.random.default_rng(rows)
    dataset = Dataset(generator.standard_normal((rows, features)), generator.random(rows))
    return Experiment(dataset, epochs=10, learning_rate=1 / rows, hidden_units=hidden_units)


WIDE = large(rows=20, features=32, hidden_units=40)
UNLEARNED = EXAMPLES["xor-neuron"].experiment  # whose weights end at 0, but for rounding
TWO_TARGETS = Experiment(Dataset(np.ones((600, 1)), np.linspace(0, 1, 1_200).reshape(600, 2)), epochs=2)


def printed_alone(experiment, folder):
    """Return what the script prints, and it makes no complaint."""
    process = run_alone(python_script(experiment), folder)
    assert (process.returncode, process.stderr) == (0, "")
    return process.stdout


def code_of_the_notebook(experiment):
    return code_of(jupyter_notebook(experiment))


@pytest.fixture(scope="module")
def kernel():
    """Start Jupyter's kernel once: that takes longer than the notebooks."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("MPLBACKEND", raising=False)  # which Streamlit sets, and Jupyter would respect
        client = NotebookClient(nbformat.v4.new_notebook())
        with client.setup_kernel():
            yield client


def run_notebook(experiment, kernel):
    """Run the notebook from a clean start; return what it prints, its pictures and its losses."""
    notebook = nbformat.reads(jupyter_notebook(experiment), as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
    notebook.cells.append(nbformat.v4.new_code_cell("loss = [float(value) for value in loss]\nloss"))
    kernel.nb = notebook
    kernel.execute(cleanup_kc=False)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert not any("Warning" in output["text"] for output in outputs if output.get("name") == "stderr")
    printed = "".join(output["text"] for output in outputs if output.get("name") == "stdout")
    pictures = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    return printed, pictures, json.loads(outputs[-1].data["text/plain"])


def code_lines(source):
    """Count the lines that hold code, docstrings left out."""
    tree = ast.parse(source)
    strings = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    layout = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return len({token.start[0] for token in tokens if token.type not in layout} - strings)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder to run scripts in."""
    return tmp_path_factory.mktemp("scripts")


def test_the_script_of_the_notebooks_experiment_prints_the_published_numbers(folder):
    """With a plain Python, NumPy and nothing else; between them stand the outputs with the final weights."""
    printed = digits(printed_alone(NOTEBOOK, folder))
    assert printed == digits_of_the_page(NOTEBOOK)
    assert printed["Output before training"] == ["0.26898640", "0.36375058", "0.23762817", "0.32627570"]
    assert printed["Output after training"] == ["0.07553274", "0.06168483", "0.95008079", "0.93870164"]
    assert printed["Output with the final weights"] == ["0.07532702", "0.06151182", "0.95022027", "0.93886839"]
    assert printed["Weights after training"] == ["5.45668723", "-0.21743969", "-2.50760127"]


def test_the_script_of_mazurs_example_prints_its_numbers(folder):
    """Two outputs; the biases, last of each layer's weights, are fixed."""
    printed = digits(printed_alone(MAZUR, folder))
    hidden, output = np.split(np.array(printed["Weights after training"], dtype=float), 2)
    assert printed["Output before training"] == ["0.75136507", "0.77292847"]
    assert hidden == pytest.approx([0.149780716, 0.24975114, 0.19956143, 0.29950229, 0.35, 0.35], abs=1e-8)
    assert output == pytest.approx([0.35891648, 0.511301270, 0.408666186, 0.561370121, 0.6, 0.6], abs=1e-8)


def test_the_script_of_a_large_table_prints_every_number(folder):
    """NumPy would leave out the middle of more than a thousand; the names are there and do no harm."""
    experiment = large(rows=2_500, features=3, hidden_units=3)
    assert digits(printed_alone(experiment, folder)) == digits_of_the_page(experiment)


@given(
    experiments()
    | networks()
    | experiments(datasets(st.floats(-1e50, 1e50)), st.floats(1e-9, 1e9))
    | networks(tables(st.floats(-1e50, 1e50)), st.floats(1e-9, 1e9))
    | networks().map(lambda drawn: replace(drawn, starting_weights=[layer * 1.7**9 for layer in drawn.weights_before]))
)
@example(replace(MAZUR, starting_weights=[-0.0 * layer for layer in MAZUR.weights_before]))
@example(Experiment(Dataset([[0], [1], [2]], [0.1, 1e9, 12.34], scale_targets=True), epochs=1, held_out=0.6))
def test_the_script_has_the_bits_of_the_page(folder, experiment):
    """Whatever is trained, without a warning: the digits printed and all the others."""
    printed, variables = run_here(python_script(experiment), folder)
    weights = [value for name, value in variables.items() if re.fullmatch(r"(hidden_|output_)?weights(_\d)?", name)]
    run = train(experiment)
    assert digits(printed) == digits_of_the_page(experiment)
    assert [layer.tobytes() for layer in weights] == [layer.tobytes() for layer in run.weights]
    assert variables["output"].tobytes() == run.after[experiment.training_rows].tobytes()


@pytest.mark.parametrize(
    "experiment",
    [*EXPERIMENTS, WIDE, TWO_TARGETS, UNLEARNED, large(4_000, 8, 0), large(1_000, 32, 8), large(1, 40, 0)],
)
def test_the_script_prints_the_digits_of_the_page(folder, experiment):
    """Typed starting weights, one row, saturated outputs, batches, many rows and columns, weights of next to 0."""
    printed, _ = run_here(python_script(experiment), folder)
    assert digits(printed) == digits_of_the_page(experiment)


def test_several_hidden_layers_have_numbers():
    """The last learns first; the biases, which are a row of the weights, pass no error back."""
    lines = [line.strip() for line in python_script(DEEP).splitlines()]
    assert [line for line in lines if line.startswith(("hidden_1", "hidden_2"))][:2] == [
        "hidden_1 = sigmoid(with_ones(X) @ hidden_weights_1)",
        "hidden_2 = sigmoid(with_ones(hidden_1) @ hidden_weights_2)",
    ]
    assert [line for line in lines if line.startswith("hidden_error")] == [
        "hidden_error_2 = delta @ output_weights[:-1].T",
        "hidden_error_1 = hidden_delta_2 @ hidden_weights_2[:-1].T",
    ]
    assert [line for line in lines if " += " in line] == [
        "output_weights += learning_rate * (with_ones(hidden_2).T @ delta)",
        "hidden_weights_2 += learning_rate * (with_ones(hidden_1).T @ hidden_delta_2)",
        "hidden_weights_1 += learning_rate * (with_ones(X).T @ hidden_delta_1)",
    ]


@pytest.mark.parametrize(
    ("experiment", "network"),
    [
        (NOTEBOOK, "A neuron with 3 inputs"),
        (HIDDEN, "A network of 3 inputs and 4 hidden units"),
        (replace(NOTEBOOK, hidden_units=1), "A network of 3 inputs and 1 hidden unit"),
        (DEEP, "A network of 3 inputs and 4 + 3 hidden units"),
        (MAZUR, "A network of 2 inputs, 2 hidden units and 2 outputs"),
        (Experiment(MAZUR.dataset), "A network of 2 inputs and 2 outputs"),
    ],
)
def test_the_script_begins_with_the_network(experiment, network):
    assert " ".join(python_script(experiment).split()).startswith(f'"""{network}, trained on ')


def test_numbers_are_written_as_short_as_reads_back_exactly():
    """No point and no plus that says nothing; but -0 is a whole number in Python, and has no sign."""
    weights = [-0.0, -10.0, 0.05, 1e16, -5e-324, 1e50]
    experiment = Experiment(Dataset(np.ones((1, 6)), [0.1]), starting_weights=[np.array([weights]).T])
    rows = re.search(r"weights = np.array\(\n    \[\n(.*?)\n    \],", python_script(experiment), re.DOTALL)[1]
    assert rows.split() == ["[-0.0],", "[-10],", "[0.05],", "[1e16],", "[-5e-324],", "[1e50],"]


@pytest.mark.parametrize(("experiment", "losses"), [(NOTEBOOK, 200), (HIDDEN, 300), (IN_BATCHES, 80)])
def test_the_notebook_prints_the_digits_of_the_page_and_plots_its_loss(kernel, experiment, losses):
    """One picture, no warning; the loss is that of all rows before each update."""
    printed, pictures, loss = run_notebook(experiment, kernel)
    assert digits(printed) == digits_of_the_page(experiment)
    assert len(pictures) == 1
    assert len(loss) == losses
    assert loss == pytest.approx(train(experiment).cross_entropy[:-1], rel=1e-12)


def test_the_notebook_to_fill_in_ends_with_what_is_missing(kernel):
    """That is all that Jupyter shows below the output before training."""
    kernel.nb = nbformat.reads(notebook_to_fill_in(train(NOTEBOOK)), as_version=4)
    with pytest.raises(CellExecutionError):
        kernel.execute(cleanup_kc=False)
    printed, stopped = next(
        cell.outputs for cell in kernel.nb.cells if "your_turn" in cell.source and cell.get("outputs")
    )
    assert printed["text"].startswith("Output before training:")
    assert stopped["traceback"] == ['Still to do: error. Replace your_turn("error") by its formula.']


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_notebook_is_valid_and_not_yet_run(experiment):
    """It has Markdown before every cell of code."""
    sections = 7 + experiment.has_biases + experiment.standardise + bool(experiment.held_out)
    sections += experiment.scale_targets
    notebook = nbformat.reads(jupyter_notebook(experiment), as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", *["markdown", "code"] * sections]
    assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_notebook_adds_nothing_to_the_script_but_the_loss(experiment):
    """All code of the script is in the notebook."""
    added = set(code_of_the_notebook(experiment).splitlines()) - set(python_script(experiment).splitlines())
    sum_of_outputs = ["row_loss = np.sum(row_loss, axis=1)  # over the outputs"]
    assert sorted(line.strip() for line in added) == [
        "# Loss: the mean of -y ln(output) - (1 - y) ln(1 - output), from the logit.",
        "import matplotlib.pyplot as plt",
        "loss = []",
        "loss.append(np.mean(row_loss))",
        "plt.plot(loss)",
        "plt.show()",
        'plt.title("Cross entropy (binary) loss")',
        f'plt.xlabel("{"Update" if experiment.batch_size else "Epoch"}")',
        'plt.ylabel("Loss")',
        *(sum_of_outputs if len(experiment.dataset.target_names) > 1 else []),
        "row_loss = y * np.logaddexp(0, -logit) + (1 - y) * np.logaddexp(0, logit)",
    ]


@pytest.mark.parametrize("write", [python_script, code_of_the_notebook])
@pytest.mark.parametrize(
    ("experiment", "used"),
    [
        (NOTEBOOK, {"slope", "seed"}),
        (replace(NOTEBOOK, objective="cross_entropy"), {"seed"}),
        (replace(NOTEBOOK, hidden_units=2), {"slope", "seed", "hidden"}),
        (replace(NOTEBOOK, learning_rate=2), {"slope", "seed", "learning_rate"}),
        (NIELSEN, {"learning_rate"}),
        (large(2_000, 1, 0), {"slope", "seed", "learning_rate", "threshold"}),
        (replace(NOTEBOOK, hidden_units=(2, 2)), {"slope", "seed", "hidden", "hidden_2"}),
        (replace(NOTEBOOK, biases="learned"), {"slope", "seed", "with_ones"}),
        (MAZUR, {"slope", "hidden", "learning_rate", "with_ones", "change[-1]", "Targets"}),
        (ROW_BY_ROW, {"slope", "seed", "batch"}),
        (STANDARDISED, {"slope", "seed", "means"}),
    ],
)
def test_the_code_has_no_part_that_the_experiment_does_not_use(write, experiment, used):
    """Slope, hidden layers, learning rate, seed, biases and the like are there only if they matter."""
    words = {"slope", "seed", "hidden", "learning_rate", "threshold"}
    words |= {"hidden_2", "with_ones", "change[-1]", "Targets", "batch", "means"}
    code = write(experiment)
    assert {word for word in words if word in code} == used


def test_the_script_is_not_longer_than_the_published_notebook():
    """In lines of code, although an array has each row on a line of its own."""
    assert code_lines(python_script(NOTEBOOK)) <= PUBLISHED_CODE_LINES


@pytest.mark.parametrize("experiment", [*EXPERIMENTS, replace(IN_BATCHES, biases="fixed", learning_rate=1 / 3)])
def test_only_data_and_names_make_a_line_long(experiment):
    long = [line for line in code_of_the_notebook(experiment).splitlines() if len(line) > LINE_LENGTH]
    long += [line for line in python_script(experiment).splitlines() if len(line) > LINE_LENGTH]
    long += [line for line in script_to_fill_in(train(experiment)).splitlines() if len(line) > LINE_LENGTH]
    data = r" +\[-?\d|(y|means|deviations|right.*) = |# (Inputs|Target)"
    assert [line for line in long if not re.match(data, line)] == []


def test_ruff_has_nothing_to_say(tmp_path):
    """As it is by default: every script and every notebook is linted and formatted."""
    for number, experiment in enumerate([*EXPERIMENTS, WIDE, large(2_000, 2, 0)]):
        (tmp_path / f"script_{number}.py").write_text(python_script(experiment), encoding="utf-8")
        (tmp_path / f"notebook_{number}.ipynb").write_text(jupyter_notebook(experiment), encoding="utf-8")
        run = train(experiment)
        (tmp_path / f"script_to_fill_in_{number}.py").write_text(script_to_fill_in(run), encoding="utf-8")
        (tmp_path / f"notebook_to_fill_in_{number}.ipynb").write_text(notebook_to_fill_in(run), encoding="utf-8")
    for command in (["check"], ["format", "--check"]):
        options = ["--isolated", "--no-cache", str(tmp_path)]
        ruff = [sys.executable, "-m", "ruff", *command, *options]
        result = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout


@lru_cache(maxsize=4)  # of the notebook's
def meaning_and_lines(code):
    return ast.dump(ast.parse(code.encode())), len(code.splitlines())


@given(st.lists(column_names, min_size=4, max_size=4, unique_by=column_name))
@example([*NASTY_NAMES, "\x00'"])
@example(["coding: utf-7", "# noqa", "\\", "\U0010ffff"])
def test_no_name_gets_out_of_its_comment(names):
    """The bytes of the script mean the same whatever the columns are called, and so does the notebook's code."""
    *input_names, target_name = names
    named = replace(NOTEBOOK, dataset=Dataset(NOTEBOOK.dataset.inputs, [0, 0, 1, 1], input_names, target_name))
    for write in (python_script, code_of_the_notebook):
        assert meaning_and_lines(write(named)) == meaning_and_lines(write(NOTEBOOK))
