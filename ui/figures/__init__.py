"""Numbers of core, drawn with Plotly."""
