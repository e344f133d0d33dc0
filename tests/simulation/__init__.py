"""A month of the desk in minutes: a town of people, a clock to turn, and a judge of its own."""
