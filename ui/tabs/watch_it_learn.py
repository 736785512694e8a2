"""Watch it learn: the run as an animation that the browser plays by itself."""

import streamlit as st

from core import Run
from ui import player
from ui.figures.film import MOST_FILMED_ROWS, is_pulled, learning_figure
from ui.figures.ready import ReadyFigure
from ui.figures.style import toolbar
from ui.session import key
from ui.text import count_text, digits_text, update_word
from ui.training import Shown
from ui.view import Place

FILM = key("film")
UNSEEN = f"<style>.st-key-{FILM} .updatemenu-container {{ display: none; }}</style>"


def show(shown: Shown, _place: Place) -> None:
    """Show the animation, and say what moves in it."""
    experiment = shown.run.experiment
    rows = len(experiment.dataset.targets)
    pulls = (
        "The :violet[arrows] on them are what the next update does: onward where the weight becomes larger, back where "
        "smaller. "
    )
    st.markdown(
        "Press Play. Above, the connections grow and change sides: :blue[blue] weights are positive, :orange[orange] "
        f"ones negative, the wider the larger. {pulls if is_pulled(experiment) else ''}Below, the :green[outputs] of "
        "the rows move towards their targets, the squares; the dotted lines between them are the :violet[errors]. "
        "Beside them, the loss so far."
    )
    word, figure = update_word(experiment), learning_figure(shown.run)
    player.show(FILM, str(hash(experiment)), [frame["name"] for frame in figure["frames"]], word)
    st.html(UNSEEN)
    st.plotly_chart(ReadyFigure(figure), key=FILM, config=toolbar("learning"), alt=_in_words(shown.run))
    rest = (
        f" Of {count_text(rows, 'row')}, {MOST_FILMED_ROWS} are drawn, evenly spread."
        if rows > MOST_FILMED_ROWS
        else ""
    )
    st.caption(
        f"Early {word}s, in which most changes, play more slowly: each frame adds about the same share to the {word}s "
        f"before it.{rest}"
    )


def _in_words(run: Run) -> str:
    """Say what is seen in the film."""
    first, last = (digits_text(float(run.cross_entropy[k]), 3) for k in (0, -1))
    states = f"in state 0 to {last} in state {run.experiment.updates:,}"
    return f"The run as an animation, in which the loss goes from {first} {states}, and the rows' outputs with it."
