import json


def handler(event, context):
    attempts = 0
    while attempts < 3:
        try:
            order = json.loads(event["body"] or "")
            return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": json.dumps(order)}
        except ValueError:
            attempts += 1
    else:
        return {"statusCode": 503}
