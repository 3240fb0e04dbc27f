import json


def handler(event, context):
    if event["queryStringParameters"].get("way") == "missing":
        return {"statusCode": 404, "body": "no such order"}
    return {
        "statusCode": 200,
        "headers": {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"},
        "body": json.dumps({"orders": []}),
    }
