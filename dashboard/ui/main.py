"""The Streamlit script: every visit to every page goes through it."""

from dashboard.ui import shell

shell.run()
