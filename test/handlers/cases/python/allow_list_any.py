ALLOWED = ["https://shop.example.com", "https://admin.example.com"]


def handler(event, context):
    origin = event["headers"].get("origin", "")
    headers = {}
    if any(one == origin for one in ALLOWED):
        headers["Access-Control-Allow-Origin"] = origin
    return {"statusCode": 200, "headers": headers}
