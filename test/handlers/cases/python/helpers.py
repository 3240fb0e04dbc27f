import json


def cors_headers():
    return {"Access-Control-Allow-Origin": "https://shop.example.com", "Vary": "Origin"}


def reply(status, body):
    return {"statusCode": status, "headers": cors_headers(), "body": json.dumps(body)}


def ok(body):
    return reply(200, body)


def handler(event, context):
    if event["httpMethod"] == "DELETE":
        return reply(405, "no")
    answer = ok({"id": 1})
    return answer
