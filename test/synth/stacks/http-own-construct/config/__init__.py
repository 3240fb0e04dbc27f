"""Settings of the shop."""
