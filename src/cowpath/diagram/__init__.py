"""A placed map on a grid of cells: what the terminal, the SVG and every other picture are drawn from."""
