"""Steps to look into, for Hypothesis."""

from hypothesis import strategies as st
from strategies import is_moderate, networks

from core import train
from ui.view import Place
from ui.worked.step import neurons, step_at


@st.composite
def steps(draw, experiments=networks()):  # noqa: B008 - strategies are immutable
    """Draw a run, and in it a state, a row and a neuron; a row held out is no huge number by the scaling of others."""
    run = train(draw(experiments.filter(is_moderate)))
    k = draw(st.integers(0, run.experiment.updates))
    row = draw(st.integers(0, len(run.experiment.dataset.targets) - 1))
    return step_at(run, Place(k, row, draw(st.sampled_from(list(neurons(run.experiment).values())))))


def is_unsaturated(step):
    """Tell whether every output is apart from 0 and 1, of which the plain loop takes logarithms."""
    return all((abs(2 * layer.activation - 1) < 1 - 1e-9).all() for layer in step.forward)
