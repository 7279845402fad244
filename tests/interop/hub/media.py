"""What schemathesis has to be told about the media types of a hub."""

import schemathesis

schemathesis.serializer.alias("application/age", "application/octet-stream")


@schemathesis.deserializer("application/jwt")
def jwt(_context, response):
    """A signed object is a text."""
    return response.text
