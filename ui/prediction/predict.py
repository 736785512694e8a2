"""Predict, then see: a change is proposed, the reader guesses what it will do, then sees what came out."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from core import Experiment
from core.arrays import Array
from ui import on_demand, style, training
from ui.comparison import taking
from ui.figures.axis import LOG_TEXT
from ui.figures.guess import bars_chart, curve_chart, overlay_chart
from ui.figures.parts import stroke_of
from ui.figures.ready import ReadyFigure
from ui.figures.style import VIOLET, toolbar
from ui.prediction import choices, curves, words
from ui.prediction.changes import Change, change_of, in_words
from ui.prediction.choices import Choices, Ending
from ui.prediction.curves import Curves
from ui.session import key
from ui.sidebar import controls
from ui.text import count_text, digits_text, escape, spoken
from ui.training import Shown
from ui.view import CHANGES, GUESSES, PREDICTIONS, changes

SEEN, JUDGED = key("seen_guesses"), key("judged_guesses")  # by their places: the guess, and whether it was right
EARLIER: Final = key("earlier_guesses")  # how many guesses are forgotten, and how many of them were right
MOST_GUESSES: Final = 350  # that are remembered
LETTERS: Final = "ABCD"
QUESTIONS: Final = {
    "row": "Which row will end worst: furthest from its target?",
    "largest": "Which weight will end largest, whatever its sign?",
    "moved": "Which weight will move furthest from its starting value?",
}
SIGNS: Final = ":blue[blue] where it ends positive, :orange[orange] where negative"
MEASURED: Final = {
    "row": "Each bar is how far the row's outputs end from their targets, added up if there are several.",
    "largest": f"Each bar is the weight's absolute value in the end: {SIGNS}.",
    "moved": f"Each bar is how far the weight ends from its start: {SIGNS}.",
}
SCALED: Final = " The targets are scaled to 0 … 1."


def show(shown: Shown) -> None:
    """Show the change, what there is to choose from, and, once the reader has chosen, what came out."""
    experiment = shown.run.experiment
    name, asked, number = _choose(shown)
    change = change_of(experiment, name, number)
    now = in_words({name: getattr(experiment, name)})
    st.markdown(f"What if it had **{change.words}** instead of {now}, and all else were the same? Guess, then see.")
    place = f"{hash((experiment, change, number))}_{asked}"
    if problem := training.refusal(change.of(experiment)):
        st.warning(problem)
    elif asked == "loss":
        _predict_loss(experiment, change, number, place)
    else:
        _predict_ending(change.of(experiment), asked, number, place)
    _show_what_next(change, is_seen=place in st.session_state.get(JUDGED, {}))


def _choose(shown: Shown) -> tuple[str, str, int]:
    """Show the controls of what changes and what of it is guessed; return both, and the number."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            "Change",
            list(changes(shown.settings).names),
            format_func=CHANGES.__getitem__,
            key=controls.within("change", shown.settings),
            persist_state="page",
            width=180,
        )
        asked = st.selectbox(
            "Guess",
            list(GUESSES.names),
            format_func=GUESSES.shown,
            key=controls.within("guess", shown.settings),
            persist_state="page",
            width=240,
        )
        st.button("Another", on_click=_go_on, help="Another value to change to, and others to choose from.")
    number: int = st.session_state[controls.within("prediction", shown.settings)]
    return name, asked, number


def _go_on() -> None:
    st.session_state[controls.PREDICTION] = st.session_state[controls.PREDICTION] % PREDICTIONS.most + 1


def _predict_loss(experiment: Experiment, change: Change, number: int, place: str) -> None:
    with st.container():  # where a bar comes and goes; else the reader's focus would be lost with its place
        found = _offer_curves(experiment, change, number)
    if found is None:
        return
    guess = _ask(place, LETTERS[: len(found.curves)], "See")
    if guess is None:
        return
    _judge(place, words.on_curves(LETTERS, found.curves, found.right, guess), is_right=guess == found.right)
    truth, guessed = found.curves[found.right], found.curves[guess]
    st.plotly_chart(
        ReadyFigure(overlay_chart(truth, guessed if guess != found.right else None, found.axis)),
        key=key("overlay"),
        config=toolbar("prediction"),
        alt=f"What came out {truth.shape}; the guess {guessed.shape}",
    )
    st.caption(
        ". ".join(f"{letter}: {escape(curve.name)}" for letter, curve in zip(LETTERS, found.curves, strict=False))
    )


def _offer_curves(experiment: Experiment, change: Change, number: int) -> Curves | None:
    """Show the curves, or the button that makes them; return them if there is anything to choose."""
    found = on_demand.result(curves.order(experiment, change, number))
    if found is None:
        return None
    if len(found.curves) == 1:
        st.info(
            "Under every other setting that was tried the loss looks the same. Guess something else, or change another "
            "setting."
        )
        return None
    st.markdown("**Which of these will be its loss?** All are of real runs, the others under other settings.")
    _show_curves(found, change.of(experiment))
    return found


def _show_curves(found: Curves, changed: Experiment) -> None:
    """Show the curves side by side, two by two where there is no room for all."""
    with st.container(horizontal=True, gap="small"):
        for letter, curve in zip(LETTERS, found.curves, strict=False):
            with st.container(key=f"{style.CURVE}{letter}"):
                st.plotly_chart(
                    ReadyFigure(curve_chart(letter, curve, found.axis)),
                    key=key(f"chart_{letter}"),
                    config={"displayModeBar": False},
                    alt=f"{letter} {curve.shape}",
                )
    kind = LOG_TEXT if found.axis.kind == "log" else ""
    st.caption(f"Mean cross-entropy over {count_text(changed.updates, 'update')}, on equal axes.{kind}")


def _predict_ending(changed: Experiment, asked: str, number: int, place: str) -> None:
    there, order = choices.choices_of(changed, asked, number), choices.order(changed)
    if len(there.places) == 1:
        st.info(f"There is only one {'row' if asked == 'row' else 'weight'}. Guess something else.")
        return
    drawn = (
        f" These are {len(there.places)} of {there.count:,}, drawn at random."
        if there.count > len(there.places)
        else ""
    )
    st.markdown(f"**{QUESTIONS[asked]}**{drawn}")
    guess = _ask(place, there.labels, "Train and see")
    if guess is None:
        return
    ending = on_demand.result(order, is_asked=True)
    if ending is None:
        _take_back(place)
    else:
        sizes = ending.sizes(asked, there)
        text = words.on_ending(changed, asked, there, ending, guess)
        _judge(place, text, is_right=bool(sizes[guess] == sizes.max()))
        _show_bars(there, sizes, _colors(asked, there, ending), guess)
        st.caption(MEASURED[asked] + (SCALED if asked == "row" and changed.scale_targets else ""))


def _colors(asked: str, there: Choices, ending: Ending) -> list[str]:
    """Return the bars' colours: of a weight that of its sign."""
    if asked == "row":
        return [VIOLET] * len(there.places)
    return [stroke_of(ending.after[place]).color for place in there.places]


def _show_bars(there: Choices, sizes: Array, colors: Sequence[str], guess: int) -> None:
    told = [f"{spoken(name)} {digits_text(float(size), 4)}" for name, size in zip(there.names, sizes, strict=True)]
    st.plotly_chart(
        ReadyFigure(bars_chart(there.names, sizes, colors, guess)),
        key=key("bars"),
        config={"displayModeBar": False},
        alt=f"What came out: {', '.join(told)}",
    )


def _ask(place: str, labels: Sequence[str], button: str) -> int | None:
    """Show what there is to choose from, and the button that takes the guess, once; return it then."""
    seen: dict[str, int] = st.session_state.get(SEEN, {})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        guess = st.radio(
            "Your guess",
            range(len(labels)),
            index=None,
            format_func=lambda choice: escape(labels[choice]),
            key=key(f"guess_{place}"),
            persist_state="page",
            horizontal=True,
            width="content",
            disabled=place in seen,
        )
        st.button(
            button,
            on_click=_see,
            args=(place,),
            disabled=guess is None or place in seen,
            key=key(f"see_{place}"),
        )
    return seen.get(place)


def _see(place: str) -> None:
    """Take the guess; a callback."""
    guess = st.session_state[key(f"guess_{place}")]
    if guess is None:
        return
    seen = {**st.session_state.get(SEEN, {}), place: guess}
    for forgotten in list(seen)[:-MOST_GUESSES]:
        del seen[forgotten]
        st.session_state.pop(key(f"guess_{forgotten}"), None)
    st.session_state[SEEN] = seen


def _take_back(place: str) -> None:
    """Let the reader guess again where nothing came out."""
    st.session_state[SEEN] = {known: guess for known, guess in st.session_state[SEEN].items() if known != place}


def _judge(place: str, text: str, *, is_right: bool) -> None:
    """Say what came of the guess, and take it down."""
    judged = {**st.session_state.get(JUDGED, {}), place: is_right}
    guesses, right = st.session_state.get(EARLIER, (0, 0))
    for forgotten in list(judged)[:-MOST_GUESSES]:
        guesses, right = guesses + 1, right + judged.pop(forgotten)
    st.session_state[JUDGED], st.session_state[EARLIER] = judged, (guesses, right)
    (st.success if is_right else st.info)(escape(text))


def _show_what_next(change: Change, *, is_seen: bool) -> None:
    """Show what can be done with a change that was seen, and what was guessed so far."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_seen:
            st.button(
                "Make this the experiment",
                on_click=taking.take,
                kwargs={change.name: change.value},
                help=f"Sets the control: {change.words}. Then all of the page shows its run.",
            )
        judged: dict[str, bool] = st.session_state.get(JUDGED, {})
        if judged:
            guesses, right = st.session_state[EARLIER]
            st.caption(words.tally_text(guesses + len(judged), right + sum(judged.values())))
