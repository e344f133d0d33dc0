"""Lists that staff bring along: read strictly, taken in row by row, reported line by line."""
