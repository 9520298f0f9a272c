from dashboard.ui import participation, returning, shell, versus

view = shell.current()
participation.heading(view)
if participation.has_anything(view):
    what = participation.cut(view)
    participation.trend(view, what)
    participation.totals(view, what)
    versus.compare(view, what)
    participation.weekday_and_hour(view)
    returning.new_and_returning(view)
    returning.over_time(view)
    participation.groups_of_participants(view)
    participation.homes(view)
