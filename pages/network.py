from dashboard.ui import blocks, network, network_cards, network_links, shell

view = shell.current()
network.heading(view)
network.in_brief(view)
left, right = blocks.beside(3, 2)
with left:
    network.growth(view)
with right:
    network.newcomers(view)
network_links.links(view)
network_links.groups(view)
network.mentoring(view)
network_cards.cards(view)
network.event_formats(view)
network.public_meetups(view)
network.public_facts(view)
