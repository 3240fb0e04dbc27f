_headers = None


def headers():
    global _headers
    if _headers is None:
        _headers = {"Access-Control-Allow-Origin": "https://shop.example.com"}
    return _headers


def handler(event, context):
    return {"statusCode": 200 if event.get("body") else 204, "headers": headers()}
