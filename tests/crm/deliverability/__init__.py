"""Whether a domain takes mail, asked of a real name server on this host."""
