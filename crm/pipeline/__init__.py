"""The pipeline: which stages a lead may go through, who moves it, and the board it stands on."""
