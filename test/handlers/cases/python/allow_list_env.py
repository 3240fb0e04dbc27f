import os

os.environ.setdefault("ORIGINS", "https://shop.example.com,https://admin.example.com")
ALLOWED = [origin.strip() for origin in os.environ["ORIGINS"].split(",")]


def handler(event, context):
    origin = event["headers"].get("origin", "")
    if origin not in ALLOWED:
        return {"statusCode": 403, "headers": {"Vary": "Origin"}}
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}}
