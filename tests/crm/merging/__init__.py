"""Two records of one: everything goes over, nothing is lost, and it can be taken back."""
