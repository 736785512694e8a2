"""One step of Step through beside a page that shows as many elements with nothing in them."""

from streamlit.testing.v1 import AppTest


def step_page():
    import streamlit as st

    from core import NOTEBOOK, train
    from ui.settings import PUBLISHED
    from ui.tabs import step_through
    from ui.training import Shown
    from ui.view import Place

    shown = st.session_state.setdefault("shown", Shown(train(NOTEBOOK), PUBLISHED["notebook"], NOTEBOOK))
    step_through.show(shown, Place(100, 0, (0, 0)))


def empty_page():
    import pandas as pd
    import plotly.graph_objects as go
    import streamlit as st

    st.plotly_chart(go.Figure())
    st.caption("")
    forward, backward = st.columns(2)
    with forward:
        st.subheader("")
        st.markdown("")
        st.table(pd.DataFrame())
        st.markdown("")
        st.markdown("")
    with backward:
        st.subheader("")
        for _ in range(6):
            st.markdown("")
    for _ in range(2):
        with st.container():
            st.subheader("")
            st.markdown("")
            st.table(pd.DataFrame())


def elements(block):
    """Return all elements of a block, those in its own blocks too."""
    for child in block.children.values():
        yield from elements(child) if hasattr(child, "children") else [child]


def test_step(ratio):
    step, empty = (AppTest.from_function(page).run() for page in (step_page, empty_page))
    assert not step.exception
    assert [element.type for element in elements(step.main)] == [element.type for element in elements(empty.main)]
    ratio(step.run, empty.run, "a step: {:.2f} times as fast as as many empty elements")
