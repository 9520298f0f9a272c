"""A frame in, a folium Map out; every string escaped, nothing computed."""
