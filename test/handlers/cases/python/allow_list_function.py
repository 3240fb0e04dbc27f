import json
import re

from lib.constants import ALLOWED


def is_allowed(origin):
    if not origin:
        return False
    for one in ALLOWED:
        if one == origin:
            return True
    return re.fullmatch(r"http://localhost:\d+", origin) is not None


def cors_for(event):
    origin = event["headers"].get("origin") or event["headers"].get("Origin")
    if not is_allowed(origin):
        return {}
    return {"Access-Control-Allow-Origin": origin, "Access-Control-Allow-Credentials": "true", "Vary": "Origin"}


def handler(event, context):
    headers = cors_for(event)
    if event["httpMethod"] == "OPTIONS":
        return {"statusCode": 204, "headers": headers}
    try:
        json.loads(event["body"] or "")
        return {"statusCode": 200, "headers": {**headers, "Content-Type": "application/json"}}
    except json.JSONDecodeError:
        return {"statusCode": 400, "headers": headers}
