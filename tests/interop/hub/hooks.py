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

    Every other redemption is the asker's own and closes no hold: nobody has the others that are made up.
    """
    if not isinstance(body, dict):
        return body
    body = dict(body)
    kind, amount, until = body.get("kind"), body.get("amount"), body.get("until")
    if isinstance(kind, str) and kind.isprintable():
        body["kind"] = "检验检测"
        if type(amount) is int and amount % 2 == 1:
            body.pop("hold", None)
            body.pop("redeemer", None)
    if type(until) is int and until >= 0:
        body["until"] = max(until, 4_000_000_000)
    return body
