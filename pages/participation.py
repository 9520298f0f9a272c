from dashboard.ui import participation, shell

view = shell.current()
participation.heading(view)
if participation.has_anything(view):
    figure_id = participation.figure_choice(view)
    participation.trend(view, figure_id)
    participation.theme_totals(view, figure_id)
    participation.groups_of_participants(view)
    participation.new_and_returning(view)
    participation.weekday_and_hour(view)
    participation.homes(view)
