import json

METHODS = ["GET", "POST"]


def handler(event, context):
    origin = event["headers"].get("origin")
    cors = {
        "Access-Control-Allow-Origin": "https://" + ".".join(["shop", "example", "com"]),
        "Access-Control-Allow-Methods": ",".join(m.upper() for m in METHODS + ["options"]),
        "Access-Control-Allow-Credentials": json.dumps(True),
    }
    if origin is None:
        cors.pop("Access-Control-Allow-Origin")
    return {"statusCode": 200, "headers": cors}
