"""The pages of sequences, drips and the people in them."""
