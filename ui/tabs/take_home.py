"""Share and take home: a link to the experiment, files for other programs, and a file opened again."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import streamlit as st

from core import Experiment, Run
from ui import address
from ui.formats.link import LEARNING_RATES, MOST_EPOCHS, MOST_HIDDEN_UNITS
from ui.formats.saved import (
    LARGEST_FILE,
    InvalidExperimentFile,
    experiment_from_json,
    experiment_json,
    loss_csv,
    predictions_csv,
    run_json,
    table_csv,
    weights_json,
)
from ui.formats.script import jupyter_notebook, python_script
from ui.formats.table_text import MOST_COLUMNS
from ui.settings import Settings, settings_from
from ui.sidebar import controls
from ui.text import count_text, escape, number_text

LONG_LINK: Final = 4_000  # characters
UPLOAD, PROBLEM = "experiment_file", "experiment_file_problem"
UPLOADS, OPENED, ANNOUNCED = "experiment_files_opened", "experiment_file_opened", "experiment_file_announced"


class Download(NamedTuple):
    """A file that is made when it is asked for."""

    label: str
    file_name: str
    mime: str
    help: str
    content: Callable[[Run], str]


EXPERIMENT: Final = Download(
    "Experiment (JSON)",
    "experiment.json",
    "application/json",
    "The data table and every setting. This page opens it again, below.",
    lambda run: experiment_json(run.experiment),
)
RESULTS: Final = (
    Download(
        "Predictions (CSV)",
        "predictions.csv",
        "text/csv",
        "One row a row of the data: inputs, target, and the output before, in the last pass and after.",
        predictions_csv,
    ),
    Download("Loss (CSV)", "loss.csv", "text/csv", "Both losses in every state.", loss_csv),
    Download("Weights (JSON)", "weights.json", "application/json", "Before and after training.", weights_json),
    Download(
        "Whole run (JSON)",
        "run.json",
        "application/json",
        "The experiment, its losses, weights and outputs in one file.",
        run_json,
    ),
)
SOURCES: Final = (
    EXPERIMENT,
    Download(
        "Data table (CSV)",
        "data.csv",
        "text/csv",
        "The inputs and the target. Up to 1 MB, it can be uploaded here again, below the data table.",
        lambda run: table_csv(run.experiment.dataset),
    ),
    Download(
        "Python script",
        "neural_network.py",
        "text/x-python",
        "Trains with NumPy alone, and prints the digits of this page.",
        lambda run: python_script(run.experiment),
    ),
    Download(
        "Jupyter notebook",
        "neural_network.ipynb",
        "application/x-ipynb+json",
        "The script in cells. It also plots the loss, with Matplotlib.",
        lambda run: jupyter_notebook(run.experiment),
    ),
)


def show(run: Run, settings: Settings | None) -> None:
    """Show link, files and upload; `settings` are those of `run`, None if the controls say something else."""
    st.subheader("Share", anchor=False)
    if settings:
        _show_link(run)
    else:
        st.info("There is no link to the run shown here: the controls are set to what could not be trained.")
    st.subheader("Take home", anchor=False)
    _show_downloads("What came out, every number to its last bit:", RESULTS, run)
    _show_downloads("What it came from, to train it again here or elsewhere:", SOURCES, run)
    st.subheader("Open an experiment file", anchor=False)
    _show_upload()


def _show_link(run: Run) -> None:
    link = address.link()
    if link is None:
        st.info("The data table is too large for a link. Send the experiment as a file instead.")
        _show_download(EXPERIMENT, run, key="share_experiment")
        return
    st.code(link, language=None, wrap_lines=len(link) <= LONG_LINK)
    st.caption(
        f"The link is {count_text(len(link), 'character')} long and holds all of the experiment; nothing is kept on "
        "the server."
    )
    if len(link) > LONG_LINK:
        st.info("Some programs cut a link as long as this. The experiment can be sent as a file, too.")
        _show_download(EXPERIMENT, run, key="share_experiment")


def _show_downloads(title: str, downloads: Iterable[Download], run: Run) -> None:
    st.markdown(title)
    with st.container(horizontal=True):
        for download in downloads:
            _show_download(download, run, key=download.file_name)


def _show_download(download: Download, run: Run, key: str) -> None:
    st.download_button(
        download.label,
        lambda: download.content(run),
        download.file_name,
        download.mime,
        key=key,
        help=download.help,
        on_click="ignore",
    )


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
        st.toast(f"{escape(name)} is open.")
    if name := st.session_state.pop(OPENED, None):
        st.session_state[ANNOUNCED] = name  # once the page is as the file says
        st.rerun()


def _upload_key() -> str:
    return f"{UPLOAD}_{st.session_state.get(UPLOADS, 0)}"


def _open() -> None:
    file = st.session_state[_upload_key()]
    if not file:
        return
    try:
        controls.apply(settings_in(file.getvalue()))
    except InvalidExperimentFile as error:
        st.session_state[PROBLEM] = str(error)
    else:
        st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
        st.session_state[OPENED] = file.name


def settings_in(text: bytes) -> Settings:
    """Return the controls that a saved experiment sets. Raises `InvalidExperimentFile`."""
    experiment = experiment_from_json(text)
    if problem := _out_of_range(experiment):
        raise InvalidExperimentFile(problem)
    return settings_from(experiment)


def _out_of_range(experiment: Experiment) -> str | None:
    """Say what the page has no control for; None if it has for everything."""
    least, most = LEARNING_RATES
    columns = experiment.dataset.inputs.shape[1] + 1
    if experiment.epochs > MOST_EPOCHS:
        return (
            f"The file has {experiment.epochs:,} epochs; this page trains at most {MOST_EPOCHS:,}. Write fewer into it."
        )
    if experiment.hidden_units > MOST_HIDDEN_UNITS:
        return (
            f"The file has {experiment.hidden_units:,} hidden units; this page has at most {MOST_HIDDEN_UNITS}. "
            "Write fewer into it."
        )
    if not least <= experiment.learning_rate <= most:
        return (
            f"The file has learning rate {number_text(experiment.learning_rate)}; this page has {number_text(least)} "
            f"to {most:,.0f}. Write one of these into it."
        )
    if columns > MOST_COLUMNS:
        return f"The file's table has {columns:,} columns; this page has at most {MOST_COLUMNS}. Leave some out."
    return None
