from dashboard.ui import data, shell

view = shell.current()
data.heading(view)
data.account(view)
data.reasons(view)
data.gaps(view)
data.missing_returns(view)
data.contradictions(view)
data.public_facts(view)
data.populations(view)
data.method(view)
