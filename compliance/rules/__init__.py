"""The gate's rules, one a file: each takes values and returns the reasons to refuse, in words."""
