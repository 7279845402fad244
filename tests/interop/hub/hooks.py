"""What schemathesis has to be told about a hub."""

import schemathesis

schemathesis.serializer.alias("application/age", "application/octet-stream")


@schemathesis.deserializer("application/json")
def read(_context, response):
    """Reads an answer. A signed object is a text, although schemathesis counts its type among those of JSON."""
    signed = response.headers.get("content-type") == ["application/jwt"]
    return response.text if signed else response.json()


@schemathesis.hook
def map_body(_context, body):
    """Asks for a kind of service that the voucher pays for, wherever a well-formed one is asked for."""
    if isinstance(body, dict) and isinstance(body.get("kind"), str) and body["kind"].isprintable():
        return {**body, "kind": "检验检测"}
    return body
