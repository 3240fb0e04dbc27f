CORS = {"Access-Control-Allow-Origin": "*"}

ACTIONS = {
    "ok": lambda event: {"statusCode": 200, "headers": CORS},
    "missing": lambda event: dict(statusCode=404, headers=dict(CORS, Vary="Origin")),
    "teapot": lambda event: {"statusCode": 418},
}


def handler(event, context):
    way = event["queryStringParameters"].get("way", "ok")
    return ACTIONS.get(way, lambda event: {"statusCode": 400, "headers": CORS})(event)
