from dashboard.ui import editions, shell

view = shell.current()
editions.heading(view)
editions.issuing(view)
listing = editions.listing(view)
editions.one(view, listing)
