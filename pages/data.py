from dashboard.ui import data, shell

view = shell.current()
data.heading(view)
data.trust(view)
data.sent_by_spaces(view)
data.details(view)
