from dashboard.ui import cities, shell

view = shell.current()
cities.heading(view)
cities.side_by_side(view)
cities.over_months(view)
cities.themes(view)
cities.left_out(view)
