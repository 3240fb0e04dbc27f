ALLOWED = {"https://shop.example.com": True, "https://admin.example.com": False}


def handler(event, context):
    origin = event["headers"].get("origin")
    headers = {}
    if origin in ALLOWED:
        headers["Access-Control-Allow-Origin"] = origin
        if ALLOWED[origin]:
            headers["Access-Control-Allow-Credentials"] = "true"
    return {"statusCode": 200, "headers": headers}
