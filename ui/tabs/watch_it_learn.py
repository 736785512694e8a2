"""Watch it learn: the run as an animation that the browser plays by itself."""

from collections.abc import Sequence

import streamlit as st

from core import Experiment, Run
from core.slices import Slice, slice_of
from ui import player
from ui.chosen_inputs import choose_columns
from ui.figures.caption import caption
from ui.figures.changing import changing_figure, frame_bytes, slice_shown
from ui.figures.computed import Computed, fine_points, first_subject
from ui.figures.film import MOST_FILMED_ROWS, film_states, frame_name, is_pulled, learning_figure
from ui.figures.in_words import names_in, read_aloud, seen
from ui.figures.ready import ReadyFigure
from ui.figures.row_marks import Marked
from ui.figures.style import toolbar
from ui.session import key
from ui.text import digits_text, drawn_text, escape, spoken, update_word
from ui.training import Shown
from ui.view import Place

FILM, PICTURE = key("film"), key("film_picture")
UNSEEN = f"<style>:is(.st-key-{FILM}, .st-key-{PICTURE}) .updatemenu-container {{ display: none; }}</style>"
WIDTHS = (3, 2)  # of the network to that of the picture beside it


def show(shown: Shown, _place: Place) -> None:
    """Show the animation, and say what moves in it."""
    run = shown.run
    experiment = run.experiment
    introduction = st.empty()
    with st.container(horizontal=True):
        columns = choose_columns(experiment.dataset)
    over = slice_shown(experiment, columns)
    introduction.markdown(_introduction(experiment, over))
    states = film_states(experiment, frame_bytes(experiment, over))
    film, names = str(hash((experiment, over.columns))), list(map(frame_name, states))
    player.show([FILM, PICTURE], film, names, update_word(experiment))
    st.html(UNSEEN)
    network, picture = st.columns(WIDTHS, gap="medium")
    with network:
        _show_network(run, states)
    with picture:
        _show_picture(run, over, states)


def _introduction(experiment: Experiment, over: Slice) -> str:
    pulls = (
        "The :violet[arrows] on them are what the next update does: onward where the weight becomes larger, back where "
        "smaller. "
    )
    picture = "curve" if len(over.columns) == 1 else "map"
    return (
        "Press Play. The connections grow and change colour: :blue[blue] weights are positive, :orange[orange] "
        f"ones negative, the wider the larger. {pulls if is_pulled(experiment) else ''}Below them, the :green[outputs] "
        "of the rows move towards their targets, the squares; the dotted lines between them are the :violet[errors]. "
        f"Beside them, the loss so far. The {picture} is what the network computes meanwhile."
    )


def _show_network(run: Run, states: Sequence[int]) -> None:
    experiment = run.experiment
    rows, word = len(experiment.dataset.targets), update_word(experiment)
    st.plotly_chart(
        ReadyFigure(learning_figure(run, states)), key=FILM, config=toolbar("learning"), alt=_network_in_words(run)
    )
    rest = drawn_text(min(rows, MOST_FILMED_ROWS), rows)
    st.caption(
        f"Early {word}s, in which most changes, play more slowly: each frame adds about the same share to the {word}s "
        f"before it.{rest}"
    )


def _network_in_words(run: Run) -> str:
    """Say what is seen of the network, its outputs and its loss."""
    first, last = (digits_text(float(run.cross_entropy[k]), 3) for k in (0, -1))
    states = f"in state 0 to {last} in state {run.experiment.updates:,}"
    return f"The run as an animation, in which the loss goes from {first} {states}, and the rows' outputs with it."


def _show_picture(run: Run, over: Slice, states: Sequence[int]) -> None:
    """Show the curve or the map of every state, and say how the first and the last look, as What it computes does."""
    experiment = run.experiment
    subject = first_subject(experiment)
    fine = slice_of(experiment.dataset, over.columns, over.held, fine_points(over.columns))
    ends = {k: Computed(experiment, run.weights_after(k), fine) for k in (0, experiment.updates)}
    names = names_in(experiment.dataset, spoken)
    aloud = [f"State {k:,}. {read_aloud(end, subject, *names)}" for k, end in ends.items()]
    st.plotly_chart(
        ReadyFigure(changing_figure(run, over, states)),
        key=PICTURE,
        config={"displayModeBar": False},
        alt=f"What the network computes, as an animation. {' '.join(aloud)}",
    )
    _, targets = names_in(experiment.dataset, escape)
    said = [f"In state {k:,} {seen(end, subject, targets)}" for k, end in ends.items()]
    st.caption(f"{' '.join(said)}\n\n{caption(experiment, over, subject, Marked())}")
