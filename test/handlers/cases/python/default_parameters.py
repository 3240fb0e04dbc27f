import json


def to_json(body, status=200, *, cors=True, origin="*", **more):
    headers = {"Content-Type": "application/json", **more}
    if cors:
        headers["Access-Control-Allow-Origin"] = origin
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}


def handler(event, context):
    way = event["queryStringParameters"].get("way")
    if way == "missing":
        return to_json("missing", 404, cors=False)
    if way == "teapot":
        options = {"status": 418, "origin": "https://shop.example.com"}
        return to_json("teapot", **options, Vary="Origin")
    return to_json({})
