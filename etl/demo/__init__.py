"""Demonstration lists: an invented city's hubs, their events and visitors, in the files that hubs would send."""
