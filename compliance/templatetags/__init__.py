"""Template filters of compliance's pages and documents."""
