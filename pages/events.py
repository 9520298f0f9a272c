from dashboard.ui import events, shell

view = shell.current()
events.heading(view)
events.calendar(view)
events.listing(view)
events.workshop(view)
