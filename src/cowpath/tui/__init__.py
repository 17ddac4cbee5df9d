"""The terminal app: screens over the workspace, and the one table of what they can do."""
