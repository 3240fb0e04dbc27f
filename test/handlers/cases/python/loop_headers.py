PAIRS = [
    ("Access-Control-Allow-Origin", "https://shop.example.com"),
    ("Access-Control-Expose-Headers", "etag"),
]


def handler(event, context):
    headers = {}
    for name, value in PAIRS:
        headers[name] = value
    if event["httpMethod"] == "GET":
        headers = {name.lower(): value for name, value in headers.items() if value != "etag"}
    return {"statusCode": 200, "headers": headers}
