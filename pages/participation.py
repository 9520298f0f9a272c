from dashboard.ui import participation, participation_closer, shell

view = shell.current()
participation.heading(view)
if participation.has_anything(view):
    what = participation.cut(view)
    participation.trend(view, what)
    participation.totals(view, what)
    participation_closer.closer(view, what)
