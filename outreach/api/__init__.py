"""What programs may do: requests, campaigns, messages, over HTTP with bearer keys."""
