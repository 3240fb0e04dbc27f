def pairs(event):
    yield "Access-Control-Allow-Origin", "*"
    if event["httpMethod"] == "GET":
        yield "Vary", "Origin"


def handler(event, context):
    return {"statusCode": 200, "headers": dict(pairs(event))}
