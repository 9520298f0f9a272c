"""From the lists that hubs export to one published snapshot."""
