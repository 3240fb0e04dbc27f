import os

ORIGIN = os.environ.get("ALLOWED_ORIGIN", "*")


def handler(event, context):
    status = 404 if event["queryStringParameters"].get("way") == "missing" else 200
    return {"statusCode": status, "headers": {"Access-Control-Allow-Origin": ORIGIN}}
