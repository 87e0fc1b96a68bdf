"""The terminal: options, the clock, the choice of view, exit status."""
