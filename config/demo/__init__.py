"""A small town to try the product in: vendors who take approved mail and answer like people."""
