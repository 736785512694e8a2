"""Share and take home: a link to the experiment, files for other programs, and a file opened again."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, NamedTuple

import streamlit as st

from core import EXAMPLES
from core.messages import shown as quoted
from ui import address, class_link
from ui.aspects import changes
from ui.figures.plan import network_plan
from ui.formats.saved import (
    LARGEST_FILE,
    InvalidExperimentFile,
    experiment_json,
    loss_csv,
    predictions_csv,
    run_json,
    settings_from_json,
    table_csv,
    weights_json,
)
from ui.formats.script import jupyter_notebook, notebook_to_fill_in, python_script, script_to_fill_in
from ui.formats.spreadsheet import MOST_CELLS, cell_count, step_spreadsheet
from ui.formats.worksheet import Task, worksheet_html
from ui.session import key
from ui.sidebar import controls
from ui.sidebar.controls import DECIMALS, LEVEL, STATE
from ui.streamlit_private import kept
from ui.text import count_text, escape
from ui.training import Shown
from ui.view import Place, View
from ui.worked.exercise import exercise_of
from ui.worked.sheet import places
from ui.worked.step import neurons, step_at

LONG_LINK: Final = 4_000  # characters
MOST_STEPS, MOST_VERSIONS = 6, 30  # of a worksheet
CLASS: Final = key("class_link")
PROBLEM, UPLOADS = key("experiment_file_problem"), key("experiment_files_opened")
OPENED, ANNOUNCED = key("experiment_file_opened"), key("experiment_file_announced")


class Worksheet(NamedTuple):
    """What a worksheet asks."""

    steps: int
    versions: int
    level: int
    decimals: int


class Download(NamedTuple):
    """A file that is made when it is asked for."""

    label: str
    file_name: str
    mime: str
    help: str
    content: Callable[[Shown], str | bytes]


EXPERIMENT: Final = Download(
    "Experiment (JSON)",
    "experiment.json",
    "application/json",
    "The data table and every setting. This page opens it again, below.",
    lambda shown: experiment_json(shown.run.experiment, shown.settings.example, shown.settings.title),
)
RESULTS: Final = (
    Download(
        "Predictions (CSV)",
        "predictions.csv",
        "text/csv",
        "Each row of the data: inputs, target, and the output before, in the last pass and final.",
        lambda shown: predictions_csv(shown.run),
    ),
    Download("Loss (CSV)", "loss.csv", "text/csv", "Both losses in every state.", lambda shown: loss_csv(shown.run)),
    Download(
        "Weights (JSON)",
        "weights.json",
        "application/json",
        "Before and after training.",
        lambda shown: weights_json(shown.run),
    ),
    Download(
        "Whole run (JSON)",
        "run.json",
        "application/json",
        "The experiment, its losses, weights and outputs in one file.",
        lambda shown: run_json(shown.run, shown.settings.example, shown.settings.title),
    ),
)
SOURCES: Final = (
    EXPERIMENT,
    Download(
        "Data table (CSV)",
        "data.csv",
        "text/csv",
        "The inputs and the target. Up to 1 MB, it can be uploaded here again, below the data table.",
        lambda shown: table_csv(shown.run.experiment.dataset),
    ),
    Download(
        "Python script",
        "neural_network.py",
        "text/x-python",
        "Trains with NumPy alone, and prints the digits of this page.",
        lambda shown: python_script(shown.run.experiment),
    ),
    Download(
        "Jupyter notebook",
        "neural_network.ipynb",
        "application/x-ipynb+json",
        "The script in cells. It also plots the loss, with Matplotlib.",
        lambda shown: jupyter_notebook(shown.run.experiment),
    ),
)
TO_FILL_IN: Final = (
    Download(
        "Script to fill in",
        "neural_network_to_fill_in.py",
        "text/x-python",
        "Says which formula is missing next, and checks the numbers of those that are there.",
        lambda shown: script_to_fill_in(shown.run),
    ),
    Download(
        "Notebook to fill in",
        "neural_network_to_fill_in.ipynb",
        "application/x-ipynb+json",
        "The same in cells, for Jupyter.",
        lambda shown: notebook_to_fill_in(shown.run),
    ),
)


def show(shown: Shown, _place: Place) -> None:
    """Show link, files and upload."""
    st.header("Share", anchor=False)
    _show_link(shown)
    with st.expander("A link for a class", key=CLASS, on_change="rerun") as place:
        if place.open:
            class_link.show(shown)
    st.header("Take home", anchor=False)
    _show_downloads("What came out, every number to its last bit:", RESULTS, shown)
    _show_downloads("What it came from, to train it again here or elsewhere:", SOURCES, shown)
    _show_downloads("The code without the formulas of its backward pass, to write them yourself:", TO_FILL_IN, shown)
    st.header("Worksheet", anchor=False)
    _show_worksheet(shown)
    _show_spreadsheet(shown)
    st.header("Open an experiment file", anchor=False)
    _show_upload()


def _show_link(shown: Shown) -> None:
    link = address.link(shown.settings)
    if link is None:
        st.info("The data table is too large for a link. Send the experiment as a file instead.")
        _show_download(EXPERIMENT, shown, "share_experiment")
        return
    st.code(link, language=None, wrap_lines=len(link) <= LONG_LINK)
    st.caption(
        f"The link is {count_text(len(link), 'character')} long and holds the whole experiment; nothing is kept on "
        "the server."
    )
    if len(link) > LONG_LINK:
        st.info("Some programs cut a link as long as this. The experiment can be sent as a file, too.")
        _show_download(EXPERIMENT, shown, "share_experiment")


def _show_downloads(title: str, downloads: Iterable[Download], shown: Shown) -> None:
    st.markdown(title)
    with st.container(horizontal=True):
        for download in downloads:
            _show_download(download, shown, download.file_name)


def _show_download(download: Download, shown: Shown, name: str) -> None:
    st.download_button(
        download.label,
        kept(lambda: download.content(shown), download.mime, download.file_name),
        download.file_name,
        download.mime,
        key=key(name),
        help=download.help,
        on_click="ignore",
    )


def _show_worksheet(shown: Shown) -> None:
    """Show how many steps and versions there are to be, and the file."""
    level: int = st.session_state.get(LEVEL, View.level)
    decimals: int = st.session_state.get(DECIMALS, View.decimals)
    st.markdown(
        "Steps of this run to be worked out on paper, some numbers left blank: "
        f"{'the new weight' if level == 1 else f'the last {level} numbers of each'}, as Your turn has it, to "
        f"{decimals} decimals. Versions differ in row, state and neuron; the key is on a page of its own."
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        steps = st.number_input("Steps", 1, MOST_STEPS, 3, key=key("worksheet_steps"), persist_state="page", width=120)
        versions = st.number_input(
            "Versions", 1, MOST_VERSIONS, 1, key=key("worksheet_versions"), persist_state="page", width=120
        )
        sheet = Worksheet(steps, versions, level, decimals)
        link_to = address.links(shown.settings)
        file = Download(
            "Worksheet (HTML)",
            "worksheet.html",
            "text/html",
            "To be opened in a browser and printed, on A4 or Letter.",
            lambda shown: worksheet(shown, sheet, link_to),
        )
        _show_download(file, shown, file.file_name)


def worksheet(shown: Shown, sheet: Worksheet, link_to: Callable[[View], str | None]) -> str:
    """Return the worksheet of the run; each version's number is the seed of its steps."""
    run = shown.run
    names = {place: name for name, place in neurons(run.experiment).items()}

    def task(place: Place) -> Task:
        at = View("turn", state=place.k, row=place.row + 1, neuron=names[place.neuron])
        view = replace(at, level=sheet.level, decimals=sheet.decimals)
        return Task(exercise_of(step_at(run, place)), link_to(view))

    seeds = range(1, sheet.versions + 1)
    versions = [list(map(task, places(run.experiment, sheet.steps, seed))) for seed in seeds]
    return worksheet_html(_title(shown), network_plan(run.experiment), versions, sheet.level, sheet.decimals)


def _title(shown: Shown) -> str:
    """Return what a sheet is called."""
    settings = shown.settings
    return settings.title or EXAMPLES[settings.example].title + (", changed" if changes(settings) else "")


def _show_spreadsheet(shown: Shown) -> None:
    """Show the file of the step that is looked at, or why it would be too large."""
    experiment = shown.run.experiment
    k = min(st.session_state.get(STATE, 0), experiment.updates)
    st.markdown(
        f"The update of state {k:,}, the one chosen in Step through, as a spreadsheet of formulas: change an input or "
        "a weight there, and what is calculated follows."
    )
    cells = cell_count(experiment, k)
    if cells > MOST_CELLS:
        st.info(
            f"The spreadsheet would have about {round(cells, -3):,} cells; the limit is {MOST_CELLS:,}. Choose fewer "
            "rows per update, in the finer controls."
        )
        return
    file = Download(
        "Spreadsheet (ODS)",
        "step.ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        "For LibreOffice, Excel and others. Printed, it fits the width of A4 landscape.",
        lambda shown: step_spreadsheet(_title(shown), step_at(shown.run, Place(k, 0, (0, 0)))),
    )
    _show_download(file, shown, file.file_name)


def _show_upload() -> None:
    """Show the upload; a file that was opened is let go of, one that cannot be stays beside its message."""
    file = st.file_uploader(
        "An experiment that was saved here as JSON sets all controls.",
        type="json",
        key=_upload_key(),
        on_change=_open,
        max_upload_size=LARGEST_FILE // 1_000_000,
    )
    if file:
        st.error(escape(st.session_state[PROBLEM]))
    if name := st.session_state.pop(ANNOUNCED, None):
        st.toast(f"{escape(quoted(name, str))} is open.")
    if name := st.session_state.pop(OPENED, None):
        st.session_state[ANNOUNCED] = name  # once the page is as the file says
        st.rerun()


def _upload_key() -> str:
    return key(f"experiment_file_{st.session_state.get(UPLOADS, 0)}")


def _open() -> None:
    file = st.session_state[_upload_key()]
    if not file:
        return
    try:
        controls.apply(settings_from_json(file.getvalue()))
    except InvalidExperimentFile as error:
        st.session_state[PROBLEM] = str(error)
    else:
        st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
        st.session_state[OPENED] = file.name
