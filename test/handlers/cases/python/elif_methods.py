import json

HEADERS = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET,POST,OPTIONS"}


def handler(event, context):
    method = event.get("requestContext", {}).get("http", {}).get("method", event.get("httpMethod"))
    if method == "OPTIONS":
        return {"statusCode": 204, "headers": HEADERS, "body": ""}
    elif method == "GET":
        return {"statusCode": 200, "headers": HEADERS, "body": json.dumps([])}
    elif method == "POST" and event.get("body"):
        return {"statusCode": 201, "headers": {**HEADERS, "Location": "/orders/1"}}
    return {"statusCode": 405, "body": "method not allowed"}
