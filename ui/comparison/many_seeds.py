"""Many seeds: how the same experiment goes from other starting weights, and whether this run was lucky."""

from dataclasses import replace
from functools import partial

import streamlit as st

from core import Experiment, Spread, estimate_spread, spread_of
from ui import tables
from ui.comparison import luck, taking
from ui.comparison.spreads import NEVER_TEXT, held_out_text, learned_text
from ui.figures.endings import endings_chart
from ui.figures.fan import MOST_SINGLE, bands, end_alike, fan_chart
from ui.figures.ready import ReadyFigure
from ui.figures.style import toolbar
from ui.on_demand import Order, result
from ui.session import key
from ui.settings import Settings
from ui.sidebar import controls
from ui.table import Table
from ui.text import count_text, drawn_text, exact_text, update_word
from ui.training import Shown
from ui.view import SEEDS

FAN, SINGLE, ENDINGS = key("fan"), key("single"), key("endings")


def show(shown: Shown) -> None:
    """Show the fan of the seeds' losses, which seeds are best and worst, and where the outputs end."""
    experiment = shown.run.experiment
    if not experiment.has_draws:
        st.info(
            "The starting weights of this run are typed, so a seed changes nothing. To draw them, switch off “Type the "
            "starting weights” among the finer controls."
        )
        return
    drawn = "with the rows held out by" if experiment.starting_weights else "from the starting weights of"
    st.markdown(
        f"Was it luck? The same experiment {drawn} many seeds, each trained as the one above. A click on a point "
        "takes its seed."
    )
    seeds, single = _choose(shown.settings)
    spread = result(order(experiment, seeds))
    if spread is not None:
        _show_fan(spread, shown, single=single)
        _show_seeds(spread, shown)
        _show_endings(spread, shown)
    luck.show(experiment)


def order(experiment: Experiment, seeds: int) -> Order[Spread]:
    """Return the order of the runs of seeds 1, 2, … of an experiment, whatever its own seed is."""
    experiment = replace(experiment, seed=1)
    return Order(
        "seeds",
        (experiment, seeds),
        count_text(seeds, "seed"),
        "fewer seeds or epochs",
        estimate_spread(experiment, seeds),
        seeds * experiment.updates,
        partial(spread_of, experiment, range(1, seeds + 1)),
    )


def _choose(settings: Settings) -> tuple[int, bool]:
    """Show how many seeds there are to be, and whether single ones are drawn."""
    place = controls.within("seeds", settings)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seeds: int = st.number_input(
            "How many seeds",
            SEEDS.least,
            SEEDS.most,
            key=place,
            persist_state="page",
            width=160,
            help="They are 1, 2, 3 and so on.",
        )
        single = st.toggle("Single seeds", key=SINGLE, persist_state="page")
    return seeds, single


def _show_fan(spread: Spread, shown: Shown, *, single: bool) -> None:
    _, low, median, high, _ = bands(spread)
    word = update_word(spread.experiment)
    st.plotly_chart(
        ReadyFigure(fan_chart(spread, shown.run, single=single, is_log=controls.has_log_axis())),
        key=FAN,
        on_select=partial(_take_clicked, spread.seeds),
        selection_mode="points",
        config=toolbar("seeds"),
        alt=f"Loss of {len(spread.seeds)} seeds by {word}: the median goes from {median[0]:.4f} to {median[-1]:.4f}; "
        f"in the end half of the seeds are between {low[-1]:.4f} and {high[-1]:.4f}, and this run is at "
        f"{shown.run.cross_entropy[-1]:.4f}",
    )
    if single and len(spread.seeds) > MOST_SINGLE:
        ends = "" if end_alike(spread) else " from the best to the worst"
        st.caption(f"{MOST_SINGLE} of the single seeds are drawn, evenly spread{ends}.")


def _take_clicked(seeds: tuple[int, ...]) -> None:
    match taking.clicked(FAN):
        case [int(seed), *_] if seed in seeds:
            taking.take(seed=seed)


def _show_seeds(spread: Spread, shown: Shown) -> None:
    """Say how many seeds learn it, and show the best, the median and the worst, unless all end alike."""
    st.markdown(f"{learned_text(spread)} {standing_text(spread, shown)}".strip())
    judged = not spread.experiment.scale_targets  # amounts are neither right nor wrong
    is_ranked = not end_alike(spread)
    if is_ranked:
        _show_ranked(spread, shown, judged=judged)
    asked = is_ranked and judged
    until = " **updates until all are**: after how many all rows are right, and stay so to the end." if asked else ""
    st.caption(f"**final loss**: the mean cross-entropy in the last state.{until}{held_out_text(spread.experiment)}")


def _show_ranked(spread: Spread, shown: Shown, *, judged: bool) -> None:
    """Show the best, the median and the worst seed, each with its button."""
    ranking = spread.ranking
    chosen = {"best": int(ranking[0]), "median": spread.median, "worst": int(ranking[-1])}
    header = ["of all", "seed", "final loss", *(["rows right", "updates until all are"] if judged else [])]
    rows = [[name, *seed_cells(spread, position)] for name, position in chosen.items()]
    tables.show(Table(header, rows))
    with st.container(horizontal=True):
        for name, position in chosen.items():
            seed = spread.seeds[position]
            st.button(
                f"Take the {name}: seed {seed}",
                on_click=taking.take,
                kwargs={"seed": seed},
                disabled=shown.is_current and seed == shown.settings.seed,
                key=key(f"take_{name}"),
            )


def seed_cells(spread: Spread, position: int) -> list[str]:
    """Return seed, final loss and, unless amounts are predicted, rows right and the updates until all are."""
    cells = [f"{spread.seeds[position]:,}", exact_text(spread.final_loss[position])]
    if spread.experiment.scale_targets:
        return cells
    after = f"{spread.learned_after[position]:,}" if spread.learned[position] else NEVER_TEXT
    right = f"{spread.rows_right[position]:,} of {len(spread.experiment.inputs):,}"
    return [*cells, right, after]


def standing_text(spread: Spread, shown: Shown) -> str:
    """Say where the run that is shown stands among the seeds, or that there is no ranking of them."""
    if end_alike(spread):
        return f"All {len(spread.seeds):,} seeds end with the same loss, {exact_text(spread.final_loss[0])}."
    seeds, worse = len(spread.seeds), int((spread.final_loss > shown.run.cross_entropy[-1]).sum())
    return f"This run, of seed {shown.run.experiment.seed}, ends with a smaller loss than {worse:,} of the {seeds:,}."


def _show_endings(spread: Spread, shown: Shown) -> None:
    rows = len(spread.experiment.dataset.targets)
    st.header("Where the outputs end", anchor=False)
    sides = int((abs(spread.outputs - spread.experiment.dataset.target_columns[spread.rows]) < 0.5).sum())
    st.plotly_chart(
        ReadyFigure(endings_chart(spread, shown.run)),
        key=ENDINGS,
        config=toolbar("outputs"),
        alt=f"Final outputs of {len(spread.seeds)} seeds by row: {100 * sides / spread.outputs.size:.0f} % are within "
        "one half of their target",
    )
    rest = drawn_text(len(spread.rows), rows)
    st.caption(f"The wider a :green[bar], the more seeds end with that output, in steps of 0.05.{rest}")
