import json
import os

HEADERS = {"Access-Control-Allow-Origin": "*"}


def rows():
    return json.loads(os.environ.get("ROWS", '[{"name": "ok", "id": 1}, {"name": "teapot", "id": 2}]'))


def handler(event, context):
    way = event["queryStringParameters"].get("way")
    found = None
    for row in rows():
        if row["name"] == way:
            found = row["id"]
            break
    if not found:
        return {"statusCode": 404, "headers": HEADERS}
    return {"statusCode": 200, "body": str(found)}
