"""The model room, against a server that speaks the OpenAI wire format."""
