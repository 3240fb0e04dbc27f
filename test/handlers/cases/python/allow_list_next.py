ALLOWED = ("https://shop.example.com", "https://admin.example.com")


def handler(event, context):
    origin = event["headers"].get("origin")
    allowed = next((one for one in ALLOWED if one == origin), None)
    if allowed is None:
        return {"statusCode": 403}
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": allowed}}
