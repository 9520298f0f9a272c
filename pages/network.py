from dashboard.ui import network, shell

view = shell.current()
network.heading(view)
network.networks(view)
network.growth(view)
network.public_meetups(view)
network.who_was_where(view)
network.links(view)
network.mentoring(view)
network.event_formats(view)
network.public_facts(view)
