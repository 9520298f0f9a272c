"""From one published snapshot to pages and documents."""
