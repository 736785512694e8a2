"""The flights: the Challenger's data in degrees, and the curve that the run fits to them."""

import streamlit as st

from core import Run
from ui.figures.flights import flights_figure, is_of_flights
from ui.figures.ready import ReadyFigure
from ui.figures.style import toolbar
from ui.session import key


def show(run: Run) -> None:
    """Show the flights and the curves, if the run was trained on the flights as published."""
    if not is_of_flights(run):
        return
    st.header("The flights", anchor=False)
    st.plotly_chart(
        ReadyFigure(flights_figure(run)),
        key=key("flights"),
        config=toolbar("flights"),
        alt="O-ring distress by launch temperature, with this run's curve and the published fit",
    )
    st.caption(
        "Each square is a flight, a larger one several: 1 if at least one O-ring was distressed. :green[Green]: the "
        "run's output at every temperature, with the final weights. Dashed: the published maximum-likelihood fit."
    )
