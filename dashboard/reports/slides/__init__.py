"""The month's report as slides: what they say (`plan`), and the deck that holds them (`deck`)."""
