"""The only room of the dashboard that imports streamlit."""
