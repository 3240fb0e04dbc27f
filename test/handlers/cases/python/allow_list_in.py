from lib.constants import ALLOWED


def handler(event, context):
    origin = event.get("headers", {}).get("origin") or event["headers"].get("Origin", "")
    headers = {"Vary": "Origin"}
    if origin in ALLOWED:
        headers["Access-Control-Allow-Origin"] = origin
    return {"statusCode": 200, "headers": headers}
