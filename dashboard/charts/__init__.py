"""A frame in, a plotly Figure out; nothing is computed here."""
