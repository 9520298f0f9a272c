from dashboard.ui import blocks, events, shell, workshop

view = shell.current()
events.heading(view)
listed = events.month(view)
if len(listed):
    left, right = blocks.beside(3, 2)
    with left:
        chosen = events.calendar(view, listed)
    with right:
        events.day(view, listed, chosen)
    events.listing(view, listed, chosen)
workshop.workshop(view)
