"""What has no public name in Streamlit does what the page needs it for."""

import gc

from app import new_app, settled

from core import Experiment
from ui.session import key
from ui.training import _place

SEED = key("seed")


def experiments():
    gc.collect()
    return sum(isinstance(thing, Experiment) for thing in gc.get_objects())


def test_controls_that_are_gone_are_forgotten():
    """Each run's figures are other controls, whose callbacks hold its experiment: else a visit held all it has seen."""
    app = settled(new_app().run())
    held = []
    for seed in range(100, 110):
        settled(app.number_input(key=SEED).set_value(seed).run())
        _place.clear()  # of runs that all visits share
        held.append(experiments())
    assert held[-1] == held[1]
