import json

from lib.respond import ok, respond


def handler(event, context):
    try:
        try:
            order = json.loads(event.get("body") or "{}")
        except json.JSONDecodeError:
            return {"statusCode": 400, "body": "bad body"}
        if event["queryStringParameters"].get("way") == "boom":
            raise ValueError(order.get("name"))
        return ok(order)
    except Exception as error:
        return respond(500, str(error))
