"""The JSON API `/api/v1`: the same answers as the command line's --json, documented by OpenAPI."""
