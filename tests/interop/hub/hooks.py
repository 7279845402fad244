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
    """Asks for a kind of service that the voucher pays for, and for holds that are not over.

    Redemptions that close a hold come in other phases, which pass this by.
    """
    if not isinstance(body, dict):
        return body
    body = dict(body)
    kind, until = body.get("kind"), body.get("until")
    if isinstance(kind, str) and kind.isprintable():
        body["kind"] = "检验检测"
        body.pop("hold", None)
    if type(until) is int and until >= 0:
        body["until"] = max(until, 4_000_000_000)
    return body
