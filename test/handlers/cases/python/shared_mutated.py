HEADERS = {"Content-Type": "application/json"}


def handler(event, context):
    if event["headers"].get("origin") == "https://shop.example.com":
        HEADERS["Access-Control-Allow-Origin"] = event["headers"]["origin"]
    return {"statusCode": 200, "headers": HEADERS}
