"""The sidebar: every control, and the settings that they make up."""

import random
from dataclasses import replace

import streamlit as st

from core import EXAMPLES, Dataset, Experiment, InvalidDataset, InvalidExperiment
from core.experiment import LARGEST_SEED
from core.objectives import OBJECTIVES, ObjectiveName
from ui.formats.link import LEARNING_RATES, MOST_EPOCHS, MOST_HIDDEN_UNITS
from ui.settings import PUBLISHED, Cells, Settings, dataset_of, experiment_of
from ui.sidebar import controls, data_table, starting_weights, upload
from ui.text import OBJECTIVE_NAMES, escape


def choose_experiment() -> tuple[Settings, Experiment | None]:
    """Show the controls; return their settings, and the experiment, or None where it cannot be trained."""
    upload.apply_chosen()
    example = _choose_example()
    seed = _choose_seed()
    epochs = st.number_input(
        "Epochs",
        min_value=1,
        max_value=MOST_EPOCHS,
        key=controls.EPOCHS,
        help="How often the network sees all rows and updates its weights: 1 to 100,000 times.",
    )
    names, rows, message = data_table.choose_table()
    upload.show()
    with st.expander("Finer controls"):
        settings = Settings(
            example=example,
            seed=seed,
            epochs=epochs,
            objective=_choose_objective(),
            learning_rate=_choose_learning_rate(),
            hidden_units=_choose_hidden_units(),
            bias=_choose_bias(),
            names=names,
            rows=rows,
            weights=None,
        )
        dataset = _dataset(settings, message)
        weights = _choose_weights(settings, dataset)
        settings = replace(settings, weights=weights)
        experiment = _experiment(settings, dataset) if dataset else None
    return settings, experiment


def switch_objective(objective: ObjectiveName) -> None:
    """Set the control to an objective; to be called before the controls are shown, as callbacks are."""
    st.session_state[controls.OBJECTIVE] = objective


def _choose_example() -> str:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        example = st.selectbox(
            "Example",
            list(EXAMPLES),
            format_func=lambda key: EXAMPLES[key].title,
            key=controls.EXAMPLE,
            on_change=_apply_example,
            help="Experiments of the notebook, of the texts that it cites, and a few classics. Choosing one sets all "
            "controls.",
        )
        st.button("Reset", on_click=_apply_example, help="Set all controls and the table as the example was published.")
    return example


def _apply_example() -> None:
    controls.apply(PUBLISHED[st.session_state[controls.EXAMPLE]])


def _choose_seed() -> int:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seed = st.number_input(
            "Seed",
            min_value=0,
            max_value=LARGEST_SEED,
            key=controls.SEED,
            help="The starting weights are drawn at random. The same seed always draws the same ones.",
        )
        st.button("Draw another", on_click=_draw_seed, help="Set the seed to a random number below 10,000.")
    return seed


def _draw_seed() -> None:
    st.session_state[controls.SEED] = random.randrange(10_000)  # noqa: S311 - chance, not secrecy


def _choose_objective() -> ObjectiveName:
    return st.radio(
        "Objective",
        OBJECTIVES,
        format_func=OBJECTIVE_NAMES.__getitem__,
        key=controls.OBJECTIVE,
        help="What training makes smaller. The notebook's updates make the squared error smaller, though it plots "
        "cross-entropy; the loss chart shows cross-entropy for both.",
    )


def _choose_learning_rate() -> float:
    least, most = LEARNING_RATES
    return st.number_input(
        "Learning rate",
        min_value=least,
        max_value=most,
        step=0.1,
        format="%g",
        key=controls.LEARNING_RATE,
        help="Every update is multiplied by it: 0.001 to 1,000. The notebook has none, which is 1.",
    )


def _choose_hidden_units() -> int:
    return st.number_input(
        "Hidden units",
        min_value=0,
        max_value=MOST_HIDDEN_UNITS,
        key=controls.HIDDEN_UNITS,
        help="Neurons between the inputs and the output, 0 to 16. With none there is a single neuron, the notebook's.",
    )


def _choose_bias() -> bool:
    return st.toggle(
        "Add a bias column",
        key=controls.BIAS,
        help="Adds an input that is 1 in every row. Its weight moves the total input up or down, whatever the other "
        "inputs are.",
    )


def _choose_weights(settings: Settings, dataset: Dataset | None) -> tuple[Cells, ...] | None:
    """Show the switch, and if it is on, the tables of the starting weights."""
    is_on = st.toggle(
        "Type the starting weights",
        key=controls.OWN_WEIGHTS,
        help="They take the place of those that the seed draws.",
    )
    if not is_on:
        return None
    if dataset is None:
        st.caption("The starting weights are shown again once the data table can be trained on.")
        return starting_weights.latest()
    sizes = Experiment(dataset, hidden_units=settings.hidden_units).sizes
    return starting_weights.choose_weights(sizes, dataset.input_names, settings.seed)


def _dataset(settings: Settings, message: st.delta_generator.DeltaGenerator) -> Dataset | None:
    try:
        return dataset_of(settings)
    except InvalidDataset as error:
        message.error(escape(str(error)))
        return None


def _experiment(settings: Settings, dataset: Dataset) -> Experiment | None:
    try:
        return experiment_of(settings, dataset)
    except InvalidExperiment as error:
        st.error(escape(str(error)))
        return None
