"""Who is meant: audiences defined by conditions, kept in versions, frozen for campaigns."""
