"""Commands of the dashboard that stand in modules of their own, and the edge they share."""
