"""Step through: every number on the way of one row forward and back, and what it does to the weights."""

import streamlit as st

from ui import markup
from ui.figures.network import network_figure
from ui.figures.parts import can_be_drawn
from ui.worked.all_rows import show_all_rows, update_parts
from ui.worked.one_row import backward_parts, forward_parts, travel_parts
from ui.worked.step import Step


def show(step: Step) -> None:
    """Show one step: the drawing, forward, backward, all rows, the update."""
    experiment = step.run.experiment
    if can_be_drawn(experiment):
        st.plotly_chart(
            network_figure(experiment, step.forward, step.backward, step.row, step.neuron),
            key="network",
            config={"displayModeBar": False},
            alt=f"The network in state {step.k}, for row {step.row + 1}",
        )
    st.caption(
        f"Row {step.row + 1} in state {step.k}. :blue[Blue] weights are positive, :orange[orange] ones negative, the "
        "wider the larger. :green[Green] numbers go forward, :violet[violet] ones back. All are rounded to eight "
        "decimals, tiny ones to five digits (1.5e-07 is 1.5 · 10⁻⁷): the last digit of a result may differ by a little."
    )
    onward_column, back_column = st.columns(2, gap="medium")
    with onward_column:
        st.subheader("Forward", anchor=False)
        markup.show(forward_parts(step))
    with back_column:
        st.subheader("Backward", anchor=False)
        markup.show(backward_parts(step))
    if experiment.hidden_units:
        with st.container():
            st.subheader("The delta travels back", anchor=False)
            markup.show(travel_parts(step))
    with st.container():
        st.subheader("All rows", anchor=False)
        show_all_rows(step)
    with st.container():
        st.subheader("Update", anchor=False)
        markup.show(update_parts(step))
