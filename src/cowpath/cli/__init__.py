"""The command line: what is typed is parsed here, and each command hands it to the workspace."""

from cowpath.cli.running import run

__all__ = ["run"]
