"""What a process map says, as values: elements, maps, edits and the rules they keep."""
