import json


def handler(event, context):
    headers = {"Access-Control-Allow-Origin": "*"}
    try:
        if not event.get("body"):
            return {"statusCode": 400, "headers": headers, "body": "no body"}
        order = json.loads(event["body"])
        if not order.get("name"):
            return {"statusCode": 422, "body": "no name"}
        return {"statusCode": 201, "headers": headers, "body": order["name"]}
    except Exception as error:
        print(error)
        return {"statusCode": 500, "body": "failed"}
