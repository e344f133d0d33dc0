"""What must hold for the code base as a whole."""
