"""The way down: the objective over two weights with the run's way on it, and whether the update is the way down."""

import math
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from core import Run, check_gradient
from core.landscape import LEAST_POINTS, PICTURE_LIMIT, Landscape, landscape, most_moved, picture_seconds
from core.objectives import OBJECTIVES, ObjectiveName
from ui import tables
from ui.figures.landscape import SMALL_HEIGHT, Look, arrow_factor, landscape_figure
from ui.figures.ready import ReadyFigure
from ui.figures.style import toolbar
from ui.names import connection_names, distinct
from ui.once import once_a_run
from ui.session import key
from ui.settings import PUBLISHED
from ui.sidebar import controls
from ui.sidebar.controls import STATE
from ui.text import OBJECTIVE_NAMES
from ui.training import Shown
from ui.view import RELIEFS, SCALES, Place
from ui.worked import descent
from ui.worked.measured_slopes import check_columns, truth, verdict

ACROSS, UP, RELIEF, SCALE, TURN = (key(name) for name in ("weight_across", "weight_up", "relief", "scale", "turn"))
TURN_STEP = 15  # degrees
CHOICE_WIDTH, PICTURE_WIDTH, WORDS_WIDTH = 168, 450, 300  # pixels
BAD_START = "nielsen-bad"
MOST_PRODUCTS = 600_000  # weights × rows: each weight costs two forward passes,
LAYER_ROWS = 100  # in which a layer takes as long as for this many rows, however few there are
FIXED = " Biases are fixed: they are neither updated nor nudged."

most_moved_of = once_a_run(most_moved)


def show(shown: Shown, place: Place) -> None:
    """Show the picture and its heights in state k, both objectives for a single neuron, and the check."""
    run = shown.run
    st.markdown(descent.introduction(run))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        places = _choose_weights(run)
        look = _choose_look(places)
    ground = landscape(run, place.k, places)
    if ground:
        _show_picture(ground, look)
        _show_both_objectives(ground, look)
    else:
        seconds = picture_seconds(run.experiment, LEAST_POINTS ** len(places))
        st.info(descent.refusal(seconds, PICTURE_LIMIT, len(run.experiment.inputs)))
    with st.container():
        st.header("The truth about the delta", anchor=False)
        _show_check(run, place.k)


def _choose_weights(run: Run) -> list[int]:
    """Show the choice of the weights, if there are several; return the places of two of them, or of the only one."""
    names = distinct(connection_names(run.experiment))
    if len(names) == 1:
        return [0]
    numbers, moved = range(1, len(names) + 1), [place + 1 for place in most_moved_of(run)]
    up = st.session_state.get(UP)
    across = _choose_weight("Weight across", ACROSS, names, numbers, next(one for one in moved if one != up))
    others = [number for number in numbers if number != across]
    up = _choose_weight("Weight up", UP, names, others, next(one for one in moved if one != across))
    return [across - 1, up - 1]


def _choose_weight(label: str, place: str, names: Sequence[str], numbers: Sequence[int], moved: int) -> int:
    """Show the choice of one of the weights with these numbers, counted from 1; until one is chosen it is `moved`."""
    if st.session_state.get(place) not in numbers:
        st.session_state[place] = None
    chosen = st.selectbox(
        label,
        numbers,
        None,
        lambda number: names[number - 1],
        key=place,
        help="Until you choose one, it is one of the two that moved most in this run.",
        placeholder=names[moved - 1],
        persist_state="page",
        width=CHOICE_WIDTH,
        on_change=_keep_apart,
    )
    return moved if chosen is None else chosen


def _keep_apart() -> None:
    """Give up the choice of the weight up where the other has become the same."""
    if st.session_state[UP] == st.session_state[ACROSS]:
        st.session_state[UP] = None


def _choose_look(places: Sequence[int]) -> Look:
    """Show how the picture may look; return what is chosen."""
    is_surface = len(places) > 1 and _choose("Drawn as", RELIEF, RELIEFS) == "surface"
    scale = _choose("Scale", SCALE, SCALES)
    turn = 0
    if is_surface:
        turn = st.slider(
            "Turned by", 0, 360, step=TURN_STEP, format="%d°", key=TURN, persist_state="page", width=CHOICE_WIDTH
        )
    return Look(is_log=scale == "log", is_surface=is_surface, turn=turn)


def _choose(label: str, place: str, names: Mapping[str, str]) -> str | None:
    return st.radio(
        label, list(names), None, names.__getitem__, key=place, persist_state="page", horizontal=True, width="content"
    )


def _show_picture(ground: Landscape, look: Look) -> None:
    """Show the ground, and beside it what its heights are."""
    objective = ground.run.experiment.objective
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=PICTURE_WIDTH):
            _show_ground("landscape", ground, objective, look)
        words = st.container(width=WORDS_WIDTH)
    with words:
        st.markdown(descent.step_in_words(ground, objective, arrow_factor(ground, objective)))
        st.markdown(f"How high the path lies, as **{OBJECTIVE_NAMES[objective]}**:")
        tables.show(descent.heights_table(ground, objective))
        st.markdown(descent.heights_in_words(ground, objective))


def _show_ground(name: str, ground: Landscape, objective: ObjectiveName, look: Look) -> None:
    st.plotly_chart(
        ReadyFigure(landscape_figure(ground, objective, descent.chosen_names(ground), look)),
        key=key(name),
        on_select=partial(_go_to_clicked, key(name)),
        selection_mode="points",
        config=toolbar(name),
        alt=descent.picture_in_words(ground, objective, has_path=look.has_path),
    )


def _go_to_clicked(place: str) -> None:
    """Choose the state of the path that was clicked."""
    k = _state_of(st.session_state[place].selection.points)
    if k is not None:
        st.session_state[STATE] = k


def _state_of(points: object) -> int | None:
    """Return the state of the first point that was clicked; None if it is none of the path, or a program made it up."""
    match points:
        case [{"customdata": [int() | float() as k, *_]}, *_] if math.isfinite(k):
            return int(k)
    return None


def _show_both_objectives(ground: Landscape, look: Look) -> None:
    """Show a single neuron's ground under both objectives; of another network, the way to such a neuron."""
    experiment = ground.run.experiment
    with st.container():
        st.header("Why cross-entropy has no flat plain", anchor=False)
        if experiment.sizes[1:] != (1,):
            st.markdown(
                "A single neuron shows it best: both objectives over the same two weights, beside each other, for a "
                "start at which the neuron is badly wrong."
            )
            controls.button("Open Nielsen's neuron", controls.apply, PUBLISHED[BAD_START], key=key("open_bad"))
            return
        for objective, column in zip(OBJECTIVES, st.columns(2, gap="medium"), strict=True):
            is_descended = objective == experiment.objective
            with column:
                whose = ", which this run descends" if is_descended else ""
                st.markdown(f"**{OBJECTIVE_NAMES[objective].capitalize()}**{whose}")
                small = Look(is_log=look.is_log, has_path=is_descended, height=SMALL_HEIGHT)
                _show_ground(f"ground_{objective}", ground, objective, small)
        st.markdown(descent.steepness_in_words(ground))


def _show_check(run: Run, k: int) -> None:
    """Show the check in state k, what it says, and the switch to the other objective."""
    experiment = run.experiment
    st.markdown(
        "Is the update that Step through shows really the way down? To find out without any of its formulas, each "
        "weight is nudged a little up and a little down, and the loss is computed both times. How much the loss falls "
        "for each 1 that the weight rises, measured like this, is minus the **gradient**; the method is called the "
        "**central finite difference**."
    )
    rows = len(range(len(experiment.inputs))[experiment.batch(k)])
    if experiment.weight_count * (rows + LAYER_ROWS * len(experiment.shapes)) > MOST_PRODUCTS:
        st.info("This experiment is too large to be checked at once.")
        return
    check = check_gradient(experiment, run.weights_after(k), k=k)
    columns = check_columns(run, check)
    tables.show_numbers("slopes", columns, connection_names(experiment), of="weight")
    scaled = "" if experiment.learning_rate == 1 else ", divided by the learning rate"
    batched = experiment.updates_per_epoch > 1
    st.caption(
        f"**{columns[0].name}**: the change of each weight in Step through{scaled}. Beside it, minus the "
        f"measured gradient of each loss, summed over the rows{' of the update' if batched else ''} like the update."
        f"{FIXED if experiment.biases == 'fixed' else ''}"
    )
    st.markdown("\n".join(f"- {verdict(check, objective)}" for objective in OBJECTIVES))
    st.markdown(truth(experiment.objective))
    other = next(name for name in OBJECTIVES if name != experiment.objective)
    label = f"Descend {OBJECTIVE_NAMES[other]} instead"
    controls.button(label, controls.set_to, "objective", other, key=key("descend_other"))
