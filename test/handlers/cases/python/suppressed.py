from contextlib import suppress
import json

CORS = {"Access-Control-Allow-Origin": "*"}


def handler(event, context):
    order = None
    with suppress(ValueError, TypeError):
        order = json.loads(event["body"])
    if order is None:
        return dict(statusCode=400, headers=dict(CORS, Vary="Origin"), body="")
    headers = {}
    headers.setdefault("Access-Control-Allow-Origin", "*")
    for name, value in {"Vary": "Origin"}.items():
        headers[name] = value
    name = order.get("name", "")
    return {"statusCode": 200 if name else 422, "headers": headers if name else {}, "body": name}
