from dashboard.ui import document, overview, shell

view = shell.current()
overview.heading(view)
if overview.has_anything(view):
    overview.tiles(view)
    if has_lists := overview.has_lists(view):
        overview.what_stands_out(view)
        overview.district_map(view)
        overview.themes_of_the_month(view)
    overview.year(view)
    if has_lists:
        overview.active_spaces(view)
    document.document(view)
overview.cities(view)
