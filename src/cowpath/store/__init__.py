"""Workspace files on disk: the only place that knows SQL."""
