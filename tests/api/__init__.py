"""The API, over HTTP as a program calls it."""
