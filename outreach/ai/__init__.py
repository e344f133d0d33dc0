"""The only place that talks to a model: prompts in, validated answers out, every call recorded."""
