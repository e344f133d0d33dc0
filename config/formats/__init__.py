"""How dates are written: Django's formats, with our own in place of the American ones."""
