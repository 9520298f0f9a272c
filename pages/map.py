from dashboard.ui import blocks, city_map, map_closer, map_picture, shell, space_profile

view = shell.current()
city_map.heading(view)
asked = city_map.when_and_reach(view, city_map.asked(view))
coloured = view.drawn(city_map.coloured_districts, asked.figure_id, asked)
left, right = blocks.beside(3, 2)
with left:
    city_map.draw(view, coloured, asked)
    city_map.legend(view, coloured, asked)
    map_picture.line(view, coloured, asked)
with right:
    city_map.space_list(view)
    space_profile.profile(view)
    city_map.district_list(view, coloured)
    city_map.district_table(view, coloured, asked)
map_closer.closer(view)
city_map.space_table(view)
city_map.unlocated(view)
