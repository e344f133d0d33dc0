"""How good a lead, a person or a company is for us, by rules that are data, with every reason."""
