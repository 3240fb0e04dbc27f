ALLOWED = {"https://shop.example.com", "http://localhost:5173"}
DEFAULT = "https://shop.example.com"


def allow_origin(event):
    origin = (event.get("headers") or {}).get("origin")
    return origin if origin in ALLOWED else DEFAULT


def handler(event, context):
    status = 404 if event["queryStringParameters"].get("way") == "missing" else 200
    return {"statusCode": status, "headers": {"Access-Control-Allow-Origin": allow_origin(event)}}
