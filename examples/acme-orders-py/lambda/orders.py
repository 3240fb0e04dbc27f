import json


def handler(event, context):
    """API Gateway adds the CORS headers of its policy, so none are sent here."""
    order_id = (event.get("pathParameters") or {}).get("id")
    if event["requestContext"]["http"]["method"] == "POST" and not event.get("body"):
        return {"statusCode": 400, "body": json.dumps({"message": "an order needs a body"})}
    return {"statusCode": 200, "body": json.dumps({"id": order_id, "items": []})}
