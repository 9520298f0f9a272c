"""Pure functions from frame to frame; one module per table."""
