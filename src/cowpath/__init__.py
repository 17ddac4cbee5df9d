"""cowpath: map how work flows, mark what holds it together, redesign it, get it signed."""

__version__ = "0.1.0"
