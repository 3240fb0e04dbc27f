import json


def handler(event, context):
    order = json.loads(event["body"] or "{}")
    try:
        return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": json.dumps(order)}
    except TypeError:
        return {"statusCode": 500, "headers": {"Access-Control-Allow-Origin": "*"}}
