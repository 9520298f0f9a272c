from dashboard.ui import blocks, city_map, shell

view = shell.current()
city_map.heading(view)
figure_id = city_map.figure_choice(view)
coloured = city_map.coloured_districts(view, figure_id)
left, right = blocks.beside(3, 2)
with left:
    city_map.draw(view, coloured)
    city_map.legend(view, coloured, figure_id)
with right:
    city_map.district_table(view, coloured, figure_id)
    city_map.profile(view)
city_map.space_table(view)
city_map.unlocated(view)
